import type { StackInvokeConfig } from '../../template/stack-invoke-configs.ts';
import { AsynchronousInvocations } from '../lambda/asynchronous-invocations.ts';
import { type FunctionInvoker, type InvocationResult, refusalOf } from '../lambda/function-invoker.ts';
import type { Authorizer } from './authorizer.ts';
import { type Act, denialText } from './denial.ts';
import type { ServiceActs } from './service-acts.ts';

/**
 * What Step Functions makes of an invocation that it may not do
 * (https://github.com/awslabs/aws-deployment-framework/issues/460).
 */
const errorType = 'Lambda.AWSLambdaException';

/** Sends what nobody took to its queue, if it may go there. */
export type SendDeadLetter = (
  queueArn: string | undefined,
  payload: unknown,
  maySend: (queueArn: string) => Promise<boolean>,
) => Promise<void>;

export interface PermittedInvocationsOptions {
  readonly invoker: FunctionInvoker;
  readonly invokeConfigs: readonly StackInvokeConfig[];
  readonly authorizer: Authorizer;
  readonly acts: ServiceActs;
  readonly sendDeadLetter: SendDeadLetter;
}

/** The functions as each service that invokes them may. */
export const permittedInvocations = (options: PermittedInvocationsOptions) => {
  const { invoker, invokeConfigs: configs, authorizer, acts, sendDeadLetter } = options;
  const isAllowed = async (needed: readonly Act[]): Promise<boolean> =>
    (await authorizer.denialOf(needed)) === undefined;

  const invoke = async (
    needed: readonly Act[],
    functionArn: string,
    payload: unknown,
  ): Promise<InvocationResult> => {
    const denial = await authorizer.denialOf([...needed, acts.lambdaRuns(functionArn)]);
    if (denial === undefined) return invoker.invoke(functionArn, payload);
    return refusalOf(errorType, denialText(denial));
  };

  const queue = new AsynchronousInvocations({
    configs,
    invoke: (functionArn, payload) => invoke([], functionArn, payload),
    onFailed: (functionArn, queueArn, event) =>
      void sendDeadLetter(queueArn, event, (to) => isAllowed(acts.functionSendsDeadLetter(functionArn, to))),
  });

  /** Whether Lambda has taken the event, which says nothing of the function. */
  const handOver = async (needed: Act, functionArn: string, payload: unknown): Promise<boolean> => {
    const isTaken = await isAllowed([needed]);
    if (isTaken) queue.add(functionArn, payload);
    return isTaken;
  };

  return {
    byRoute: (routeKey: string, functionArn: string, payload: unknown) =>
      invoke([acts.routeInvokes(routeKey, functionArn)], functionArn, payload),
    byAlarm: (alarmArn: string, functionArn: string, payload: unknown) =>
      handOver(acts.alarmInvokes(alarmArn, functionArn), functionArn, payload),
    byRule: (ruleName: string, functionArn: string, payload: unknown) =>
      handOver(acts.ruleInvokes(ruleName, functionArn), functionArn, payload),
    byStateMachine: (stateMachineArn: string, functionArn: string, payload: unknown) =>
      invoke(acts.stateMachineInvokes(stateMachineArn, functionArn), functionArn, payload),
    close: () => queue.close(),
  };
};

export type PermittedInvocations = ReturnType<typeof permittedInvocations>;
