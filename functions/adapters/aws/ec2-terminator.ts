import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import type { InstanceTerminator } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { awsCode, translateAwsError } from './aws-errors.ts';
import { ec2Client } from './ec2-client.ts';

const unknownInstance = 'InvalidInstanceID.NotFound';

/**
 * What EC2 answers for all when one is not there any more: it says so, or, when that one's tags are gone too, that we
 * may not end it, for we may only end what carries our tag (https://github.com/aws/karpenter-provider-aws/issues/2100).
 */
const refusedForOne: ReadonlySet<string> = new Set([unknownInstance, 'UnauthorizedOperation']);

const terminateAll = async (connection: AwsConnection, ids: readonly string[]): Promise<void> => {
  try {
    await ec2Client(connection).send(new TerminateInstancesCommand({ InstanceIds: [...ids] }));
  } catch (error) {
    const code = awsCode(error);
    if (ids.length > 1 && refusedForOne.has(code)) return eachAlone(connection, ids);
    if (code !== unknownInstance) throw translateAwsError(error, 'TerminateInstances');
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
