import { environmentOf } from '../../../functions/runtime/environment.ts';
import { type Assemble, lambda } from '../../../functions/runtime/lambda.ts';
import type { Runtime } from '../../../functions/runtime/runtime.ts';
import type { StackFunction } from '../../template/stack-functions.ts';
import { impatient } from '../../wire/impatient-send.ts';
import { inProcessHandler, inProcessSigner } from '../../wire/in-process-aws.ts';
import { inProcessFetch } from '../../wire/in-process-github.ts';
import type { WireRequest, WireResponse } from '../../wire/wire.ts';
import { type CloudEndpoints, functionEnvironment } from './function-environment.ts';
import {
  copyOf,
  type FunctionInvoker,
  failureOf,
  type InvocationResult,
  nameOfFunction,
  type OnFunctionLog,
} from './function-invoker.ts';
import { type Invocation, runAs, runningInvocation, whileRunning } from './invocation.ts';

export interface InProcessFunctionsOptions {
  readonly functions: readonly StackFunction[];
  readonly region: string;
  /** The fake cloud, reached without a socket. */
  readonly send: (request: WireRequest) => Promise<WireResponse>;
  readonly onLog: OnFunctionLog;
  /** How far the functions' clocks are ahead of the cloud's. */
  readonly clockAheadSeconds?: number;
}

type Run = (payload: unknown) => Promise<unknown>;

/** No URL is ever connected to: `send` answers whatever is asked. */
const nowhere = { awsUrl: 'http://aws.local', githubUrl: 'https://api.github.com' };

type Connections = Pick<Runtime, 'aws' | 'github'>;

/** The access key that a function signs with, which is how the cloud knows who calls. */
const runningAccessKey = (): string => `local.${runningInvocation()?.name ?? 'nobody'}`;

/** The SDK's clients take long to make, so all functions share them; each call still carries its caller's name. */
const connectionsOf = ({ region, send }: InProcessFunctionsOptions): Connections => {
  const reached = impatient(whileRunning(send));
  return {
    aws: {
      region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      signerConstructor: inProcessSigner(runningAccessKey),
      endpoint: nowhere.awsUrl,
      requestHandler: inProcessHandler(reached),
    },
    github: { baseUrl: nowhere.githubUrl, fetch: inProcessFetch(reached) },
  };
};

const runtimeOf = (
  fn: StackFunction,
  { region, onLog, clockAheadSeconds = 0 }: InProcessFunctionsOptions,
  connections: Connections,
): Runtime => {
  const endpoints: CloudEndpoints = { region, ...nowhere };
  const { settings } = environmentOf(functionEnvironment(fn, endpoints));
  return {
    settings,
    ...connections,
    clock: () => new Date(Date.now() + clockAheadSeconds * 1_000),
    log: (decision, details) => {
      onLog({ name: fn.name, level: 'info', message: { decision, ...details } });
    },
    writeLine: (line) => onLog({ name: fn.name, level: 'info', message: JSON.parse(line) }),
  };
};

interface FunctionModule {
  readonly assemble: Assemble<unknown, unknown>;
}

/** Node resolves an import anew each time, which takes longer than to run the function. */
const modules = new Map<string, Promise<FunctionModule>>();

const moduleOf = (stem: string): Promise<FunctionModule> => {
  const loading = modules.get(stem) ?? (import(`../../../functions/${stem}.ts`) as Promise<FunctionModule>);
  modules.set(stem, loading);
  return loading;
};

const load = async (
  fn: StackFunction,
  options: InProcessFunctionsOptions,
  connections: Connections,
): Promise<Run> => {
  const { assemble } = await moduleOf(fn.stem);
  const handler = lambda(assemble, () => runtimeOf(fn, options, connections));
  return (payload) => handler(payload, {} as never);
};

/** Never fires late: virtual time that has passed the time-out has run this. */
const timeOut = ({ timeoutSeconds }: StackFunction, invocation: Invocation) => {
  const expiry = Promise.withResolvers<InvocationResult>();
  const errorMessage = `Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  const timer = setTimeout(() => {
    invocation.isEnded = true;
    expiry.resolve({ ok: false, errorType: 'Sandbox.Timedout', errorMessage, trace: [] });
  }, timeoutSeconds * 1_000);
  return { expired: expiry.promise, cancel: () => clearTimeout(timer) };
};

const settled = async (run: Run, payload: unknown): Promise<InvocationResult> => {
  try {
    return { ok: true, payload: copyOf(await run(copyOf(payload))) };
  } catch (error) {
    return failureOf(error);
  }
};

/**
 * Runs the sources of the functions in this process, with the template's environment. Every module is loaded
 * before this resolves, so that no invocation waits for the disk. A function whose time is over is answered for,
 * and nothing that it does afterwards reaches the cloud.
 */
export const inProcessFunctions = async (options: InProcessFunctionsOptions): Promise<FunctionInvoker> => {
  const connections = connectionsOf(options);
  const loaded = await Promise.all(
    options.functions.map(
      async (fn) => [fn.name, { fn, run: await load(fn, options, connections) }] as const,
    ),
  );
  const functions = new Map(loaded);
  return {
    invoke: async (functionReference, payload) => {
      const known = functions.get(nameOfFunction(functionReference));
      if (known === undefined) throw new Error(`There is no function ${functionReference}`);
      const invocation: Invocation = { name: known.fn.name, payload, isEnded: false };
      const { expired, cancel } = timeOut(known.fn, invocation);
      try {
        const run = runAs(invocation, () => settled(known.run, payload));
        return await Promise.race([run, expired]);
      } finally {
        cancel();
      }
    },
    close: async () => undefined,
  };
};
