import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { InvocationResult } from '../../../../../local/aws/lambda/function-invoker.ts';
import type { VirtualTime } from '../../../../../local/time/virtual-time.ts';
import { caughtTask, fail, oneTask, secondsNow, start, succeed, virtualTime } from './running.ts';

let time: VirtualTime;
beforeEach(() => {
  time = virtualTime();
});
afterEach(() => time.uninstall());

const throttled = () => fail('AwsUnavailable');
const backoff = { ErrorEquals: ['AwsUnavailable'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 4 };

describe('a retry', () => {
  test('comes after intervals that grow by the rate, as often as it may, and then the catcher has it', async () => {
    const { run, invocations } = start({ definition: caughtTask({ Retry: [backoff] }), answer: throttled });
    await time.advance(600);

    expect(invocations.map(({ seconds }) => seconds)).toEqual([0, 5, 15, 35, 75]);
    await expect(run.outcome).resolves.toMatchObject({ status: 'FAILED', error: 'AwsUnavailable' });
  });

  test('waits no longer than MaxDelaySeconds', async () => {
    const Retry = [{ ...backoff, MaxDelaySeconds: 12 }];
    const { invocations } = start({ definition: caughtTask({ Retry }), answer: throttled });
    await time.advance(600);

    expect(invocations.map(({ seconds }) => seconds)).toEqual([0, 5, 15, 27, 39]);
  });

  test('with jitter waits some part of its interval', async () => {
    const Retry = [{ ...backoff, JitterStrategy: 'FULL' }];
    const starts = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { invocations, run } = start({ definition: caughtTask({ Retry }), answer: throttled });
        await time.advance(600);
        await run.outcome;
        const [first, second] = invocations.map(({ seconds }) => seconds);
        return (second ?? 0) - (first ?? 0);
      }),
    );
    expect(Math.max(...starts)).toBeLessThanOrEqual(5);
    expect(new Set(starts).size).toBeGreaterThan(5);
  });

  test('is counted for each retrier by itself', async () => {
    const other = { ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 1, MaxAttempts: 1 };
    const { run, invocations } = start({
      definition: caughtTask({ Retry: [other, { ...backoff, MaxAttempts: 1 }] }),
      answer: (n) => fail(n % 2 === 0 ? 'AwsUnavailable' : 'Lambda.TooManyRequestsException'),
    });
    await time.advance(600);

    expect(invocations).toHaveLength(3);
    await expect(run.outcome).resolves.toMatchObject({ error: 'AwsUnavailable' });
  });

  test('is not for an error of another name', async () => {
    const { invocations } = start({
      definition: caughtTask({ Retry: [backoff] }),
      answer: () => fail('AwsRefused'),
    });
    await time.advance(600);

    expect(invocations).toHaveLength(1);
  });

  test('that succeeds goes on with its result', async () => {
    const { run } = start({
      definition: oneTask({ Retry: [backoff] }),
      answer: (n) => (n < 2 ? throttled() : succeed({ n })),
    });
    await time.advance(60);

    await expect(run.outcome).resolves.toEqual({ status: 'SUCCEEDED', output: { n: 2 } });
  });
});

/** A function that answers after some seconds. */
const late = (seconds: number, result: InvocationResult) => () =>
  new Promise<InvocationResult>((resolve) => setTimeout(() => resolve(result), seconds * 1_000));

describe('the time-out of a task', () => {
  test('is States.Timeout with an empty cause, which is retried and caught', async () => {
    const Retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 2, MaxAttempts: 1 }];
    const { run, invocations } = start({
      definition: caughtTask({ TimeoutSeconds: 40, Retry }),
      answer: late(1_000, succeed({})),
    });
    await time.advance(200);

    expect(invocations.map(({ seconds }) => seconds)).toEqual([0, 42]);
    await expect(run.outcome).resolves.toEqual({ status: 'FAILED', error: 'States.Timeout', cause: '' });
    expect(run.history.events.map(({ type }) => type)).toContain('LambdaFunctionTimedOut');
  });

  test('does not strike a function that answers in time', async () => {
    const { run } = start({
      definition: oneTask({ TimeoutSeconds: 40 }),
      answer: late(39, succeed('in time')),
    });
    await time.advance(200);

    await expect(run.outcome).resolves.toEqual({ status: 'SUCCEEDED', output: 'in time' });
  });
});

