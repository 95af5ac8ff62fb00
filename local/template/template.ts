import type { CloudFormationTemplate, TemplateValue } from '../../infra/cloud-assembly.ts';
import { resolveValue, type TemplateScope, TemplateUnresolvable } from './intrinsics.ts';
import { type PhysicalIds, physicalIds, type StackPlace, type TemplateResource } from './physical-ids.ts';

/** Any resource of the template, as CloudFormation lists it. */
export interface ListedResource {
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives, or a name like it for a type that nothing refers to here. */
  readonly physicalId: string;
  readonly deletionPolicy?: string;
}

/** A resource of the stack with its physical ids. */
export interface StackResource extends TemplateResource {
  readonly ids: PhysicalIds;
  readonly properties: Readonly<Record<string, TemplateValue>>;
}

/** The id that stands in the simulated stack's ARN; its first eight characters are a deployment's. */
const stackUuid = 'local000-0000-0000-0000-000000000000';

const pseudoParameters = ({
  stackName,
  region,
  accountId,
}: StackPlace): Readonly<Record<string, string>> => ({
  'AWS::AccountId': accountId,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stackName,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${stackUuid}`,
});

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new TemplateUnresolvable(`The template has no ${what}`);
  return value;
};

const asRecord = (value: TemplateValue | undefined): Readonly<Record<string, TemplateValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, TemplateValue>>)
    : {};

/** A template in a place, its values resolved when they are asked for. */
export class Template {
  readonly #template: CloudFormationTemplate;
  readonly #place: StackPlace;
  readonly #scope: TemplateScope;
  readonly #ids = new Map<string, PhysicalIds>();

  constructor(template: CloudFormationTemplate, place: StackPlace) {
    this.#template = template;
    this.#place = place;
    this.#scope = {
      ref: (name) => this.#ref(name),
      attribute: (logicalId, name) => this.#attribute(logicalId, name),
      condition: (name) => this.#condition(name),
      mapping: (name, first, second) =>
        found(template.Mappings?.[name]?.[first]?.[second], `mapping ${name}.${first}.${second}`),
      zones: [...'abcdef'].map((letter) => `${place.region}${letter}`),
    };
  }

  /** The resources of a type whose condition holds, in the template's order. */
  resources(type: string): readonly StackResource[] {
    return Object.entries(this.#template.Resources)
      .filter(([, { Type }]) => Type === type)
      .filter(([, { Condition }]) => Condition === undefined || this.#condition(Condition))
      .map(([logicalId]) => this.#stackResource(logicalId));
  }

  /** Every resource whose condition holds, in the template's order. */
  everyResource(): readonly ListedResource[] {
    return Object.entries(this.#template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || this.#condition(Condition))
      .map(([logicalId, { Type, DeletionPolicy }]) => ({
        logicalId,
        type: Type,
        physicalId: this.#physicalId(logicalId),
        ...(DeletionPolicy === undefined ? {} : { deletionPolicy: DeletionPolicy }),
      }));
  }

  get description(): string {
    return this.#template.Description ?? '';
  }

  /** The outputs by their names. */
  outputs(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.#template.Outputs ?? {}).map(([name, { Value }]) => [
        name,
        String(this.resolve(Value)),
      ]),
    );
  }

  /** The value with its intrinsic functions resolved. */
  resolve(value: TemplateValue): TemplateValue | undefined {
    return resolveValue(value, this.#scope);
  }

  #stackResource(logicalId: string): StackResource {
    const { Properties = {} } = found(this.#template.Resources[logicalId], `resource ${logicalId}`);
    const properties = asRecord(this.resolve(Properties));
    return { ...this.#resource(logicalId), properties, ids: this.#idsOf(logicalId) };
  }

  #resource(logicalId: string): TemplateResource {
    const { Type, Properties = {} } = found(this.#template.Resources[logicalId], `resource ${logicalId}`);
    const property = (name: string): TemplateValue | undefined => {
      const value = Properties[name];
      return value === undefined ? undefined : this.resolve(value);
    };
    return { logicalId, type: Type, property };
  }

  #idsOf(logicalId: string): PhysicalIds {
    const known = this.#ids.get(logicalId) ?? physicalIds(this.#resource(logicalId), this.#place);
    this.#ids.set(logicalId, known);
    return known;
  }

  #physicalId(logicalId: string): string {
    try {
      return this.#idsOf(logicalId).ref;
    } catch (error) {
      if (!(error instanceof TemplateUnresolvable)) throw error;
      return `${this.#place.stackName}-${logicalId}`;
    }
  }

  #ref(name: string): TemplateValue {
    const parameter = pseudoParameters(this.#place)[name] ?? this.#template.Parameters?.[name]?.Default;
    return parameter ?? this.#idsOf(name).ref;
  }

  #attribute(logicalId: string, name: string): TemplateValue {
    const value = this.#idsOf(logicalId).attributes[name];
    return found(value, `simulated attribute ${logicalId}.${name}`);
  }

  #condition(name: string): boolean {
    return this.resolve(found(this.#template.Conditions?.[name], `condition ${name}`)) === true;
  }
}
