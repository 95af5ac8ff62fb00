import { AwsFault } from '../../wire/aws-json.ts';
import { members, queryService, required } from '../../wire/aws-query.ts';
import { type QueryParameters, textOf } from '../../wire/query-protocol.ts';
import type { CloudService } from '../../wire/wire.ts';
import type { FakeStack } from './state.ts';

const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

const described = ({ record, status, createdAt, isProtected }: FakeStack) => ({
  StackId: record.stackId,
  StackName: record.stackName,
  Description: record.description,
  StackStatus: status,
  CreationTime: createdAt.toISOString(),
  EnableTerminationProtection: isProtected,
  Outputs: members(
    Object.entries(record.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
  ),
});

/** A page of so many: CloudFormation decides how many, and 100 is what it has been seen to give. */
const pageSize = 100;

const page = <T>(items: readonly T[], parameters: QueryParameters) => {
  const from = Number(textOf(parameters['NextToken']) ?? 0);
  const next = from + pageSize;
  return {
    items: items.slice(from, next),
    ...(next < items.length ? { NextToken: String(next) } : {}),
  };
};

/**
 * CloudFormation over the one stack. A removed stack is known by its ARN alone, and for 90 days
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html).
 */
export const cloudFormationService = (stack: FakeStack): CloudService => {
  const find = (parameters: QueryParameters): FakeStack => {
    const wanted = required(parameters, 'StackName');
    const { stackId, stackName } = stack.record;
    const isFound = wanted === stackId || (wanted === stackName && !stack.isRemoved);
    if (!stack.isDeployed || !isFound)
      throw new AwsFault('ValidationError', `Stack with id ${wanted} does not exist`);
    return stack;
  };

  return queryService('cloudformation', namespace, {
    DescribeStacks: (parameters) => ({ Stacks: members([described(find(parameters))]) }),
    ListStacks: () => ({
      StackSummaries: members(
        stack.isDeployed && stack.isRemoved
          ? [{ StackId: stack.record.stackId, StackName: stack.record.stackName, StackStatus: stack.status }]
          : [],
      ),
    }),
    ListStackResources: (parameters) => {
      const { items, ...next } = page(find(parameters).resources, parameters);
      const summaries = items.map(({ logicalId, physicalId, type, status }) => ({
        LogicalResourceId: logicalId,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        ResourceStatus: status,
        LastUpdatedTimestamp: new Date().toISOString(),
      }));
      return { StackResourceSummaries: members(summaries), ...next };
    },
    DescribeStackEvents: (parameters) => {
      const { record, failures } = find(parameters);
      return {
        StackEvents: members(
          failures.map(({ logicalId, reason }, index) => ({
            StackId: record.stackId,
            StackName: record.stackName,
            EventId: String(index),
            LogicalResourceId: logicalId,
            ResourceStatus: 'DELETE_FAILED',
            ResourceStatusReason: reason,
            Timestamp: new Date().toISOString(),
          })),
        ),
      };
    },
    DeleteStack: (parameters) => {
      find(parameters).remove();
      return {};
    },
  });
};
