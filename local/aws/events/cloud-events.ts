import type { StackPlace } from '../../template/physical-ids.ts';
import type { FakeInstance } from '../ec2/state.ts';
import type { FakeExecution } from '../step-functions/state.ts';
import type { EventBus } from './event-bus.ts';

/** Tells the bus of an instance's new state: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html */
export const publishInstanceState = (
  bus: EventBus,
  { region, accountId }: StackPlace,
  { id, state }: FakeInstance,
): void =>
  bus.publish(
    'aws.ec2',
    'EC2 Instance State-change Notification',
    [`arn:aws:ec2:${region}:${accountId}:instance/${id}`],
    { 'instance-id': id, state },
  );

/** Tells the bus of an execution's beginning or end: https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export const publishExecutionStatus = (bus: EventBus, execution: FakeExecution): void => {
  const { arn, name, stateMachine, status, input, output, startedAt, stoppedAt, error, cause } = execution;
  bus.publish('aws.states', 'Step Functions Execution Status Change', [arn], {
    executionArn: arn,
    stateMachineArn: stateMachine.arn,
    name,
    status,
    startDate: startedAt.getTime(),
    stopDate: stoppedAt?.getTime() ?? null,
    input,
    output: output ?? null,
    error: error ?? null,
    cause: cause ?? null,
  });
};
