import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { destroyedError } from '../../domain/ending/destroyed.ts';
import type { ProvisionReader, ProvisionStarter, ProvisionStopper } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { unlessGone } from './aws-errors.ts';
import { describedExecution } from './described-execution.ts';
import { executionArn } from './execution-arn.ts';
import { sfnClient } from './sfn-client.ts';
import { startExecution } from './start-execution.ts';

const absent = ['ExecutionDoesNotExist'];

/** Reads a life's provision. */
export const provisionReader = (connection: AwsConnection, stateMachineArn: string): ProvisionReader => ({
  provision: (life) => describedExecution(connection, stateMachineArn, life),
});

/** Starts a life's provision. */
export const provisionStarter = (connection: AwsConnection, stateMachineArn: string): ProvisionStarter => ({
  start: (input) => startExecution(connection, stateMachineArn, input.life, input),
});

/** Stops a life's provision. Stopping one that has ended has no effect. */
export const provisionStopper = (connection: AwsConnection, stateMachineArn: string): ProvisionStopper => ({
  stop: async (life, cause) => {
    await unlessGone('StopExecution', absent, () =>
      sfnClient(connection).send(
        new StopExecutionCommand({
          executionArn: executionArn(stateMachineArn, life),
          error: destroyedError,
          cause,
        }),
      ),
    );
  },
});
