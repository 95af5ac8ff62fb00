import { createHash } from 'node:crypto';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import { CfnVersion } from 'aws-cdk-lib/aws-lambda';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The logical id that an intrinsic function names, if it is one that names a resource. */
const idOf = ({ Ref, 'Fn::GetAtt': attribute }: Readonly<Record<string, unknown>>): string | undefined => {
  if (typeof Ref === 'string') return Ref;
  return Array.isArray(attribute) ? String(attribute[0]) : undefined;
};

/** Every logical id to which a resolved value refers. `Fn::Sub` is not looked into: the CDK writes none of its own. */
const idsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (!isRecord(value)) return [];
  if ('Fn::Sub' in value) throw new Error('A reference by Fn::Sub would not be seen');
  const id = idOf(value);
  return id === undefined ? Object.values(value).flatMap(idsIn) : [id];
};

const logicalIds = new WeakMap<CfnResource, string>();

/** Remembered, for each takes a resolution and is asked for with each function. */
const logicalIdOf = (stack: Stack, resource: CfnResource): string => {
  const id = logicalIds.get(resource) ?? String(stack.resolve(resource.logicalId));
  logicalIds.set(resource, id);
  return id;
};

/** A version's own id depends on this digest, and no function's environment names a version. */
const resourcesOf = (stack: Stack): ReadonlyMap<string, CfnResource> =>
  new Map(
    stack.node
      .findAll()
      .filter((node) => CfnResource.isCfnResource(node))
      .filter(({ cfnResourceType }) => cfnResourceType !== CfnVersion.CFN_RESOURCE_TYPE_NAME)
      .map((resource) => [logicalIdOf(stack, resource), resource]),
  );

/** A resource as the template has it, without what CDK or a person may note beside it. */
const definitionOf = (stack: Stack, resource: CfnResource): unknown => {
  const { Resources } = stack.resolve(resource._toCloudFormation()) as {
    readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
  };
  return Object.values(Resources).map(({ Type, Properties }) => ({ Type, Properties }));
};

/**
 * A digest of every resource to which `value` refers, and of those to which these refer: CloudFormation gives a resource
 * another id only when its properties have changed, or those of one on which it depends. What is named by a fixed name
 * has the same one afterwards.
 */
export const digestOfReferences = (stack: Stack, value: unknown): string => {
  const resources = resourcesOf(stack);
  const seen = new Map<string, unknown>();
  const visit = (id: string): void => {
    const resource = resources.get(id);
    if (resource === undefined || seen.has(id)) return;
    const definition = definitionOf(stack, resource);
    seen.set(id, definition);
    idsIn(definition).forEach(visit);
  };
  idsIn(stack.resolve(value)).forEach(visit);
  const sorted = [...seen].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 12);
};
