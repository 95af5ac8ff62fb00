import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { installScaledDate } from '../../time/scaled-time.ts';
import { copyOf, failureOf, type InvocationResult } from './function-invoker.ts';
import type { InvokeMessage, WorkerData, WorkerMessage } from './worker-messages.ts';

/** The body of a worker thread: loads one function's bundle and runs one invocation at a time. */

type Handler = (payload: unknown, context: unknown) => Promise<unknown>;

const { bundle, timeScale } = workerData as WorkerData;

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

/** What cannot be said in JSON goes as text. */
const writable = (value: unknown): unknown => {
  try {
    return copyOf(value instanceof Error ? { error: value.name, reason: value.message } : value);
  } catch {
    return String(value);
  }
};

const entryOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
};

const captureConsole = (): void => {
  for (const level of ['debug', 'info', 'warn', 'error'] as const)
    console[level] = (first: unknown, ...rest: readonly unknown[]) =>
      tell({ kind: 'log', level, message: writable(rest.length === 0 ? first : [first, ...rest]) });
  console.log = console.info;
};

/** Lambda takes each line of standard output for an entry of the log, and one of JSON for what it says. */
const captureOutput = (): void => {
  let rest = '';
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    const lines = `${rest}${typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')}`.split(
      '\n',
    );
    rest = lines.pop() ?? '';
    for (const line of lines) tell({ kind: 'log', level: 'info', message: entryOf(line) });
    return true;
  };
};

const loadHandler = (): Handler => {
  const exported: unknown = createRequire(bundle.path)(bundle.path);
  const handler = (exported as Readonly<Record<string, unknown>>)[bundle.exportName];
  if (typeof handler !== 'function') throw new Error(`${bundle.path} exports no ${bundle.exportName}`);
  return handler as Handler;
};

const run = async (handler: Handler, { payload, context }: InvokeMessage): Promise<InvocationResult> => {
  const { deadlineMs, ...known } = context;
  const lambdaContext = { ...known, getRemainingTimeInMillis: () => deadlineMs - Date.now() };
  try {
    return { ok: true, payload: copyOf(await handler(payload, lambdaContext)) };
  } catch (error) {
    return failureOf(error);
  }
};

// Only the date is simulated here. A function's timers are time-outs of its connections to this machine, and
// how fast this machine answers does not depend on the simulation's speed.
installScaledDate(timeScale);
captureConsole();
captureOutput();
const handler = loadHandler();
parentPort?.on('message', async (message: InvokeMessage) => {
  tell({ kind: 'ended', result: await run(handler, message) });
});
tell({ kind: 'loaded' });
