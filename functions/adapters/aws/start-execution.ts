import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { AwsConnection } from './aws-connection.ts';
import { unlessGone } from './aws-errors.ts';
import { sfnClient } from './sfn-client.ts';

/**
 * Starts an execution under a name; `taken` when the name was used with another input, or by an execution
 * that has ended. The same input while it runs is the same start
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).
 */
export const startExecution = async (
  connection: AwsConnection,
  stateMachineArn: string,
  name: string,
  input: object,
): Promise<'started' | 'taken'> => {
  const started = await unlessGone('StartExecution', ['ExecutionAlreadyExists'], () =>
    sfnClient(connection).send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
    ),
  );
  return started === undefined ? 'taken' : 'started';
};
