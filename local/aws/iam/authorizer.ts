import type { Stack } from '../../template/stack.ts';
import type { CloudCall } from '../../wire/wire.ts';
import type { KnownResources } from './call-requests.ts';
import type { Act, Decision, Principal } from './denial.ts';
import { evaluatorOf } from './evaluator.ts';
import { type IamRequest, IamRequestUnknown } from './iam-request.ts';
import { requestsOfCall } from './requests-of-call.ts';

export interface AuthorizerOptions {
  readonly stack: Stack;
  readonly known: KnownResources;
  /** Told of every decision. */
  readonly onDecision?: (decision: Decision) => void;
}

/** IAM in front of the fake cloud: each method gives the first decision against the caller, or `undefined`. */
export interface Authorizer {
  /** A call by one of the stack's functions. Whoever else calls is the account's operator, who may do anything. */
  denialOfCall(call: CloudCall): Promise<Decision | undefined>;
  /** What services do among themselves, without the wire. */
  denialOf(acts: readonly Act[]): Promise<Decision | undefined>;
}

/** Judges by the policies of the stack's template. */
export const createAuthorizer = ({ stack, known, onDecision }: AuthorizerOptions): Authorizer => {
  const evaluator = evaluatorOf(stack);
  const roles = new Map(stack.functions.map(({ name, roleArn }) => [name, roleArn]));

  const told = (decision: Decision): Decision => {
    onDecision?.(decision);
    return decision;
  };

  const decide = async (principal: Principal, request: IamRequest): Promise<Decision> => {
    try {
      return told({ principal, request, isAllowed: await evaluator.allows(principal.id, request) });
    } catch (error) {
      if (!(error instanceof IamRequestUnknown)) throw error;
      return told({ principal, request, isAllowed: false, unknown: error.message });
    }
  };

  /** What cannot be judged is refused, so that nothing goes by. */
  const requestsOf = (call: CloudCall): readonly IamRequest[] | IamRequestUnknown => {
    try {
      return requestsOfCall(call, known);
    } catch (error) {
      if (error instanceof IamRequestUnknown) return error;
      throw error;
    }
  };

  const denialOf: Authorizer['denialOf'] = async (acts) => {
    const decisions = await Promise.all(
      acts.flatMap(({ principal, requests }) => requests.map((request) => decide(principal, request))),
    );
    return decisions.find(({ isAllowed }) => !isAllowed);
  };

  return {
    denialOf,
    denialOfCall: async (call) => {
      const roleArn = roles.get(call.caller);
      if (roleArn === undefined || call.service === 'github') return undefined;
      const principal = { id: roleArn, session: call.caller };
      const requests = requestsOf(call);
      if (!(requests instanceof IamRequestUnknown)) return denialOf([{ principal, requests }]);
      const request = { action: `${call.service}:${call.operation}`, resource: '*', context: {} };
      return told({ principal, request, isAllowed: false, unknown: requests.message });
    },
  };
};

/** Allows whatever anybody does, for a simulation of something else. */
export const noAuthorizer: Authorizer = {
  denialOfCall: async () => undefined,
  denialOf: async () => undefined,
};
