import type { InvocationResult } from '../../../../../local/aws/lambda/function-invoker.ts';
import {
  createEngine,
  type Run,
  type RunOptions,
} from '../../../../../local/aws/step-functions/engine/engine.ts';
import { InFlight, installVirtualTime, type VirtualTime } from '../../../../../local/time/virtual-time.ts';

export const startedAt = new Date('2026-03-01T10:00:00Z');

/** Virtual time for engines, in which nothing is ever in flight. */
export const virtualTime = (): VirtualTime => installVirtualTime(startedAt, new InFlight());

/** Seconds of virtual time since the start. */
export const secondsNow = (): number => (Date.now() - startedAt.getTime()) / 1_000;

export const succeed = (payload: unknown): InvocationResult => ({ ok: true, payload });
export const fail = (errorType: string, errorMessage = 'why'): InvocationResult => ({
  ok: false,
  errorType,
  errorMessage,
  trace: ['at a line'],
});

export interface Invocation {
  readonly functionArn: string;
  readonly payload: unknown;
  /** Since the start. */
  readonly seconds: number;
}

export interface Scene {
  readonly definition: object;
  readonly input?: unknown;
  /** What the n-th invocation, counted from 0, answers. */
  readonly answer?: (n: number, payload: unknown) => InvocationResult | Promise<InvocationResult>;
  readonly onEvent?: RunOptions['onEvent'];
}

/** Starts an execution, and records what it invokes. */
export const start = ({ definition, input = {}, answer = () => succeed({}), onEvent }: Scene) => {
  const invocations: Invocation[] = [];
  const engine = createEngine({
    definition: JSON.stringify(definition),
    invoke: async (functionArn, payload) => {
      invocations.push({ functionArn, payload, seconds: secondsNow() });
      return answer(invocations.length - 1, payload);
    },
  });
  const run: Run = engine.run({
    executionArn: 'arn:aws:states:us-east-2:000000000000:execution:machine:one',
    name: 'one',
    stateMachineArn: 'arn:aws:states:us-east-2:000000000000:stateMachine:machine',
    input,
    ...(onEvent === undefined ? {} : { onEvent }),
  });
  return { run, invocations };
};

/** A definition of one Task, and of the states beside it. */
export const oneTask = (task: object = {}, beside: object = {}, machine: object = {}) => ({
  StartAt: 'Step',
  ...machine,
  States: { Step: { Type: 'Task', Resource: 'arn:step', TimeoutSeconds: 40, End: true, ...task }, ...beside },
});

export const failState = { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' };

/** A Task that catches everything, and ends in Fail with the first error's name and cause. */
export const caughtTask = (task: object = {}) =>
  oneTask(
    { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' }], ...task },
    { Failed: failState },
  );
