import { ExecutionStatus } from '@aws-sdk/client-sfn';
import { AwsFault, epochSeconds, jsonService, type Parameters, textParameter } from '../../wire/aws-json.ts';
import type { CloudService } from '../../wire/wire.ts';
import type { HistoryEvent } from './engine/history.ts';
import type { Executions, FakeExecution } from './state.ts';

/** 1 to 80 characters, without white space, brackets, wildcards and controls (API_StartExecution). */
const isName = (name: string): boolean => /^[A-Za-z0-9_-]{1,80}$/.test(name);

/** At most 256 KiB of JSON (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html). */
const requireInput = (input: string): void => {
  if (Buffer.byteLength(input) > 262_144)
    throw new AwsFault('ValidationException', 'input must have length less than or equal to 262144');
  try {
    JSON.parse(input);
  } catch {
    throw new AwsFault('InvalidExecutionInput', 'The provided JSON input data is not valid.');
  }
};

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const statuses: readonly unknown[] = Object.values(ExecutionStatus);

const requireStatus = (status: unknown): void => {
  if (status !== undefined && !statuses.includes(status))
    throw new AwsFault(
      'ValidationException',
      `Value '${String(status)}' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [${statuses.join(', ')}]`,
    );
};

const described = (execution: FakeExecution) => ({
  executionArn: execution.arn,
  stateMachineArn: execution.stateMachine.arn,
  name: execution.name,
  status: execution.status,
  startDate: epochSeconds(execution.startedAt),
  ...(execution.stoppedAt === undefined ? {} : { stopDate: epochSeconds(execution.stoppedAt) }),
});

const withData = (execution: FakeExecution) => ({
  ...described(execution),
  input: execution.input,
  ...(execution.output === undefined ? {} : { output: execution.output }),
  ...(execution.error === undefined ? {} : { error: execution.error }),
  ...(execution.cause === undefined ? {} : { cause: execution.cause }),
});

/** `includeExecutionData` is true unless the caller says otherwise (API_GetExecutionHistory). */
const historyEvent = (event: HistoryEvent, withContent: boolean) => {
  const { id, previousEventId, timestamp, type, state, input, output, error, cause } = event;
  const key = `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
  const failure = {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
  const content = withContent
    ? { ...(input === undefined ? {} : { input }), ...(output === undefined ? {} : { output }) }
    : {};
  const details = { ...(state === undefined ? {} : { name: state }), ...content, ...failure };
  const place = type.endsWith('StateEntered')
    ? 'stateEnteredEventDetails'
    : type.endsWith('StateExited')
      ? 'stateExitedEventDetails'
      : key;
  return { id, previousEventId, timestamp: epochSeconds(timestamp), type, [place]: details };
};

const page = <T>(items: readonly T[], parameters: Parameters, most: number) => {
  const from = Number(parameters['nextToken'] ?? 0);
  const size = Math.min(Number(parameters['maxResults'] ?? 100) || 100, most);
  const next = from + size < items.length ? { nextToken: String(from + size) } : {};
  return { items: items.slice(from, from + size), ...next };
};

/**
 * Step Functions' API over the executions
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html).
 */
export const stepFunctionsService = (executions: Executions): CloudService => {
  const existing = (parameters: Parameters): FakeExecution => {
    const arn = textParameter(parameters, 'executionArn');
    const execution = executions.find(arn);
    if (execution === undefined)
      throw new AwsFault('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  };

  return jsonService('states', '1.0', {
    StartExecution: (parameters) => {
      const name = String(parameters['name'] ?? crypto.randomUUID());
      if (!isName(name)) throw new AwsFault('InvalidName', `Invalid Name: '${name}'`);
      const input = String(parameters['input'] ?? '{}');
      requireInput(input);
      const execution = executions.start(textParameter(parameters, 'stateMachineArn'), name, input);
      return { executionArn: execution.arn, startDate: epochSeconds(execution.startedAt) };
    },
    DescribeExecution: (parameters) => withData(existing(parameters)),
    StopExecution: (parameters) => {
      const { error, cause } = parameters as { error?: string; cause?: string };
      const stopped = executions.stop(existing(parameters).arn, error, cause);
      return { stopDate: epochSeconds(stopped.stoppedAt ?? new Date()) };
    },
    ListExecutions: (parameters) => {
      const arn = textParameter(parameters, 'stateMachineArn');
      const status = parameters['statusFilter'];
      requireStatus(status);
      executions.requireStateMachine(arn);
      const newestFirst = executions.all
        .filter((execution) => execution.stateMachine.arn === arn)
        .filter((execution) => status === undefined || execution.status === status)
        .toReversed();
      const { items, ...next } = page(newestFirst, parameters, 1_000);
      return { executions: items.map(described), ...next };
    },
    GetExecutionHistory: (parameters) => {
      const { events } = existing(parameters).run.history;
      const ordered = parameters['reverseOrder'] === true ? events.toReversed() : events;
      const { items, ...next } = page(ordered, parameters, 1_000);
      const withContent = parameters['includeExecutionData'] !== false;
      return { events: items.map((event) => historyEvent(event, withContent)), ...next };
    },
  });
};
