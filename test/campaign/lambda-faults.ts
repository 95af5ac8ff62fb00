import type { InvocationResult } from '../../local/aws/lambda/function-invoker.ts';
import { seconds } from './seconds.ts';

/** What can happen to an invocation. */
export const lambdaFaultKinds = [
  'too-many',
  'dies-before',
  'dies-after',
  'times-out-before',
  'times-out-after',
  'starts-late',
] as const;

export type LambdaFaultKind = (typeof lambdaFaultKinds)[number];

const timeoutSeconds = 30;

/** Late enough that its execution can have been stopped, early enough that it still has its effect. */
const lateSeconds = 24;

const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  ok: false,
  errorType,
  errorMessage,
  trace: [],
});

const exited = failed('Runtime.ExitError', 'RequestId: 0 Error: Runtime exited with error: signal: killed');
const timedOut = failed('Sandbox.Timedout', 'RequestId: 0 Error: Task timed out after 30.00 seconds');
const tooMany = failed('Lambda.TooManyRequestsException', 'Rate Exceeded.');

type Run = () => Promise<InvocationResult>;

const strikes: Readonly<Record<LambdaFaultKind, (run: Run) => Promise<InvocationResult>>> = {
  'too-many': async () => tooMany,
  'dies-before': async () => exited,
  'dies-after': async (run) => {
    await run();
    return exited;
  },
  'times-out-before': async () => {
    await seconds(timeoutSeconds);
    return timedOut;
  },
  'times-out-after': async (run) => {
    await Promise.all([run(), seconds(timeoutSeconds)]);
    return timedOut;
  },
  'starts-late': async (run) => {
    await seconds(lateSeconds);
    return run();
  },
};

/** Lets the fault happen to the invocation, which `run` would do. */
export const strikeInvocation = (kind: LambdaFaultKind, run: Run): Promise<InvocationResult> =>
  strikes[kind](run);
