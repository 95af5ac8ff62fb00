import { parentPort, workerData } from 'node:worker_threads';
import type { Stack } from '../../local/template/stack.ts';
import { checkedWorld } from './checked-world.ts';
import type { WorkerAnswer, WorkerQuestion } from './pool.ts';

/** The body of a worker thread: runs one world after another. */

// Nobody reads the traces of the many errors that faults cause, and they take longer to write than the errors.
Error.stackTraceLimit = 0;

const { stack } = workerData as { readonly stack: Stack };

parentPort?.on('message', async ({ number, task }: WorkerQuestion) => {
  const answer: WorkerAnswer = { number, result: await checkedWorld({ stack, ...task }) };
  parentPort?.postMessage(answer);
});
