import { destroyName } from '../../domain/ending/destroy.ts';
import type { DestroyProgressReader, DestroyReader, DestroyStarter } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { currentStateOf } from './current-state.ts';
import { describedExecution } from './described-execution.ts';
import { startExecution } from './start-execution.ts';

/** Reads and starts the destroys of lives. */
export const destroyExecutions = (
  connection: AwsConnection,
  stateMachineArn: string,
): DestroyReader & DestroyStarter => ({
  destroy: (life, reason, k) => describedExecution(connection, stateMachineArn, destroyName(life, reason, k)),
  startDestroy: (input, k) =>
    startExecution(connection, stateMachineArn, destroyName(input.life, input.reason, k), input),
});

/** Reads where a running destroy is. */
export const destroyProgress = (
  connection: AwsConnection,
  stateMachineArn: string,
): DestroyProgressReader => ({
  destroyState: async (name) => (await currentStateOf(connection, stateMachineArn, name))?.name,
});
