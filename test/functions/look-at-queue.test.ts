import { describe, expect, test } from '@jest/globals';
import { GitHubUnavailable } from '../../functions/domain/errors.ts';
import { lookAtQueue } from '../../functions/domain/queue/look-at-queue.ts';
import type { ActiveRun } from '../../functions/domain/readings/shared-runs.ts';
import type { RunAttempt } from '../../functions/domain/workflow-run.ts';
import { later } from './fakes/life.ts';

const run = (id: number, repository = 'rr-debugger/rr', status = 'in_progress'): ActiveRun => ({
  id,
  repository,
  status,
  attempt: 1,
});

/** A look over these runs, each of which takes so many seconds. */
const look = async (
  known: Readonly<Record<string, readonly ActiveRun[] | Error>>,
  { seconds = 0, fails = (_: number): boolean => false } = {},
) => {
  const looked: number[] = [];
  let passed = 0;
  const step = lookAtQueue(
    {
      activeRuns: (repository) => ({
        read: async () => {
          const rows = known[repository] ?? [];
          if (rows instanceof Error) throw rows;
          return { rows, askedAt: later(0) };
        },
      }),
      lookAtRun: async ({ id }: RunAttempt) => {
        looked.push(id);
        passed += seconds;
        if (fails(id)) throw new GitHubUnavailable(`run ${id}`);
      },
      clock: () => later(passed),
      log: () => undefined,
    },
    Object.keys(known),
  );
  const outcome = await step().then(
    () => 'done',
    (error: Error) => error.message,
  );
  return { looked, outcome };
};

describe('a look at the queue', () => {
  test('looks at every active run of every allowed repository', async () => {
    const known = {
      'rr-debugger/rr': [run(1), run(2, 'rr-debugger/rr', 'completed')],
      'a/b': [run(3, 'a/b')],
    };
    expect(await look(known)).toEqual({ looked: [1, 3], outcome: 'done' });
  });

  test('goes on when the runs of a repository are not known', async () => {
    const known = { 'rr-debugger/rr': new GitHubUnavailable('502'), 'a/b': [run(3, 'a/b')] };
    expect(await look(known)).toEqual({ looked: [3], outcome: 'done' });
  });

  test('goes on when one run fails, and then tells of it', async () => {
    const known = { 'rr-debugger/rr': [run(1), run(2)] };
    expect(await look(known, { fails: (id) => id === 1 })).toEqual({ looked: [1, 2], outcome: 'run 1' });
  });

  test('gives twenty runs their turn, and ends before Lambda ends it', async () => {
    const many = { 'rr-debugger/rr': Array.from({ length: 50 }, (_, index) => run(index)) };
    expect((await look(many)).looked).toHaveLength(20);
    expect((await look(many, { seconds: 5 })).looked).toHaveLength(4);
  });
});
