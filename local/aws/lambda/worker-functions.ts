import type { StackFunction } from '../../template/stack-functions.ts';
import type { TimeScale } from '../../time/scaled-time.ts';
import { type CloudEndpoints, functionEnvironment } from './function-environment.ts';
import {
  copyOf,
  type FunctionInvoker,
  type InvocationResult,
  nameOfFunction,
  type OnFunctionLog,
} from './function-invoker.ts';
import { WorkerPool } from './worker-pool.ts';

export interface WorkerFunctionsOptions {
  readonly functions: readonly StackFunction[];
  readonly endpoints: CloudEndpoints;
  readonly timeScale: TimeScale;
  readonly onLog: OnFunctionLog;
  /** How many invocations run at once on this machine; the others wait for their turn. */
  readonly threads?: number;
  /** After how many real milliseconds without work a thread is ended. */
  readonly idleMs?: number;
}

/** More keep this machine no busier, and each has its memory. */
const mostThreads = 8;

/** Runs the bundles as Lambda does: one invocation at a time in an environment, which is kept for the next one. */
export class WorkerFunctions implements FunctionInvoker {
  readonly #functions: ReadonlyMap<string, StackFunction>;
  readonly #pool: WorkerPool;
  #isClosed = false;

  constructor(options: WorkerFunctionsOptions) {
    const { functions, endpoints, timeScale, onLog, threads = mostThreads, idleMs = 10_000 } = options;
    this.#functions = new Map(functions.map((fn) => [fn.name, fn]));
    const environmentOf = (fn: StackFunction) => functionEnvironment(fn, endpoints);
    this.#pool = new WorkerPool({
      environmentOf,
      timeScale,
      onLog,
      size: Math.min(threads, mostThreads),
      idleMs,
    });
  }

  /** How many threads there are now. */
  get threads(): number {
    return this.#pool.size;
  }

  async invoke(functionReference: string, payload: unknown): Promise<InvocationResult> {
    const fn = this.#functions.get(nameOfFunction(functionReference));
    if (fn === undefined) throw new Error(`There is no function ${functionReference}`);
    if (this.#isClosed) throw new Error('The functions have been closed');
    const worker = await this.#pool.take(fn);
    try {
      return await worker.invoke(fn, copyOf(payload));
    } finally {
      this.#pool.giveBack(worker);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#pool.close();
  }
}
