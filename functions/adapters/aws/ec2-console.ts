import { GetConsoleOutputCommand } from '@aws-sdk/client-ec2';
import type { ConsoleReader } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws, awsCode } from './aws-errors.ts';
import { ec2Client } from './ec2-client.ts';

const read = async (connection: AwsConnection, id: string, latest: boolean): Promise<string | undefined> => {
  const command = new GetConsoleOutputCommand({ InstanceId: id, Latest: latest });
  const { Output } = await ec2Client(connection).send(command);
  return Output === undefined ? undefined : Buffer.from(Output, 'base64').toString('utf8');
};

/**
 * What stands there now; types without Nitro, and machines that have ended, may only tell what was posted at the last
 * change of state.
 */
const readNewest = async (connection: AwsConnection, id: string): Promise<string | undefined> => {
  try {
    return (await read(connection, id, true)) ?? (await read(connection, id, false));
  } catch (error) {
    if (awsCode(error) !== 'UnsupportedOperation') throw error;
    return read(connection, id, false);
  }
};

/**
 * An instance's serial console, the only view into a machine that has no instance profile
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html).
 */
export const ec2ConsoleReader = (connection: AwsConnection): ConsoleReader => ({
  consoleOutput: (id) => asAws('GetConsoleOutput', () => readNewest(connection, id)),
});
