import type { InvocationResult } from '../../../local/aws/lambda/function-invoker.ts';
import { stepFunctionsService } from '../../../local/aws/step-functions/protocol.ts';
import { Executions } from '../../../local/aws/step-functions/state.ts';
import { fakeAws } from './fake-aws.ts';

const arnOf = (name: string): string => `arn:aws:states:us-east-2:000000000000:stateMachine:${name}`;

export const provisionStateMachineArn = arnOf('provision-runner');
export const destroyStateMachineArn = arnOf('destroy-runner');

const waiting = {
  StartAt: 'Step',
  States: {
    Step: {
      Type: 'Task',
      Resource: 'arn:step',
      TimeoutSeconds: 40,
      ResultPath: '$.step',
      Next: 'WaitAWhile',
    },
    WaitAWhile: { Type: 'Wait', Seconds: 60, Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

/** Two state machines that do a step, wait a minute and succeed. */
export const fakeStepFunctions = (answer: () => InvocationResult = () => ({ ok: true, payload: {} })) => {
  const executions = new Executions({ invoke: async () => answer(), onStatus: () => undefined });
  for (const name of ['provision-runner', 'destroy-runner'])
    executions.addStateMachine({ arn: arnOf(name), name, definition: JSON.stringify(waiting) });
  return { ...fakeAws(stepFunctionsService(executions)), executions };
};
