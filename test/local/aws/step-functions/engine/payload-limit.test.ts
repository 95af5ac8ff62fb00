import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { VirtualTime } from '../../../../../local/time/virtual-time.ts';
import { caughtTask, fail, oneTask, start, succeed, virtualTime } from './running.ts';

let time: VirtualTime;
beforeEach(() => {
  time = virtualTime();
});
afterEach(() => time.uninstall());

/** JSON of so many bytes. */
const text = (bytes: number): string => 'a'.repeat(bytes - 2);
const limit = 262_144;

describe('what a state may put out', () => {
  test('is 256 KiB of JSON', async () => {
    const { run } = start({ definition: oneTask(), answer: () => succeed(text(limit)) });
    await time.advance(1);

    await expect(run.outcome).resolves.toMatchObject({ status: 'SUCCEEDED' });
  });

  test('is not a byte more: the execution fails, and no catcher has it', async () => {
    const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 3 }];
    const { run, invocations } = start({
      definition: caughtTask({ Retry }),
      answer: () => succeed(text(limit + 1)),
    });
    await time.advance(60);

    expect(invocations).toHaveLength(1);
    await expect(run.outcome).resolves.toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('is counted in bytes of UTF-8', async () => {
    const { run } = start({ definition: oneTask(), answer: () => succeed('é'.repeat(limit / 2)) });
    await time.advance(1);

    await expect(run.outcome).resolves.toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  test('is counted with the input that the result is put into', async () => {
    const next = { Type: 'Task', Resource: 'arn:next', TimeoutSeconds: 5, End: true };
    const definition = oneTask({ ResultPath: '$.result', End: undefined, Next: 'After' }, { After: next });
    const { run, invocations } = start({
      definition,
      input: { already: text(200_000) },
      answer: () => succeed(text(100_000)),
    });
    await time.advance(1);

    expect(invocations).toHaveLength(1);
    await expect(run.outcome).resolves.toMatchObject({ error: 'States.DataLimitExceeded' });
    expect(run.history.events.at(-1)).toMatchObject({
      type: 'ExecutionFailed',
      error: 'States.DataLimitExceeded',
    });
  });

  test('holds for the last state too', async () => {
    const { run } = start({
      definition: oneTask({ ResultPath: '$.result' }),
      input: { already: text(200_000) },
      answer: () => succeed(text(100_000)),
    });
    await time.advance(1);

    await expect(run.outcome).resolves.toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  test('does not count an error, whose cause AWS cuts short', async () => {
    const { run } = start({ definition: caughtTask(), answer: () => fail('Broken', text(300_000)) });
    await time.advance(1);

    const { error, cause } = await run.outcome;
    expect(error).toBe('Broken');
    expect(cause).toHaveLength(32_768);
  });
});
