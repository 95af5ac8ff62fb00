import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import type { InstanceTerminator } from '../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { awsCode, translateAwsError } from './aws-errors.ts';
import { ec2Client } from './ec2-client.ts';

const terminateAll = async (connection: AwsConnection, ids: readonly string[]): Promise<void> => {
  try {
    await ec2Client(connection).send(new TerminateInstancesCommand({ InstanceIds: [...ids] }));
  } catch (error) {
    if (awsCode(error) !== 'InvalidInstanceID.NotFound') throw translateAwsError(error, 'TerminateInstances');
    if (ids.length > 1) await eachAlone(connection, ids);
  }
};

/** EC2 refuses the whole request when one id is unknown to it; alone, that one harms no other. */
const eachAlone = async (connection: AwsConnection, ids: readonly string[]): Promise<void> => {
  await Promise.all(ids.map((id) => terminateAll(connection, [id])));
};

/**
 * Terminates instances. One that has ended already, or that EC2 has forgotten, does not matter
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html).
 */
export const ec2Terminator = (connection: AwsConnection): InstanceTerminator => ({
  terminate: (ids) => terminateAll(connection, ids),
});
