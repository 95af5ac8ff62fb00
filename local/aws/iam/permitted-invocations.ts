import type { FunctionInvoker, InvocationResult } from '../lambda/function-invoker.ts';
import type { Authorizer } from './authorizer.ts';
import { type Act, denialText } from './denial.ts';
import type { ServiceActs } from './service-acts.ts';

/**
 * What Step Functions makes of an invocation that it may not do
 * (https://github.com/awslabs/aws-deployment-framework/issues/460).
 */
const errorType = 'Lambda.AWSLambdaException';

/** The functions as each service that invokes them may. */
export const permittedInvocations = (invoker: FunctionInvoker, authorizer: Authorizer, acts: ServiceActs) => {
  const invoke = async (
    needed: readonly Act[],
    functionArn: string,
    payload: unknown,
  ): Promise<InvocationResult> => {
    const denial = await authorizer.denialOf(needed);
    if (denial === undefined) return invoker.invoke(functionArn, payload);
    return { ok: false, errorType, errorMessage: denialText(denial), trace: [] };
  };

  return {
    byRoute: (routeKey: string, functionArn: string, payload: unknown) =>
      invoke(acts.routeInvokes(routeKey, functionArn), functionArn, payload),
    byAlarm: (alarmArn: string, functionArn: string, payload: unknown) =>
      invoke(acts.alarmInvokes(alarmArn, functionArn), functionArn, payload),
    byRule: (ruleName: string, functionArn: string, payload: unknown) =>
      invoke(acts.ruleInvokes(ruleName, functionArn), functionArn, payload),
    byStateMachine: (stateMachineArn: string, functionArn: string, payload: unknown) =>
      invoke(acts.stateMachineInvokes(stateMachineArn, functionArn), functionArn, payload),
  };
};

export type PermittedInvocations = ReturnType<typeof permittedInvocations>;
