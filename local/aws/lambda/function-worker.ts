import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { StackFunction } from '../../template/stack-functions.ts';
import { realTimeout, type TimeScale } from '../../time/scaled-time.ts';
import { bundleOf } from './bundle.ts';
import type { InvocationResult, OnFunctionLog } from './function-invoker.ts';
import type { InvokeMessage, LoadMessage, WorkerData, WorkerMessage } from './worker-messages.ts';

export interface FunctionWorkerOptions {
  readonly environmentOf: (fn: StackFunction) => Readonly<Record<string, string>>;
  readonly timeScale: TimeScale;
  readonly onLog: OnFunctionLog;
}

/**
 * A function gets at least so many real milliseconds, at any speed: it is this machine that computes. No more than
 * a task's time-out at a high speed, or an invocation would still act while the state machine repeats it.
 */
const leastTimeoutMs = 250;

/** A thread holds no more; without a limit it grows for as long as there is memory before it looks for garbage. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

const failure = (errorType: string, errorMessage: string): InvocationResult => ({
  ok: false,
  errorType,
  errorMessage,
  trace: [],
});

/** A thread for one invocation at a time, of whichever function: each that it has run stays loaded, by itself. */
export class FunctionWorker {
  readonly #options: FunctionWorkerOptions;
  readonly #thread: Worker;
  readonly #loaded = new Set<string>();
  #loading = Promise.withResolvers<void>();
  #invocation = Promise.withResolvers<InvocationResult>();
  #isAlive = true;

  constructor(options: FunctionWorkerOptions) {
    this.#options = options;
    const workerData: WorkerData = { timeScale: options.timeScale };
    const url = new URL('./worker.ts', import.meta.url);
    this.#thread = new Worker(url, { workerData, env: {}, resourceLimits });
    this.#thread.on('message', (message: WorkerMessage) => this.#hear(message));
    this.#thread.on('error', (error: Error) => this.#die(`${error.name}: ${error.message}`));
    this.#thread.on('exit', (code) => this.#die(`exit code ${code}`));
  }

  /** Whether it can be invoked again. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  hasLoaded({ name }: StackFunction): boolean {
    return this.#loaded.has(name);
  }

  /**
   * Runs one invocation. Its time-out begins when the bundle is loaded, as in Lambda; then the thread is ended
   * with it.
   */
  async invoke(fn: StackFunction, payload: unknown): Promise<InvocationResult> {
    const requestId = randomUUID();
    const invocation = Promise.withResolvers<InvocationResult>();
    this.#invocation = invocation;
    this.#loading = Promise.withResolvers<void>();
    this.#thread.postMessage(this.#loadMessage(fn));
    await Promise.race([this.#loading.promise, invocation.promise]);
    this.#loaded.add(fn.name);
    const timer = realTimeout(() => this.#timeOut(fn, requestId), this.#realTimeoutMs(fn));
    this.#thread.postMessage(this.#invokeMessage(fn, requestId, payload));
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

  #realTimeoutMs({ timeoutSeconds }: StackFunction): number {
    return Math.max((timeoutSeconds * 1_000) / this.#options.timeScale.speed, leastTimeoutMs);
  }

  #loadMessage(fn: StackFunction): LoadMessage {
    const environment = this.#options.environmentOf(fn);
    return { kind: 'load', name: fn.name, bundle: bundleOf(fn), environment };
  }

  #invokeMessage(
    { name, timeoutSeconds }: StackFunction,
    awsRequestId: string,
    payload: unknown,
  ): InvokeMessage {
    const deadlineMs = Date.now() + timeoutSeconds * 1_000;
    return { kind: 'invoke', name, payload, context: { awsRequestId, functionName: name, deadlineMs } };
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'loaded') this.#loading.resolve();
    else if (message.kind === 'ended') this.#invocation.resolve(message.result);
    else this.#options.onLog({ name: message.name, level: message.level, message: message.message });
  }

  #timeOut({ timeoutSeconds }: StackFunction, requestId: string): void {
    const seconds = timeoutSeconds.toFixed(2);
    const message = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
    this.#invocation.resolve(failure('Sandbox.Timedout', message));
    void this.end();
  }

  #die(reason: string): void {
    this.#isAlive = false;
    this.#invocation.resolve(failure('Runtime.ExitError', `Error: Runtime exited with ${reason}`));
  }
}
