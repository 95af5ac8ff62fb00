import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { StackFunction } from '../../template/stack-functions.ts';
import { realTimeout, type TimeScale } from '../../time/scaled-time.ts';
import { bundleOf } from './bundle.ts';
import type { FunctionLogLine, InvocationResult } from './function-invoker.ts';
import type { InvokeMessage, WorkerData, WorkerMessage } from './worker-messages.ts';

export interface FunctionWorkerOptions {
  /** The whole of the worker's `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeScale: TimeScale;
  readonly onLog: (line: FunctionLogLine) => void;
}

/**
 * A function gets at least so many real milliseconds, at any speed: it is this machine that computes. No more than
 * a task's time-out at a high speed, or an invocation would still act while the state machine repeats it.
 */
const leastTimeoutMs = 250;

const failure = (errorType: string, errorMessage: string): InvocationResult => ({
  ok: false,
  errorType,
  errorMessage,
  trace: [],
});

/** One execution environment of a function: a thread of its own, with one invocation at a time. */
export class FunctionWorker {
  readonly #function: StackFunction;
  readonly #options: FunctionWorkerOptions;
  readonly #thread: Worker;
  readonly #loaded = Promise.withResolvers<void>();
  #invocation = Promise.withResolvers<InvocationResult>();
  #isAlive = true;

  constructor(fn: StackFunction, options: FunctionWorkerOptions) {
    this.#function = fn;
    this.#options = options;
    const workerData: WorkerData = { bundle: bundleOf(fn), timeScale: options.timeScale };
    const env = { ...options.environment };
    this.#thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData, env });
    this.#thread.on('message', (message: WorkerMessage) => this.#hear(message));
    this.#thread.on('error', (error: Error) => this.#die(`${error.name}: ${error.message}`));
    this.#thread.on('exit', (code) => this.#die(`exit code ${code}`));
  }

  /** Whether it can be invoked again. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /**
   * Runs one invocation. Its time-out begins when the bundle is loaded, as in Lambda; then the worker is ended
   * with it.
   */
  async invoke(payload: unknown): Promise<InvocationResult> {
    const requestId = randomUUID();
    const invocation = Promise.withResolvers<InvocationResult>();
    this.#invocation = invocation;
    await Promise.race([this.#loaded.promise, invocation.promise]);
    const timer = realTimeout(() => this.#timeOut(requestId), this.#realTimeoutMs);
    this.#thread.postMessage(this.#message(requestId, payload));
    try {
      return await invocation.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  async end(): Promise<void> {
    this.#isAlive = false;
    await this.#thread.terminate();
  }

  get #realTimeoutMs(): number {
    const ms = (this.#function.timeoutSeconds * 1_000) / this.#options.timeScale.speed;
    return Math.max(ms, leastTimeoutMs);
  }

  #message(awsRequestId: string, payload: unknown): InvokeMessage {
    const { name, timeoutSeconds } = this.#function;
    const deadlineMs = Date.now() + timeoutSeconds * 1_000;
    return { payload, context: { awsRequestId, functionName: name, deadlineMs } };
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'loaded') this.#loaded.resolve();
    else if (message.kind === 'ended') this.#invocation.resolve(message.result);
    else this.#options.onLog({ name: this.#function.name, level: message.level, message: message.message });
  }

  #timeOut(requestId: string): void {
    const seconds = this.#function.timeoutSeconds.toFixed(2);
    const message = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
    this.#invocation.resolve(failure('Sandbox.Timedout', message));
    void this.end();
  }

  #die(reason: string): void {
    this.#isAlive = false;
    this.#invocation.resolve(failure('Runtime.ExitError', `Error: Runtime exited with ${reason}`));
  }
}
