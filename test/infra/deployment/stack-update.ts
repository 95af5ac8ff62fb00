import type { CloudFormationTemplate } from '../../../infra/cloud-assembly.ts';
import type { StackResource } from '../../../local/template/template.ts';
import type { SynthesizedTemplate } from '../template.ts';

/** What stands in the account at one moment of an update. */
export type Moment = Pick<SynthesizedTemplate, 'resources' | 'one'>;

/**
 * The properties whose change makes another resource, of the types that have a say in who reaches whom: "Update
 * requires: Replacement" in CloudFormation's template reference. For a type that is not here the properties change in
 * place, and for `all` of a type any change does.
 */
const replacing: Readonly<Record<string, 'all' | readonly string[]>> = {
  'AWS::Lambda::Permission': 'all',
  'AWS::Lambda::Version': 'all',
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType'],
  'AWS::Lambda::EventInvokeConfig': ['FunctionName', 'Qualifier'],
  'AWS::Events::Rule': ['Name', 'EventBusName'],
  'AWS::ApiGatewayV2::Integration': ['ApiId'],
  'AWS::ApiGatewayV2::Route': ['ApiId'],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const isReplaced = (before: StackResource, after: StackResource): boolean => {
  const properties = replacing[after.type] ?? [];
  if (properties === 'all') return true;
  return properties.some((name) => !isSame(before.properties[name], after.properties[name]));
};

const named = /"(?:Ref|Fn::GetAtt)":(?:\["|")([A-Za-z0-9]+)/g;

/** What must be made or changed before a resource is: all that it names, and what it is said to depend on. */
const needsOf = (template: CloudFormationTemplate, logicalId: string): readonly string[] => {
  const { DependsOn, ...resource } = (template.Resources[logicalId] ?? {}) as {
    readonly DependsOn?: string | readonly string[];
  };
  const ids = Array.from(JSON.stringify(resource).matchAll(named), ([, id = '']) => id);
  return [...ids, ...[DependsOn ?? []].flat()].filter((id) => id in template.Resources && id !== logicalId);
};

/** Which of those that could be next comes next. */
export type Choose = (logicalIds: readonly string[], typeOf: (logicalId: string) => string) => string;

/** An order that CloudFormation may take: whatever a resource needs comes before it, and the rest is as `choose` says. */
const orderOf = (template: CloudFormationTemplate, choose: Choose): readonly string[] => {
  const waiting = new Map(Object.keys(template.Resources).map((id) => [id, new Set(needsOf(template, id))]));
  const order: string[] = [];
  const typeOf = (id: string): string => template.Resources[id]?.Type ?? '';
  while (waiting.size > 0) {
    const free = [...waiting].filter(([, needs]) => needs.size === 0).map(([id]) => id);
    const next = choose(free, typeOf);
    waiting.delete(next);
    for (const needs of waiting.values()) needs.delete(next);
    order.push(next);
  }
  return order;
};

const everyOf = ({ template, resources }: SynthesizedTemplate): ReadonlyMap<string, StackResource> => {
  const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
  return new Map([...types].flatMap((type) => resources(type)).map((found) => [found.logicalId, found]));
};

const momentOf = (standing: Iterable<StackResource>): Moment => {
  const all = [...standing];
  const resources = (type: string): readonly StackResource[] => all.filter((found) => found.type === type);
  return {
    resources,
    one: (type) => {
      const [found] = resources(type);
      if (found === undefined) throw new Error(`There is no ${type}`);
      return found;
    },
  };
};

/**
 * Every moment of an update from one template to the next: first each resource that is new or changed, a replaced one
 * beside the one that it replaces, and only when all are done, in the clean-up, what was replaced or has left the
 * template goes
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-monitor-stack.html).
 */
export function* momentsOfUpdate(
  before: SynthesizedTemplate,
  after: SynthesizedTemplate,
  choose: Choose,
): Generator<{ readonly step: string; readonly moment: Moment }> {
  const old = everyOf(before);
  const present = new Map(old);
  const obsolete = new Map([...old].filter(([id]) => !(id in after.template.Resources)));
  for (const id of obsolete.keys()) present.delete(id);
  const next = everyOf(after);
  const moment = (): Moment => momentOf([...present.values(), ...obsolete.values()]);
  for (const id of orderOf(after.template, choose)) {
    const made = next.get(id);
    const standing = old.get(id);
    if (made === undefined || isSame(made, standing)) continue;
    present.set(id, made);
    if (standing !== undefined && isReplaced(standing, made)) obsolete.set(id, standing);
    yield { step: `${id} is made or changed`, moment: moment() };
  }
  // What names another goes before it.
  for (const id of orderOf(before.template, choose).toReversed()) {
    const gone = obsolete.get(id);
    if (gone === undefined) continue;
    if (Reflect.get(before.template.Resources[id] ?? {}, 'UpdateReplacePolicy') === 'Retain') continue;
    obsolete.delete(id);
    yield { step: `${gone.logicalId} goes`, moment: moment() };
  }
}
