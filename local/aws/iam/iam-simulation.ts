import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument } from '../../template/stack-roles.ts';
import { withKnownEncryptionContext } from './encryption-context.ts';
import { type IamRequest, IamRequestUnknown, type RequestContext } from './iam-request.ts';

/** The policies that have a say in a request. */
export interface Policies {
  /** Those of the principal's role. */
  readonly ofPrincipal: readonly PolicyDocument[];
  /** The resource's own. */
  readonly ofResource?: PolicyDocument;
}

type Simulated = Awaited<ReturnType<typeof runSimulation>>;

const ignoredKeys = (result: Simulated): readonly string[] => {
  if (result.resultType === 'single') return result.result.ignoredContextKeys ?? [];
  if (result.resultType === 'wildcard')
    return result.results.flatMap(({ ignoredContextKeys }) => ignoredContextKeys ?? []);
  return [];
};

const verdictOf = (result: Simulated, { action, resource }: IamRequest): boolean => {
  if (result.resultType === 'error')
    throw new IamRequestUnknown(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  const [unknown] = ignoredKeys(result);
  if (unknown !== undefined)
    throw new IamRequestUnknown(`${action} on ${resource} has no condition key ${unknown}`);
  return result.overallResult === 'Allowed';
};

const changeable = (context: RequestContext): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );

const simulationOf = (
  accountId: string,
  principal: string,
  { action, resource, context }: IamRequest,
  { ofPrincipal, ofResource }: Policies,
): Simulation => ({
  request: {
    principal,
    action,
    resource: { resource, accountId },
    contextVariables: withKnownEncryptionContext(changeable(context)),
  },
  identityPolicies: withKnownEncryptionContext(ofPrincipal).map((policy, index) => ({
    name: `policy-${index}`,
    policy,
  })),
  serviceControlPolicies: [],
  resourceControlPolicies: [],
  ...(ofResource === undefined ? {} : { resourcePolicy: ofResource }),
});

/**
 * All that makes a request one that IAM knows: its action, the type of its resource, and its condition keys. None
 * where the short way cannot be taken, which knows no wildcard and fails at a resource's policy.
 */
const shapeOf = ({ action, resource, context }: IamRequest, { ofResource }: Policies): string | undefined =>
  resource.includes('*') || ofResource !== undefined
    ? undefined
    : JSON.stringify([action, resource.replace(/[^:/]+$/, ''), Object.keys(context).toSorted()]);

/** Shapes that the reference was asked for, which takes many times as long as the verdict, and says the same again. */
const known = new Set<string>();

/**
 * Asks an evaluator that is not ours. What it knows of IAM is AWS's service authorization reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 * Throws {@link IamRequestUnknown} for what that does not have.
 */
export const simulateRequest = async (
  accountId: string,
  principal: string,
  request: IamRequest,
  policies: Policies,
): Promise<boolean> => {
  const simulation = simulationOf(accountId, principal, request, policies);
  const shape = shapeOf(request, policies);
  if (shape !== undefined && known.has(shape)) return runUnsafeSimulation(simulation, {}) === 'Allowed';
  const isAllowed = verdictOf(await runSimulation(simulation, {}), request);
  if (shape !== undefined) known.add(shape);
  return isAllowed;
};
