import { parentPort, workerData } from 'node:worker_threads';
import { installScaledDate } from '../../time/scaled-time.ts';
import { copyOf, failureOf, type InvocationResult } from './function-invoker.ts';
import { type Handler, loadFunction } from './loaded-function.ts';
import type { InvokeMessage, LoadMessage, WorkerData, WorkerMessage } from './worker-messages.ts';

/** The body of a worker thread: loads functions' bundles, and runs one invocation at a time. */

const { timeScale } = workerData as WorkerData;
const handlers = new Map<string, Handler>();

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

const load = ({ name, bundle, environment }: LoadMessage): void => {
  const write = (level: 'debug' | 'info' | 'warn' | 'error', message: unknown): void =>
    tell({ kind: 'log', name, level, message });
  if (!handlers.has(name)) handlers.set(name, loadFunction(bundle, environment, write));
  tell({ kind: 'loaded' });
};

const run = async ({ name, payload, context }: InvokeMessage): Promise<InvocationResult> => {
  const { deadlineMs, ...known } = context;
  const lambdaContext = { ...known, getRemainingTimeInMillis: () => deadlineMs - Date.now() };
  try {
    return { ok: true, payload: copyOf(await handlers.get(name)?.(payload, lambdaContext)) };
  } catch (error) {
    return failureOf(error);
  }
};

// Only the date is simulated here. A function's timers are time-outs of its connections to this machine, and
// how fast this machine answers does not depend on the simulation's speed.
installScaledDate(timeScale);
parentPort?.on('message', async (message: LoadMessage | InvokeMessage) => {
  if (message.kind === 'load') load(message);
  else tell({ kind: 'ended', result: await run(message) });
});
