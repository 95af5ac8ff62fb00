import { GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import type { CurrentState } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { unlessGone } from './aws-errors.ts';
import { executionArn } from './execution-arn.ts';
import { sfnClient } from './sfn-client.ts';

/** More than an ordinary provision has; of a long search for capacity they are the last minutes. */
const newestEvents = 200;

const entriesIn = (events: readonly HistoryEvent[]): NonNullable<CurrentState['earlier']> =>
  events.flatMap(({ stateEnteredEventDetails: { name } = {}, timestamp: enteredAt }) =>
    name === undefined || enteredAt === undefined ? [] : [{ name, enteredAt }],
  );

/** What the events, newest first, say of the state entered last, and of what has gone wrong in it since. */
const currentStateIn = (events: readonly HistoryEvent[]): CurrentState | undefined => {
  const index = events.findIndex(({ stateEnteredEventDetails }) => stateEnteredEventDetails !== undefined);
  const { stateEnteredEventDetails, timestamp: enteredAt } = events[index] ?? {};
  const name = stateEnteredEventDetails?.name;
  if (name === undefined || enteredAt === undefined) return undefined;
  const errors = events
    .slice(0, index)
    .map((event) => event.lambdaFunctionFailedEventDetails ?? event.lambdaFunctionTimedOutEventDetails)
    .flatMap((details) => details?.error ?? []);
  return {
    name,
    enteredAt,
    earlier: entriesIn(events.slice(index + 1)),
    ...(errors[0] === undefined ? {} : { error: errors[0] }),
  };
};

/** Where a running execution is, from the end of its history; `undefined` when there is none, or nothing is known. */
export const currentStateOf = async (
  connection: AwsConnection,
  stateMachineArn: string,
  name: string,
): Promise<CurrentState | undefined> => {
  const history = await unlessGone('GetExecutionHistory', ['ExecutionDoesNotExist'], () =>
    sfnClient(connection).send(
      new GetExecutionHistoryCommand({
        executionArn: executionArn(stateMachineArn, name),
        reverseOrder: true,
        maxResults: newestEvents,
        includeExecutionData: false,
      }),
    ),
  );
  return currentStateIn(history?.events ?? []);
};
