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
import { FunctionWorker } from './function-worker.ts';

export interface WorkerFunctionsOptions {
  readonly functions: readonly StackFunction[];
  readonly endpoints: CloudEndpoints;
  readonly timeScale: TimeScale;
  readonly onLog: OnFunctionLog;
}

/**
 * Runs the bundles as Lambda does: each function in worker threads of its own, a worker for each concurrent
 * invocation, kept for the next one.
 */
export class WorkerFunctions implements FunctionInvoker {
  readonly #options: WorkerFunctionsOptions;
  readonly #functions: ReadonlyMap<string, StackFunction>;
  readonly #idle = new Map<string, FunctionWorker[]>();
  readonly #all = new Set<FunctionWorker>();
  #isClosed = false;

  constructor(options: WorkerFunctionsOptions) {
    this.#options = options;
    this.#functions = new Map(options.functions.map((fn) => [fn.name, fn]));
  }

  async invoke(functionReference: string, payload: unknown): Promise<InvocationResult> {
    const fn = this.#functions.get(nameOfFunction(functionReference));
    if (fn === undefined) throw new Error(`There is no function ${functionReference}`);
    if (this.#isClosed) throw new Error('The functions have been closed');
    const worker = this.#take(fn);
    const result = await worker.invoke(copyOf(payload));
    this.#giveBack(fn, worker);
    return result;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#all].map((worker) => worker.end()));
  }

  #take(fn: StackFunction): FunctionWorker {
    const idle = this.#idle.get(fn.name)?.pop();
    if (idle?.isAlive === true) return idle;
    const { endpoints, timeScale, onLog } = this.#options;
    const environment = functionEnvironment(fn, endpoints);
    const worker = new FunctionWorker(fn, { environment, timeScale, onLog });
    this.#all.add(worker);
    return worker;
  }

  #giveBack(fn: StackFunction, worker: FunctionWorker): void {
    if (!worker.isAlive) this.#all.delete(worker);
    else this.#idle.set(fn.name, [...(this.#idle.get(fn.name) ?? []), worker]);
  }
}
