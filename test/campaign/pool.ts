import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Stack } from '../../local/template/stack.ts';
import type { CheckedWorldOptions, WorldResult } from './checked-world.ts';

/** A world to run, as it is sent to a thread. */
export type Task = Pick<CheckedWorldOptions, 'plan' | 'mustGetReady'>;

export interface WorkerQuestion {
  readonly number: number;
  readonly task: Task;
}

export interface WorkerAnswer {
  readonly number: number;
  readonly result: WorldResult;
}

/** One world at a time fits into a thread, for it replaces the thread's clock. */
const mostThreads = 2;

/** What a thread may hold of this machine's memory. */
const heapMib = 300;

/**
 * Runs worlds in threads, each result told when it is there, in no order. Tasks are made when a thread is free.
 * Rejects with whatever a world throws.
 */
export const runWorlds = async (
  stack: Stack,
  count: number,
  taskOf: (number: number) => Task,
  onResult: (number: number, result: WorldResult) => void,
): Promise<void> => {
  let next = 0;
  const runThread = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { stack },
        resourceLimits: { maxOldGenerationSizeMb: heapMib },
      });
      const give = (): void => {
        if (next >= count) {
          void worker.terminate().then(() => resolve(), reject);
          return;
        }
        const question: WorkerQuestion = { number: next, task: taskOf(next) };
        worker.postMessage(question);
        next += 1;
      };
      worker.on('message', ({ number, result }: WorkerAnswer) => {
        onResult(number, result);
        give();
      });
      worker.on('error', reject);
      give();
    });
  const threads = Math.min(mostThreads, availableParallelism(), count);
  await Promise.all(Array.from({ length: threads }, runThread));
};
