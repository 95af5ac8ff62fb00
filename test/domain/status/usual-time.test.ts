import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';
import type { Execution } from '../../../functions/domain/ports.ts';
import { usualMemorySeconds, usualSeconds, usualTime } from '../../../functions/domain/status/usual-time.ts';
import { later, requestedAt } from '../../functions/fakes/life.ts';

const succeeded = (seconds: number, index = 0, architecture = 'x86_64'): Execution => ({
  name: `rr_runner_${index}_${architecture}-1`,
  status: 'SUCCEEDED',
  startedAt: requestedAt,
  stoppedAt: later(seconds),
});

describe('how long a provision usually takes', () => {
  test.each<[string, readonly number[], number | undefined]>([
    ['is the middle one', [90, 50, 600], 90],
    ['lies between the two in the middle', [40, 60, 50, 900], 55],
    ['is unknown when there are only two', [50, 60], undefined],
    ['is unknown when there is none', [], undefined],
    ['is that of the newest twenty', [...Array(20).fill(50), ...Array(80).fill(900)], 50],
  ])('%s', (_, seconds, usual) => {
    expect(
      usualSeconds(
        seconds.map((one, index) => succeeded(one, index)),
        'x86_64',
      ),
    ).toBe(usual);
  });

  test('is known for each architecture by itself', () => {
    const both = [50, 51, 52].flatMap((seconds, index) => [
      succeeded(seconds, index),
      succeeded(seconds + 100, index, 'arm64'),
    ]);
    expect(usualSeconds(both, 'x86_64')).toBe(51);
    expect(usualSeconds(both, 'arm64')).toBe(151);
  });
});

describe('the question', () => {
  const prepare = (answer: () => Promise<readonly Execution[]>) => {
    const asked: number[] = [];
    let now = 0;
    const reader = {
      succeeded: (most: number) => {
        asked.push(most);
        return answer();
      },
    };
    return {
      asked,
      usual: usualTime(reader, () => later(now)),
      pass: (seconds: number) => {
        now += seconds;
      },
    };
  };
  const three = async () => [50, 60, 70].map((seconds, index) => succeeded(seconds, index));

  test('is asked once for both architectures, and again only after minutes', async () => {
    const { asked, usual, pass } = prepare(three);
    expect(await Promise.all([usual('x86_64'), usual('arm64'), usual('x86_64')])).toEqual([
      60,
      undefined,
      60,
    ]);
    expect(asked).toHaveLength(1);
    pass(usualMemorySeconds - 1);
    await usual('x86_64');
    expect(asked).toHaveLength(1);
    pass(1);
    await usual('x86_64');
    expect(asked).toHaveLength(2);
  });

  test('has no answer while AWS is away, and nothing fails for it', async () => {
    const { usual } = prepare(() => Promise.reject(new AwsUnavailable('slow down')));
    await expect(usual('x86_64')).resolves.toBeUndefined();
  });
});
