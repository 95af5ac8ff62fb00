import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import type { AwsConnection } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws } from '../../functions/adapters/aws/aws-errors.ts';
import { ec2Client } from '../../functions/adapters/aws/ec2-client.ts';
import { tagNames } from '../../functions/domain/life/tags.ts';
import type { DeploymentInstance } from '../deployment-instance.ts';

const notTerminated = ['pending', 'running', 'stopping', 'stopped', 'shutting-down'];

const readingOf = ({ InstanceId, State, Tags = [] }: Instance): readonly DeploymentInstance[] => {
  if (InstanceId === undefined || State?.Name === undefined) return [];
  const life = Tags.find(({ Key }) => Key === tagNames.life)?.Value;
  return [{ id: InstanceId, state: State.Name, ...(life === undefined ? {} : { life }) }];
};

/**
 * Every instance with the deployment's tag that is not terminated, also one whose other tags somebody has
 * changed: the functions do not judge such a machine, but it keeps the network from being removed.
 */
export const deploymentInstances = (
  connection: AwsConnection,
  deployment: string,
): Promise<readonly DeploymentInstance[]> =>
  asAws('DescribeInstances', async () => {
    const found: DeploymentInstance[] = [];
    let token: string | undefined;
    do {
      const page = await ec2Client(connection).send(
        new DescribeInstancesCommand({
          Filters: [
            { Name: `tag:${tagNames.deployment}`, Values: [deployment] },
            { Name: 'instance-state-name', Values: notTerminated },
          ],
          MaxResults: 1_000,
          NextToken: token,
        }),
      );
      const instances = (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
      found.push(...instances.flatMap(readingOf));
      token = page.NextToken || undefined;
    } while (token !== undefined);
    return found;
  });
