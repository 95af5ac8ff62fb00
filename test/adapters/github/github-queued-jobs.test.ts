import { describe, expect, test } from '@jest/globals';
import { githubQueuedJobs } from '../../../functions/adapters/github/github-queued-jobs.ts';
import { fakeGitHub } from './fake-github.ts';

const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };

const scene = () => {
  const fake = fakeGitHub();
  fake.github.putRun({ ...run, status: 'in_progress', runAttempt: 1 });
  const queue = (...labels: readonly string[]) =>
    fake.github.queueJob({ runId: 1001, labels, durationSeconds: 60 });
  return { ...fake, queue, queued: () => githubQueuedJobs(fake.client)(run) };
};

describe('the queued jobs of an attempt', () => {
  test('are those that nothing has taken, with their labels', async () => {
    const { queue, queued, problems } = scene();
    const { id } = queue('rr_runner_1001_1', 'arch_x86_64');
    const taken = queue('taken');
    taken.status = 'in_progress';
    expect(await queued()).toEqual([{ id, labels: ['rr_runner_1001_1', 'arch_x86_64'] }]);
    expect(problems()).toEqual([]);
  });

  test('are read to a bounded number of pages', async () => {
    const { queue, queued, exchanges } = scene();
    for (let job = 0; job < 350; job += 1) queue('rr_runner_1001_1', 'arch_x86_64');
    expect(await queued()).toHaveLength(300);
    expect(exchanges).toHaveLength(3);
  });

  test('are none when GitHub does not show the attempt', async () => {
    const { client } = scene();
    expect(await githubQueuedJobs(client)({ ...run, attempt: 2 })).toEqual([]);
  });
});
