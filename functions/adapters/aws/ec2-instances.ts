import {
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  type Filter,
} from '@aws-sdk/client-ec2';
import { tagNames } from '../../domain/life/tags.ts';
import type { FleetReader, Instance, InstanceFinder, InstanceReader } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws, unlessGone } from './aws-errors.ts';
import { ec2Client } from './ec2-client.ts';
import { describedInstance } from './ec2-described.ts';

const tagFilter = (name: string, value: string): Filter => ({ Name: `tag:${name}`, Values: [value] });

const page = (connection: AwsConnection, input: DescribeInstancesCommandInput) =>
  ec2Client(connection).send(new DescribeInstancesCommand(input));

/** Every instance that the filters show, all pages of them. */
const describe = (
  connection: AwsConnection,
  deployment: string,
  filters: Filter[],
): Promise<readonly Instance[]> =>
  asAws('DescribeInstances', async () => {
    const found: Instance[] = [];
    let token: string | undefined;
    do {
      const answer = await page(connection, {
        Filters: [tagFilter(tagNames.deployment, deployment), ...filters],
        MaxResults: 1_000,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      const described = (answer.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
      found.push(...described.flatMap((instance) => describedInstance(instance, deployment)));
      token = answer.NextToken || undefined;
    } while (token !== undefined);
    return found;
  });

/** The instances of a life, by tag, so that one whose launch was never heard of is found too. */
export const ec2InstanceReader = (connection: AwsConnection, deployment: string): InstanceReader => ({
  ofLife: (life) => describe(connection, deployment, [tagFilter(tagNames.life, life)]),
});

const notTerminated: Filter = {
  Name: 'instance-state-name',
  Values: ['pending', 'running', 'stopping', 'stopped', 'shutting-down'],
};

/** The deployment's instances that are not terminated. */
export const ec2Fleet = (connection: AwsConnection, deployment: string): FleetReader => ({
  live: () => describe(connection, deployment, [notTerminated]),
});

/** An instance by its id, if it is the deployment's. */
export const ec2InstanceFinder = (connection: AwsConnection, deployment: string): InstanceFinder => ({
  byId: async (id) => {
    const goneCodes = ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'];
    const answer = await unlessGone('DescribeInstances', goneCodes, () =>
      page(connection, { InstanceIds: [id] }),
    );
    const described = (answer?.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
    return described.flatMap((instance) => describedInstance(instance, deployment))[0];
  },
});
