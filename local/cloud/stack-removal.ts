import type { Gateway } from '../gateway/gateway.ts';
import type { Stack } from '../template/stack.ts';
import type { Fleet } from './ec2/fleet.ts';
import type { EventBus } from './event-bus.ts';
import { FakeStack } from './fake-stack.ts';
import type { ParameterStore } from './parameter-store.ts';
import type { Schedules } from './scheduler.ts';
import type { Secrets } from './secrets-manager.ts';

/** What goes with the stack. */
export interface RemovableParts {
  readonly fleet: Fleet;
  readonly bus: EventBus;
  readonly schedules: Schedules;
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

const removeParts = (stack: Stack, parts: RemovableParts): void => {
  const { bus, schedules, secrets, parameters, logGroups, gateway } = parts;
  gateway().remove();
  bus.close();
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
