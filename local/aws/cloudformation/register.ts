import type { CloudBase } from '../../cloud-base.ts';
import type { Fleet } from '../ec2/state.ts';
import { cloudFormationService } from './protocol.ts';
import { FakeStack } from './state.ts';

const networkTypes: ReadonlySet<string> = new Set(['AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup']);

/** EC2 removes nothing of a network in which an instance lives (https://docs.aws.amazon.com/vpc/latest/userguide/delete-subnet.html). */
const keptBy = (fleet: Fleet, type: string): string | undefined =>
  networkTypes.has(type) && fleet.all.some(({ state }) => state !== 'terminated')
    ? 'The resource has dependencies and cannot be deleted. (DependencyViolation)'
    : undefined;

/** CloudFormation with the stack, whose removal takes with it what the template made. */
export const registerCloudFormation = (cloud: CloudBase, fleet: Fleet): FakeStack => {
  const deployed = new FakeStack(cloud.stack.record, {
    keeps: (type) => keptBy(fleet, type),
    onRemoved: () => cloud.stackRemoval.tell(),
  });
  cloud.serve(cloudFormationService(deployed));
  return deployed;
};
