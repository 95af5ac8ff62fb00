import {
  ExecutionAbortedError,
  ExecutionError,
  StateMachine,
  type StateMachineDefinition,
} from 'aws-local-stepfunctions';
import type { InvocationResult } from '../../lambda/function-invoker.ts';
import { type EngineEvent, historyDetails } from './engine-events.ts';
import { History, type HistoryDetails, type HistoryEvent } from './history.ts';
import { endEvent, failedWith, type Outcome } from './outcome.ts';
import { requirePayload, Stopped, TaskFailed, TaskTimedOut } from './task-errors.ts';
import { refuseUnsupported } from './unsupported.ts';

export interface EngineOptions {
  /** JSON of the definition, its substitutions applied. */
  readonly definition: string;
  readonly invoke: (functionArn: string, payload: unknown) => Promise<InvocationResult>;
  /** Told of each transition; gives the seconds that it has to wait for its turn. None waits unless told otherwise. */
  readonly transitionSeconds?: () => number;
}

export interface RunOptions {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input: unknown;
  readonly onEvent?: (event: HistoryEvent) => void;
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
  readonly TimeoutSeconds?: number;
}

interface Definition {
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, TaskState>>;
}

/** The longest that a timer takes: the library's own time-out of a task never comes before ours. */
const noTimeoutSeconds = 2_000_000;

const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

/** Settles as the work does, or with {@link TaskTimedOut} when its time is over. */
const within = async <T>(seconds: number, work: Promise<T>): Promise<T> => {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => over.reject(new TaskTimedOut()), seconds * 1_000);
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** A transition that has to wait delays its state (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
const turn = async (seconds: number): Promise<void> => {
  if (seconds > 0) await new Promise<void>((resolve) => setTimeout(resolve, seconds * 1_000));
};

/** The library cannot be held up where no task runs: such a transition takes its turn, and what follows waits. */
const isUnpaused = ({ type, state }: EngineEvent): boolean =>
  type === 'StateEntered' && state?.type !== 'Task';

/** The states without their tasks' time-outs, which are the wrapper's: the library's have another cause. */
const withoutTimeouts = ({ TimeoutSeconds: _, States, ...rest }: Definition): StateMachineDefinition => ({
  ...(rest as unknown as StateMachineDefinition),
  States: Object.fromEntries(
    Object.entries(States).map(([name, state]) => [
      name,
      state.Type === 'Task' ? { ...state, TimeoutSeconds: noTimeoutSeconds } : state,
    ]),
  ) as unknown as StateMachineDefinition['States'],
});

/** The library's result as an outcome; `undefined` when it was aborted, of which the wrapper knows why. */
const outcomeOf = async (result: Promise<unknown>): Promise<Outcome | undefined> => {
  try {
    return { status: 'SUCCEEDED', output: await result };
  } catch (error) {
    if (error instanceof ExecutionAbortedError) return undefined;
    if (!(error instanceof ExecutionError)) throw error;
    return failedWith((error.cause ?? error) as Error);
  }
};

/** Definitions that the library has found valid: a validation takes longer than a life, and says the same again. */
const validated = new Set<string>();

/**
 * `aws-local-stepfunctions`, wrapped so that it agrees with AWS where by itself it does not: a task's error has
 * a JSON cause, inputs and results cross as JSON of at most 256 KiB, the context object is there, the execution
 * that is stopped or whose time is over retries nothing, and what the library would ignore is refused. Throws
 * DefinitionUnsupported.
 */
export const createEngine = ({ definition, invoke, transitionSeconds = () => 0 }: EngineOptions) => {
  refuseUnsupported(definition);
  const parsed = JSON.parse(definition) as Definition;
  const validationOptions = { checkArn: false, noValidate: validated.has(definition) };
  const machine = new StateMachine(withoutTimeouts(parsed), { validationOptions });
  validated.add(definition);
  const tasks = Object.entries(parsed.States).filter(([, { Type }]) => Type === 'Task');

  const perform = async (name: string, state: TaskState, input: unknown): Promise<unknown> => {
    const { Resource = '', TimeoutSeconds = noTimeoutSeconds } = state;
    requirePayload(input, name);
    await turn(transitionSeconds());
    const result = await within(TimeoutSeconds, invoke(Resource, copy(input)));
    if (!result.ok) throw new TaskFailed(result);
    requirePayload(result.payload, name);
    return copy(result.payload);
  };

  const run = ({ executionArn, name, stateMachineArn, input, onEvent }: RunOptions): Run => {
    const history = new History();
    let stopped: Outcome | undefined;
    const add = (details: HistoryDetails): void => {
      const event = history.add(details);
      onEvent?.(event);
    };
    const handlers = tasks.map(([state, task]) => [
      state,
      async (given: unknown) => {
        if (stopped !== undefined) throw new Stopped();
        return perform(state, task, given);
      },
    ]);
    add({ type: 'ExecutionStarted', input: JSON.stringify(input) });
    const execution = machine.run(copy(input) as never, {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) as never },
      context: {
        Execution: { Id: executionArn, Name: name },
        StateMachine: { Id: stateMachineArn, Name: stateMachineArn.split(':').at(-1) ?? '' },
      } as never,
    });
    const stop = (outcome: Outcome): void => {
      stopped ??= outcome;
      execution.abort();
    };
    const timer =
      parsed.TimeoutSeconds === undefined
        ? undefined
        : setTimeout(() => stop({ status: 'TIMED_OUT' }), parsed.TimeoutSeconds * 1_000);

    const heed = (event: EngineEvent): void => {
      const details = stopped === undefined ? historyDetails(event) : undefined;
      if (details !== undefined) add(details);
      if (isUnpaused(event)) transitionSeconds();
      if (event.type !== 'StateExited') return;
      try {
        requirePayload(event.state?.output, event.state?.name ?? '');
      } catch (error) {
        stop(failedWith(error as Error));
      }
    };
    const follow = async (): Promise<void> => {
      for await (const event of execution.eventLogs) heed(event as EngineEvent);
    };
    const followed = follow();
    const end = async (): Promise<Outcome> => {
      const own = await outcomeOf(execution.result);
      clearTimeout(timer);
      if (own !== undefined) await followed;
      const outcome = stopped ?? own ?? { status: 'ABORTED' };
      stopped = outcome;
      add(endEvent(outcome));
      return outcome;
    };
    return { history, outcome: end(), abort: () => stop({ status: 'ABORTED' }) };
  };

  return { run };
};

export type Engine = ReturnType<typeof createEngine>;