describe('the time-out of a state machine', () => {
  const machine = { TimeoutSeconds: 60 };

  test('ends the execution to the second, without an error of its own', async () => {
    const { run } = start({
      definition: oneTask({ TimeoutSeconds: 900 }, {}, machine),
      answer: late(800, succeed({})),
    });
    let endedAt = 0;
    void run.outcome.then(() => {
      endedAt = secondsNow();
    });
    await time.advance(100);

    await expect(run.outcome).resolves.toEqual({ status: 'TIMED_OUT' });
    expect(endedAt).toBe(60);
    expect(run.history.events.at(-1)).toMatchObject({ type: 'ExecutionTimedOut', error: 'States.Timeout' });
  });

  test('invokes nothing for a retry that was waiting', async () => {
    const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 300, MaxAttempts: 3 }];
    const definition = { ...caughtTask({ Retry }), ...machine };
    const { run, invocations } = start({ definition, answer: throttled });
    await time.advance(2_000);

    expect(invocations).toHaveLength(1);
    await expect(run.outcome).resolves.toEqual({ status: 'TIMED_OUT' });
  });

  test('does not strike an execution that has ended', async () => {
    const { run } = start({ definition: oneTask({}, {}, machine) });
    await time.advance(600);

    await expect(run.outcome).resolves.toMatchObject({ status: 'SUCCEEDED' });
    expect(run.history.events.at(-1)).toMatchObject({ type: 'ExecutionSucceeded' });
  });
});

describe('a stop', () => {
  test('ends the execution at once', async () => {
    const { run } = start({ definition: oneTask({ TimeoutSeconds: 900 }), answer: late(800, succeed({})) });
    await time.advance(10);
    run.abort();
    await time.advance(1);

    await expect(run.outcome).resolves.toEqual({ status: 'ABORTED' });
    expect(run.history.events.at(-1)).toMatchObject({ type: 'ExecutionAborted' });
  });

  test('while a retry waits invokes nothing more, and no catcher has it', async () => {
    const { run, invocations } = start({ definition: caughtTask({ Retry: [backoff] }), answer: throttled });
    await time.advance(2);
    run.abort();
    await time.advance(600);

    expect(invocations).toHaveLength(1);
    await expect(run.outcome).resolves.toEqual({ status: 'ABORTED' });
  });

  test('lets a function that runs run on, and is deaf to what it answers', async () => {
    const seen: string[] = [];
    const next = { Type: 'Task', Resource: 'arn:next', TimeoutSeconds: 5, End: true };
    const { run, invocations } = start({
      definition: oneTask({ End: undefined, Next: 'After', TimeoutSeconds: 900 }, { After: next }),
      answer: async () => {
        const result = await late(30, succeed({}))();
        seen.push('answered');
        return result;
      },
    });
    await time.advance(10);
    run.abort();
    await time.advance(600);

    expect(seen).toEqual(['answered']);
    expect(invocations).toHaveLength(1);
    expect(run.history.events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'ExecutionAborted',
    ]);
  });

  test('while the execution waits goes no further', async () => {
    const { run, invocations } = start({
      definition: oneTask({}, { Pause: { Type: 'Wait', Seconds: 60, Next: 'Step' } }, { StartAt: 'Pause' }),
    });
    await time.advance(5);
    run.abort();
    await time.advance(600);

    expect(invocations).toEqual([]);
    await expect(run.outcome).resolves.toEqual({ status: 'ABORTED' });
  });
});
