import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { type AwsConnection, clientConfiguration } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws } from '../../functions/adapters/aws/aws-errors.ts';
import type { DeployedResource, StackReading, Stacks } from '../stack.ts';

/** CloudFormation has no code of its own for a stack that is not there, but a ValidationError that says so. */
const isAbsence = (error: unknown): boolean => error instanceof Error && /does not exist/.test(error.message);

const readingOf = (stack: Stack): StackReading => ({
  id: stack.StackId ?? '',
  name: stack.StackName ?? '',
  status: stack.StackStatus ?? '',
  ...(stack.StackStatusReason === undefined ? {} : { reason: stack.StackStatusReason }),
  description: stack.Description ?? '',
  isProtected: stack.EnableTerminationProtection === true,
  outputs: Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  ),
});

const allResources = async (
  client: CloudFormationClient,
  id: string,
): Promise<readonly DeployedResource[]> => {
  const found: DeployedResource[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName: id, NextToken: token }));
    for (const {
      LogicalResourceId,
      PhysicalResourceId,
      ResourceType,
      ResourceStatus,
    } of page.StackResourceSummaries ?? [])
      found.push({
        logicalId: LogicalResourceId ?? '',
        physicalId: PhysicalResourceId ?? '',
        type: ResourceType ?? '',
        status: ResourceStatus ?? '',
      });
    token = page.NextToken;
  } while (token !== undefined);
  return found;
};

/** Newest first; a stack that was removed stays in the list for 90 days (API_ListStacks). */
const lastDeleted = async (client: CloudFormationClient, name: string): Promise<string | undefined> => {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'], NextToken: token }),
    );
    const found = page.StackSummaries?.find(({ StackName }) => StackName === name);
    if (found?.StackId !== undefined) return found.StackId;
    token = page.NextToken;
  } while (token !== undefined);
  return undefined;
};

/** CloudFormation's stacks (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html). */
export const cloudFormationStacks = (connection: AwsConnection): Stacks => {
  const client = new CloudFormationClient(clientConfiguration(connection));
  return {
    read: (nameOrId) =>
      asAws('DescribeStacks', async () => {
        try {
          const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: nameOrId }));
          return Stacks[0] === undefined ? undefined : readingOf(Stacks[0]);
        } catch (error) {
          if (isAbsence(error)) return undefined;
          throw error;
        }
      }),
    resources: (id) => asAws('ListStackResources', () => allResources(client, id)),
    lastDeleted: (name) => asAws('ListStacks', () => lastDeleted(client, name)),
    failures: (id) =>
      asAws('DescribeStackEvents', async () => {
        const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: id }));
        return StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED').map(
          ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
        );
      }),
    remove: (id) =>
      asAws('DeleteStack', async () => {
        await client.send(new DeleteStackCommand({ StackName: id }));
      }),
  };
};
