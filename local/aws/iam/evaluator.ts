import type { Stack } from '../../template/stack.ts';
import type { PolicyDocument } from '../../template/stack-roles.ts';
import type { IamRequest, RequestContext } from './iam-request.ts';
import { type Policies, simulateRequest } from './iam-simulation.ts';

/** Judges requests by the policies of a stack. */
export interface Evaluator {
  /**
   * Whether the principal, a role's ARN or a service such as `events.amazonaws.com`, may do this. Rejects with
   * IamRequestUnknown when IAM knows no such action, resource or condition key.
   */
  allows(principal: string, request: IamRequest): Promise<boolean>;
}

/** Every condition key that the policies look at, in lower case, as IAM compares keys. */
const keysIn = (policies: readonly PolicyDocument[]): ReadonlySet<string> =>
  new Set(
    policies
      .flatMap(({ Statement }) => (Statement ?? []) as readonly { readonly Condition?: object }[])
      .flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys))
      .map((key: string) => key.toLowerCase()),
  );

/** A value that no policy looks at cannot change a verdict, but a key that IAM does not know is a mistake. */
const questionOf = (principal: string, request: IamRequest, keys: ReadonlySet<string>): string => {
  const { action, resource, context } = request;
  const isLookedAt = (key: string): boolean => keys.has(key.toLowerCase());
  const values = (name: string, given: RequestContext): unknown => (isLookedAt(name) ? given[name] : true);
  const facts = Object.keys(context)
    .toSorted()
    .map((key) => [key, values(key, context)]);
  return JSON.stringify([principal, action, resource, facts]);
};

/** So many verdicts are remembered; each life has some of its own. */
const maximumVerdicts = 20_000;

/** An evaluator that remembers its verdicts, for a simulation asks the same over and over. */
export const createEvaluator = ({
  roles,
  resourcePolicies,
  place,
}: Pick<Stack, 'roles' | 'resourcePolicies' | 'place'>): Evaluator => {
  const byArn = new Map(roles.map((role) => [role.arn, role]));
  const verdicts = new Map<string, Promise<boolean>>();

  const policiesFor = (principal: string, { action, resource }: IamRequest): Policies => {
    const ofResource = action === 'sts:AssumeRole' ? byArn.get(resource)?.trust : resourcePolicies[resource];
    return {
      ofPrincipal: byArn.get(principal)?.policies ?? [],
      ...(ofResource === undefined ? {} : { ofResource }),
    };
  };

  return {
    allows: (principal, request) => {
      const policies = policiesFor(principal, request);
      const all = [
        ...policies.ofPrincipal,
        ...(policies.ofResource === undefined ? [] : [policies.ofResource]),
      ];
      const question = questionOf(principal, request, keysIn(all));
      const verdict =
        verdicts.get(question) ?? simulateRequest(place.accountId, principal, request, policies);
      if (verdicts.size >= maximumVerdicts) verdicts.clear();
      verdicts.set(question, verdict);
      return verdict;
    },
  };
};

/** The evaluators of stacks by their roles and the policies of their resources, which no simulation changes. */
const evaluators = new WeakMap<Stack['roles'], WeakMap<Stack['resourcePolicies'], Evaluator>>();

/** The evaluator of a stack: simulations of the same stack, one after the other, share what it remembers. */
export const evaluatorOf = (stack: Stack): Evaluator => {
  const ofRoles = evaluators.get(stack.roles) ?? new WeakMap<Stack['resourcePolicies'], Evaluator>();
  evaluators.set(stack.roles, ofRoles);
  const evaluator = ofRoles.get(stack.resourcePolicies) ?? createEvaluator(stack);
  ofRoles.set(stack.resourcePolicies, evaluator);
  return evaluator;
};
