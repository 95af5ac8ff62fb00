import { describe, expect, test } from '@jest/globals';
import type { DestroyInput, DestroyReason } from '../../../functions/domain/ending/destroy.ts';
import { startDestroyOnce } from '../../../functions/domain/ending/start-destroy.ts';
import type { ExecutionStatus } from '../../../functions/domain/ports.ts';

const input = (reason: DestroyReason): DestroyInput => ({
  life: 'rr_runner_1f_x86_64-1',
  deployment: 'a1b2c3d4',
  reason,
  mode: 'graceful',
});

const prepare = (earlier: readonly ExecutionStatus[], answer: 'started' | 'taken' = 'started') => {
  const started: number[] = [];
  const destroys = {
    destroy: async (life: string, _: DestroyReason, k: number) => {
      const status = earlier[k - 1];
      return status === undefined ? undefined : { name: life, status, startedAt: new Date(0) };
    },
    startDestroy: async (_: DestroyInput, k: number) => {
      started.push(k);
      return answer;
    },
  };
  return { started, ports: { destroys } };
};

describe('a destroy that is asked for', () => {
  test.each([
    ['is the first when there was none', [], 'started', [1]],
    ['is not started beside one that runs', ['RUNNING'], 'running', []],
    ['is started again after one that succeeded', ['SUCCEEDED', 'SUCCEEDED'], 'started', [3]],
    ['is left to the sweep after one that failed', ['FAILED'], 'left-to-sweep', []],
    ['is left to the sweep after one that an operator stopped', ['ABORTED'], 'left-to-sweep', []],
  ] as const)('%s', async (_, earlier, outcome, starts) => {
    const { started, ports } = prepare(earlier);
    await expect(startDestroyOnce(ports, input('asked'))).resolves.toBe(outcome);
    expect(started).toEqual(starts);
  });

  test('counts as running when somebody else was first', async () => {
    const { ports } = prepare([], 'taken');
    await expect(startDestroyOnce(ports, input('asked'))).resolves.toBe('running');
  });
});

test.each(['sweep', 'removal'] as const)('the %s tries again after a destroy that failed', async (reason) => {
  const { started, ports } = prepare(['FAILED', 'TIMED_OUT']);
  await expect(startDestroyOnce(ports, input(reason))).resolves.toBe('started');
  expect(started).toEqual([3]);
});
