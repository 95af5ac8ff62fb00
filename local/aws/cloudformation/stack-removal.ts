import type { Stack } from '../../template/stack.ts';
import type { Gateway } from '../api-gateway/gateway.ts';
import type { Fleet } from '../ec2/state.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { ParameterStore } from '../parameter-store/protocol.ts';
import type { Schedules } from '../scheduler/state.ts';
import type { Secrets } from '../secrets-manager/protocol.ts';
import type { Executions } from '../step-functions/state.ts';
import { FakeStack } from './state.ts';

/** What goes with the stack. */
export interface RemovableParts {
  readonly fleet: Fleet;
  readonly bus: EventBus;
  readonly schedules: Schedules;
  readonly executions: Executions;
  readonly secrets: Secrets;
  readonly parameters: ParameterStore;
  readonly logGroups: Set<string>;
  readonly gateway: () => Gateway;
}

const networkTypes: ReadonlySet<string> = new Set(['AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup']);

/** EC2 removes nothing of a network in which an instance lives (https://docs.aws.amazon.com/vpc/latest/userguide/delete-subnet.html). */
const keptBy = ({ fleet }: RemovableParts, type: string): string | undefined =>
  networkTypes.has(type) && fleet.all.some(({ state }) => state !== 'terminated')
    ? 'The resource has dependencies and cannot be deleted. (DependencyViolation)'
    : undefined;

/** The executions of a state machine that is deleted end at their next transition (https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html). */
const stopExecutions = (executions: Executions): void => {
  for (const { arn, status } of executions.all) if (status === 'RUNNING') executions.stop(arn);
};

const removeParts = (stack: Stack, parts: RemovableParts): void => {
  const { bus, schedules, executions, secrets, parameters, logGroups, gateway } = parts;
  gateway().remove();
  bus.close();
  stopExecutions(executions);
  for (const { name, group } of schedules.all) schedules.delete(name, group);
  for (const arn of stack.secretArns) secrets.delete(arn);
  for (const { name } of stack.parameters) parameters.delete(name);
  for (const name of stack.logGroups) logGroups.delete(name);
};

/** The stack that stands in the cloud, whose removal takes with it what the template made. */
export const removableStack = (stack: Stack, parts: RemovableParts): FakeStack =>
  new FakeStack(stack.record, {
    keeps: (type) => keptBy(parts, type),
    onRemoved: () => removeParts(stack, parts),
  });
