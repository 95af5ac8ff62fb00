import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AsynchronousInvocations } from '../../../../local/aws/lambda/asynchronous-invocations.ts';
import { type InvocationResult, refusalOf } from '../../../../local/aws/lambda/function-invoker.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-03-01T10:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

const reference = 'arn:aws:lambda:us-east-2:000000000000:function:Stint-sweep:live';
const failed: InvocationResult = { ok: false, errorType: 'Bug', errorMessage: '', trace: [] };
const throttled = refusalOf('Lambda.TooManyRequestsException', 'Rate Exceeded.');

const prepare = (answers: readonly InvocationResult[], qualifier = 'live') => {
  const begin = Date.now();
  const tries: number[] = [];
  const lost: (string | undefined)[] = [];
  const queue = new AsynchronousInvocations({
    configs: [
      {
        functionName: 'Stint-sweep',
        qualifier,
        retries: 1,
        maximumAgeSeconds: 600,
        onFailureArn: 'arn:queue',
      },
    ],
    invoke: async () => {
      const answer = answers[Math.min(tries.length, answers.length - 1)];
      tries.push((Date.now() - begin) / 1_000);
      return answer ?? failed;
    },
    onFailed: (_, queueArn) => lost.push(queueArn),
  });
  queue.add(reference, {});
  return { tries, lost, queue };
};

describe('an event that Lambda has taken', () => {
  test('is handed to the function once when that succeeds', async () => {
    const { tries, lost } = prepare([{ ok: true, payload: null }]);
    await jest.advanceTimersByTimeAsync(3_600_000);

    expect({ tries, lost }).toEqual({ tries: [0], lost: [] });
  });

  test('is tried again after a minute and after two more, and is lost then', async () => {
    const { tries, lost } = prepare([failed], 'another');
    await jest.advanceTimersByTimeAsync(3_600_000);

    expect({ tries, lost }).toEqual({ tries: [0, 60, 180], lost: [undefined] });
  });

  test('is tried as often as the function’s version or alias says, and then goes into its queue', async () => {
    const { tries, lost } = prepare([failed]);
    await jest.advanceTimersByTimeAsync(3_600_000);

    expect({ tries, lost }).toEqual({ tries: [0, 60], lost: ['arn:queue'] });
  });

  test('waits longer and longer while Lambda throttles, up to five minutes, and no try is counted', async () => {
    const { tries, lost } = prepare([...Array.from({ length: 7 }, () => throttled), failed], 'another');
    await jest.advanceTimersByTimeAsync(3_600_000);

    expect(tries).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 187, 307]);
    expect(lost).toEqual([undefined]);
  });

  test('is given up when it would be older than it may be', async () => {
    const { tries, lost } = prepare([throttled]);
    await jest.advanceTimersByTimeAsync(3_600_000);

    expect(tries.at(-1)).toBe(511);
    expect(lost).toEqual(['arn:queue']);
  });

  test('is tried for six hours where nothing else is said', async () => {
    const { tries, lost } = prepare([throttled], 'another');
    await jest.advanceTimersByTimeAsync(7 * 3_600_000);

    expect(tries.at(-1)).toBeLessThanOrEqual(21_600);
    expect(tries.at(-1)).toBeGreaterThan(21_000);
    expect(lost).toHaveLength(1);
  });

  test('is not tried any more once the cloud is closed', async () => {
    const { tries, queue } = prepare([throttled]);
    await jest.advanceTimersByTimeAsync(1_000);
    queue.close();
    await jest.advanceTimersByTimeAsync(3_600_000);

    expect(tries).toEqual([0, 1]);
  });
});
