import { AwsFault } from '../../wire/aws-json.ts';
import type { InvocationResult } from '../lambda/function-invoker.ts';
import { createEngine, type Engine, type Run } from './engine/engine.ts';
import type { HistoryEvent } from './engine/history.ts';
import type { Outcome } from './engine/outcome.ts';

/** Names stay taken for 90 days (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
const nameTakenMs = 90 * 86_400_000;

export interface StateMachineRecord {
  readonly arn: string;
  readonly name: string;
  /** JSON, substitutions applied. */
  readonly definition: string;
}

export type FakeExecutionStatus = 'RUNNING' | Outcome['status'];

export interface FakeExecution {
  readonly arn: string;
  readonly name: string;
  readonly stateMachine: StateMachineRecord;
  /** JSON, as it was given. */
  readonly input: string;
  readonly startedAt: Date;
  readonly run: Run;
  status: FakeExecutionStatus;
  stoppedAt?: Date;
  /** JSON. */
  output?: string;
  error?: string;
  cause?: string;
}

export interface ExecutionsOptions {
  readonly invoke: (
    functionArn: string,
    payload: unknown,
    stateMachineArn: string,
  ) => Promise<InvocationResult>;
  /** The seconds that a state transition waits for its turn; none unless told otherwise. */
  readonly transitionSeconds?: () => number;
  /** An execution began or ended, as EventBridge is told. */
  readonly onStatus: (execution: FakeExecution) => void;
  readonly onEvent?: (
    execution: { readonly name: string; readonly stateMachine: string },
    event: HistoryEvent,
  ) => void;
}

interface Machine {
  readonly record: StateMachineRecord;
  readonly engine: Engine;
}

/** The state machines of an account and their executions. */
export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #machines = new Map<string, Machine>();
  readonly #executions = new Map<string, FakeExecution>();

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  addStateMachine(record: StateMachineRecord): void {
    const { arn, definition } = record;
    const invoke = (functionArn: string, payload: unknown) => this.#options.invoke(functionArn, payload, arn);
    const { transitionSeconds } = this.#options;
    const turns = transitionSeconds === undefined ? {} : { transitionSeconds };
    this.#machines.set(arn, { record, engine: createEngine({ definition, invoke, ...turns }) });
  }

  /** Oldest first. */
  get all(): readonly FakeExecution[] {
    return [...this.#executions.values()];
  }

  /** Throws AwsFault when there is no such state machine. */
  requireStateMachine(arn: string): void {
    this.#machine(arn);
  }

  #machine(arn: string): Machine {
    const machine = this.#machines.get(arn);
    if (machine === undefined)
      throw new AwsFault('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  find(arn: string): FakeExecution | undefined {
    return this.#executions.get(arn);
  }

  named(stateMachine: string, name: string): FakeExecution | undefined {
    return this.all.find(
      (execution) => execution.stateMachine.name === stateMachine && execution.name === name,
    );
  }

  /**
   * Starts an execution. The same name and input while it runs is the same execution; otherwise a name that is
   * taken is refused (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).
   */
  start(stateMachineArn: string, name: string, input: string): FakeExecution {
    const machine = this.#machine(stateMachineArn);
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const earlier = this.#executions.get(arn);
    if (earlier?.status === 'RUNNING' && earlier.input === input) return earlier;
    if (earlier !== undefined && Date.now() - earlier.startedAt.getTime() < nameTakenMs)
      throw new AwsFault('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    return this.#begin(machine, arn, name, input);
  }

  #begin({ record, engine }: Machine, arn: string, name: string, input: string): FakeExecution {
    const { onEvent, onStatus } = this.#options;
    const run = engine.run({
      executionArn: arn,
      name,
      stateMachineArn: record.arn,
      input: JSON.parse(input),
      ...(onEvent === undefined
        ? {}
        : { onEvent: (event) => onEvent({ name, stateMachine: record.name }, event) }),
    });
    const execution: FakeExecution = {
      arn,
      name,
      stateMachine: record,
      input,
      startedAt: new Date(),
      run,
      status: 'RUNNING',
    };
    this.#executions.set(arn, execution);
    onStatus(execution);
    void run.outcome.then((outcome) => this.#end(execution, outcome));
    return execution;
  }

  /** Stops an execution at once; one that has ended stays as it is. */
  stop(arn: string, error?: string, cause?: string): FakeExecution {
    const execution = this.#executions.get(arn);
    if (execution === undefined)
      throw new AwsFault('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    if (execution.status !== 'RUNNING') return execution;
    execution.run.abort();
    this.#end(execution, {
      status: 'ABORTED',
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
    return execution;
  }

  #end(execution: FakeExecution, { status, output, error, cause }: Outcome): void {
    if (execution.status !== 'RUNNING') return;
    execution.status = status;
    execution.stoppedAt = new Date();
    if (status === 'SUCCEEDED') execution.output = JSON.stringify(output);
    if (error !== undefined) execution.error = error;
    if (cause !== undefined) execution.cause = cause;
    this.#options.onStatus(execution);
  }
}
