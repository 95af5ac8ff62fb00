import {
  ExecutionAbortedError,
  ExecutionError,
  ExecutionTimeoutError,
  StateMachine,
  type StateMachineDefinition,
} from 'aws-local-stepfunctions';
import type { InvocationResult } from '../lambda/function-invoker.ts';
import { History, type HistoryDetails, type HistoryEvent } from './history.ts';

export interface EngineOptions {
  /** JSON of the definition, its substitutions applied. */
  readonly definition: string;
  readonly invoke: (functionArn: string, payload: unknown) => Promise<InvocationResult>;
}

export interface RunOptions {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input: unknown;
  readonly onEvent?: (event: HistoryEvent) => void;
}

export interface Outcome {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

export interface Run {
  readonly history: History;
  readonly outcome: Promise<Outcome>;
  /** Ends the run as ABORTED. A function that is running runs on, and is not heard any more. */
  abort(): void;
}

interface TaskState {
  readonly Type: string;
  readonly Resource?: string;
}

type States = Readonly<Record<string, TaskState>>;

/** The definition asks for something that this engine would silently do otherwise than AWS. */
export class DefinitionUnsupported extends Error {
  override readonly name = 'DefinitionUnsupported';
}

const unsupported: readonly (readonly [RegExp, string])[] = [
  [/"QueryLanguage"\s*:\s*"JSONata"|"\{%/, 'JSONata'],
  [/"HeartbeatSeconds(Path)?"/, 'HeartbeatSeconds'],
  [/\$\$\.State\b/, '$$.State'],
  [/\$\{\w+\}/, 'a placeholder that nothing was put in place of'],
];

const refuseUnsupported = (definition: string): void => {
  const found = unsupported.filter(([pattern]) => pattern.test(definition)).map(([, what]) => what);
  if (found.length > 0) throw new DefinitionUnsupported(`The definition uses ${found.join(', ')}.`);
};

/**
 * A task's error as Step Functions gives it to a catcher: the name is Lambda's `errorType`, the cause the JSON
 * that Lambda answered (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
 */
class TaskFailed extends Error {
  constructor({ errorType, errorMessage, trace }: Extract<InvocationResult, { ok: false }>) {
    super(JSON.stringify({ errorType, errorMessage, trace }));
    this.name = errorType;
  }
}

/** What a stopped execution's pending retry meets: neither retried nor caught. */
class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

const enteredType = (type: string): string => `${type}StateEntered`;
const exitedType = (type: string): string => `${type}StateExited`;

interface EngineEvent {
  readonly type: string;
  readonly state?: {
    readonly name: string;
    readonly type: string;
    readonly input?: unknown;
    readonly output?: unknown;
  };
  readonly Error?: string;
  readonly Cause?: unknown;
}

/** An event of the engine's in the words of Step Functions; those that AWS does not have give nothing. */
const historyDetails = (event: EngineEvent): HistoryDetails | undefined => {
  const { state } = event;
  if (state === undefined) return undefined;
  if (event.type === 'StateEntered')
    return { type: enteredType(state.type), state: state.name, input: JSON.stringify(state.input) };
  if (event.type === 'StateExited')
    return { type: exitedType(state.type), state: state.name, output: JSON.stringify(state.output) };
  if (event.type !== 'StateFailed' || state.type !== 'Task') return undefined;
  const error = event.Error ?? 'Unknown';
  const type = error === 'States.Timeout' ? 'LambdaFunctionTimedOut' : 'LambdaFunctionFailed';
  return { type, state: state.name, error, cause: String(event.Cause ?? '') };
};

const outcomeOf = async (result: Promise<unknown>): Promise<Outcome> => {
  try {
    return { status: 'SUCCEEDED', output: await result };
  } catch (error) {
    if (error instanceof ExecutionAbortedError) return { status: 'ABORTED' };
    if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT', error: 'States.Timeout' };
    if (!(error instanceof ExecutionError)) throw error;
    const { name, message } = (error.cause ?? error) as Error;
    return { status: 'FAILED', error: name, cause: message };
  }
};

const endEvent = ({ status, output, error, cause }: Outcome): HistoryDetails => {
  if (status === 'SUCCEEDED') return { type: 'ExecutionSucceeded', output: JSON.stringify(output) };
  const type = { FAILED: 'ExecutionFailed', TIMED_OUT: 'ExecutionTimedOut', ABORTED: 'ExecutionAborted' }[
    status
  ];
  return {
    type,
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
};

/**
 * `aws-local-stepfunctions`, wrapped so that it agrees with AWS where by itself it does not: a task's error has
 * a JSON cause, inputs and results cross as JSON, the context object is there, a stopped execution's pending
 * retry invokes nothing, and what the library would ignore is refused. Throws DefinitionUnsupported.
 */
export const createEngine = ({ definition, invoke }: EngineOptions) => {
  refuseUnsupported(definition);
  const parsed = JSON.parse(definition) as StateMachineDefinition;
  const machine = new StateMachine(parsed, { validationOptions: { checkArn: false } });
  const tasks = Object.entries(parsed.States as States).filter(([, { Type }]) => Type === 'Task');

  const task = async (resource: string, input: unknown, isStopped: () => boolean): Promise<unknown> => {
    if (isStopped()) throw new Stopped();
    const result = await invoke(resource, copy(input));
    if (!result.ok) throw new TaskFailed(result);
    return copy(result.payload);
  };

  const run = ({ executionArn, name, stateMachineArn, input, onEvent }: RunOptions): Run => {
    const history = new History();
    let stopped = false;
    const add = (details: HistoryDetails): void => onEvent?.(history.add(details));
    const handlers = tasks.map(
      ([state, { Resource = '' }]) =>
        [state, (given: unknown) => task(Resource, given, () => stopped)] as const,
    );
    add({ type: 'ExecutionStarted', input: JSON.stringify(input) });
    const execution = machine.run(copy(input) as never, {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) as never },
      context: {
        Execution: { Id: executionArn, Name: name },
        StateMachine: { Id: stateMachineArn, Name: stateMachineArn.split(':').at(-1) ?? '' },
      } as never,
    });
    const follow = async (): Promise<void> => {
      for await (const event of execution.eventLogs) {
        const details = stopped ? undefined : historyDetails(event as EngineEvent);
        if (details !== undefined) add(details);
      }
    };
    const followed = follow();
    const end = async (): Promise<Outcome> => {
      const outcome = await outcomeOf(execution.result);
      if (outcome.status !== 'ABORTED') await followed;
      stopped = true;
      add(endEvent(outcome));
      return outcome;
    };
    return {
      history,
      outcome: end(),
      abort: () => {
        stopped = true;
        execution.abort();
      },
    };
  };

  return { run };
};

export type Engine = ReturnType<typeof createEngine>;
