import { GetConsoleOutputCommand } from '@aws-sdk/client-ec2';
import type { ConsoleReader } from '../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws } from './aws-errors.ts';
import { ec2Client } from './ec2-client.ts';

/** An instance's serial console, the only view into a machine that has no instance profile. */
export const ec2ConsoleReader = (connection: AwsConnection): ConsoleReader => ({
  consoleOutput: (id) =>
    asAws('GetConsoleOutput', async () => {
      const { Output } = await ec2Client(connection).send(new GetConsoleOutputCommand({ InstanceId: id }));
      return Output === undefined ? undefined : Buffer.from(Output, 'base64').toString('utf8');
    }),
});
