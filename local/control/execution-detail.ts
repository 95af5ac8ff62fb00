import type { HistoryEvent } from '../aws/step-functions/engine/history.ts';
import type { FakeExecution } from '../aws/step-functions/state.ts';
import { given } from './fields.ts';
import type { ExecutionDetail, ExecutionHistoryEvent } from './snapshot.ts';

const parsedData = (json: string | undefined): unknown => (json === undefined ? undefined : JSON.parse(json));

const eventDetail = ({ id, timestamp, type, state, input, output, error, cause }: HistoryEvent) =>
  given({
    id,
    at: timestamp.toISOString(),
    type,
    state,
    input: parsedData(input),
    output: parsedData(output),
    error,
    cause,
  }) as ExecutionHistoryEvent;

/** An execution as a control call shows it. */
export const executionDetail = (execution: FakeExecution): ExecutionDetail =>
  given({
    name: execution.name,
    state_machine: execution.stateMachine.name,
    status: execution.status,
    started_at: execution.startedAt.toISOString(),
    stopped_at: execution.stoppedAt?.toISOString(),
    input: parsedData(execution.input),
    output: parsedData(execution.output),
    error: execution.error,
    cause: execution.cause,
    events: execution.run.history.events.map(eventDetail),
  }) as ExecutionDetail;
