import { destroyName } from '../../domain/ending/destroy.ts';
import type { DestroyReader, DestroyStarter } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { describedExecution } from './described-execution.ts';
import { startExecution } from './start-execution.ts';

/** Starts the destroys of lives. */
export const destroyStarter = (connection: AwsConnection, stateMachineArn: string): DestroyStarter => ({
  startDestroy: (input, k) =>
    startExecution(connection, stateMachineArn, destroyName(input.life, input.reason, k), input),
});

/** Reads and starts the destroys of lives. */
export const destroyExecutions = (
  connection: AwsConnection,
  stateMachineArn: string,
): DestroyReader & DestroyStarter => ({
  destroy: (life, reason, k) => describedExecution(connection, stateMachineArn, destroyName(life, reason, k)),
  ...destroyStarter(connection, stateMachineArn),
});
