import type { StackFunction } from '../../template/stack-functions.ts';
import { realTimeout } from '../../time/scaled-time.ts';
import { FunctionWorker, type FunctionWorkerOptions } from './function-worker.ts';

export interface WorkerPoolOptions extends FunctionWorkerOptions {
  /** How many threads there are at most; whoever finds none waits for one. */
  readonly size: number;
  /** After so many real milliseconds without work a thread is ended. */
  readonly idleMs: number;
}

interface Idle {
  readonly worker: FunctionWorker;
  readonly expiry: NodeJS.Timeout;
}

/** The threads that functions run in, as few as there is work for. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #all = new Set<FunctionWorker>();
  readonly #waiting: ((worker: FunctionWorker) => void)[] = [];
  #idle: readonly Idle[] = [];

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** How many threads there are. */
  get size(): number {
    return this.#all.size;
  }

  /** A thread for one invocation, best one that has loaded the function. */
  async take(fn: StackFunction): Promise<FunctionWorker> {
    this.#forgetTheDead();
    const idle = this.#idle.find(({ worker }) => worker.hasLoaded(fn)) ?? this.#idle.at(-1);
    if (idle !== undefined) return this.#wake(idle);
    if (this.#all.size < this.#options.size) return this.#start();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Gives a thread back. The longest waiting gets it, or another one in place of one that has ended. */
  giveBack(worker: FunctionWorker): void {
    if (!worker.isAlive) this.#all.delete(worker);
    const next = this.#waiting.shift();
    if (next !== undefined) next(worker.isAlive ? worker : this.#start());
    else if (worker.isAlive) this.#rest(worker);
  }

  async close(): Promise<void> {
    for (const { expiry } of this.#idle) clearTimeout(expiry);
    await Promise.all([...this.#all].map((worker) => worker.end()));
  }

  #start(): FunctionWorker {
    const worker = new FunctionWorker(this.#options);
    this.#all.add(worker);
    return worker;
  }

  /** A function can end its thread after it has answered. */
  #forgetTheDead(): void {
    for (const { worker } of this.#idle) if (!worker.isAlive) this.#all.delete(worker);
    this.#idle = this.#idle.filter(({ worker }) => worker.isAlive);
  }

  #wake(idle: Idle): FunctionWorker {
    clearTimeout(idle.expiry);
    this.#idle = this.#idle.filter((other) => other !== idle);
    return idle.worker;
  }

  /** The youngest is used first, so that the others come to their end. */
  #rest(worker: FunctionWorker): void {
    const expiry = realTimeout(() => this.#expire(worker), this.#options.idleMs);
    expiry.unref();
    this.#idle = [...this.#idle, { worker, expiry }];
  }

  #expire(worker: FunctionWorker): void {
    this.#idle = this.#idle.filter((idle) => idle.worker !== worker);
    this.#all.delete(worker);
    void worker.end();
  }
}
