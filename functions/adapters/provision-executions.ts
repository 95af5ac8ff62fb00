import { GetExecutionHistoryCommand, type HistoryEvent, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type {
  ProvisionPlace,
  ProvisionProgressReader,
  ProvisionReader,
  ProvisionStarter,
  ProvisionStopper,
} from '../domain/ports.ts';
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
          error: 'Destroyed',
          cause,
        }),
      ),
    );
  },
});

/** The newest of this many events holds the last state entered, but for a task's retries within one state. */
const newestEvents = 50;

/** What the events, newest first, say of the state entered last, and of what has gone wrong in it since. */
const placeIn = (events: readonly HistoryEvent[]): ProvisionPlace | undefined => {
  const index = events.findIndex(({ stateEnteredEventDetails }) => stateEnteredEventDetails !== undefined);
  const { stateEnteredEventDetails, timestamp: enteredAt } = events[index] ?? {};
  const name = stateEnteredEventDetails?.name;
  if (name === undefined || enteredAt === undefined) return undefined;
  const errors = events
    .slice(0, index)
    .map((event) => event.lambdaFunctionFailedEventDetails ?? event.lambdaFunctionTimedOutEventDetails)
    .flatMap((details) => details?.error ?? []);
  return { name, enteredAt, ...(errors[0] === undefined ? {} : { error: errors[0] }) };
};

/** Reads where a running provision is, from the end of its history. */
export const provisionProgress = (
  connection: AwsConnection,
  stateMachineArn: string,
): ProvisionProgressReader => ({
  currentState: async (life) => {
    const history = await unlessGone('GetExecutionHistory', absent, () =>
      sfnClient(connection).send(
        new GetExecutionHistoryCommand({
          executionArn: executionArn(stateMachineArn, life),
          reverseOrder: true,
          maxResults: newestEvents,
          includeExecutionData: false,
        }),
      ),
    );
    return placeIn(history?.events ?? []);
  },
});
