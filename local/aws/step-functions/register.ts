import type { CloudBase } from '../../cloud-base.ts';
import type { PermittedInvocations } from '../iam/permitted-invocations.ts';
import { stepFunctionsService } from './protocol.ts';
import { Executions } from './state.ts';

/** The executions of a state machine that is deleted end at their next transition (https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html). */
const stopAll = (executions: Executions): void => {
  for (const { arn, status } of executions.all) if (status === 'RUNNING') executions.stop(arn);
};

/** Step Functions with the template's state machines. */
export const registerStepFunctions = (cloud: CloudBase, invocations: PermittedInvocations): Executions => {
  const { stack, options, rations, executionStatuses } = cloud;
  const executions = new Executions({
    invoke: (functionArn, payload, stateMachineArn) =>
      invocations.byStateMachine(stateMachineArn, functionArn, payload),
    transitionSeconds: () => rations.transitionSeconds(),
    onStatus: (execution) => executionStatuses.tell(execution),
    onEvent: (execution, event) => options.watcher?.onStateEvent?.(execution, event),
  });
  for (const stateMachine of stack.stateMachines) executions.addStateMachine(stateMachine);
  cloud.serve(stepFunctionsService(executions));
  cloud.stackRemoval.add(() => stopAll(executions));
  return executions;
};
