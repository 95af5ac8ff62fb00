import { expect, test } from '@jest/globals';
import { GitHub } from '../../../local/github/state.ts';

const job = { runId: 1001, labels: ['a'], durationSeconds: 60 };
const listener = { ended: () => undefined, seized: () => undefined };

test('a runner whose machine is gone takes no job, though GitHub still shows it online', () => {
  const github = new GitHub();
  const made = github.register('runner', ['a']);
  github.connect(made?.config ?? '', listener)?.disconnect();
  expect(github.runners).toMatchObject([{ isOnline: true }]);
  expect(github.queueJob(job)).toMatchObject({ status: 'queued', runnerName: null });
});

test('a list shows what is gone, and not yet what is new, for as long as it lags', () => {
  let lagSeconds = 0;
  const github = new GitHub({ listLagSeconds: () => lagSeconds });
  const runner = github.register('runner', ['a'])?.runner;
  lagSeconds = 60;
  expect(github.listed).toEqual([]);
  lagSeconds = 0;
  if (runner !== undefined) github.delete(runner);
  expect(github.listed).toEqual([]);
});
