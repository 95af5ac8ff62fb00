import { describe, expect, test } from '@jest/globals';
import { githubAttemptJobs } from '../../../functions/adapters/github/github-attempt-jobs.ts';
import { fakeGitHub } from './fake-github.ts';

const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };

const scene = () => {
  const fake = fakeGitHub();
  fake.github.putRun({ ...run, status: 'in_progress', runAttempt: 1 });
  const queue = (...labels: readonly string[]) =>
    fake.github.queueJob({ runId: 1001, labels, durationSeconds: 60 });
  return { ...fake, queue, queued: () => githubAttemptJobs(fake.client)(run) };
};

describe('the jobs of an attempt', () => {
  test('are those that nothing has taken, with their labels, and the runners of the others', async () => {
    const { queue, queued, problems } = scene();
    const { id } = queue('rr_runner_1001_1', 'arch_x86_64');
    const taken = queue('taken');
    Object.assign(taken, { status: 'in_progress', runnerName: 'rr_runner_1001_1_x86_64-1-1-local000' });
    expect(await queued()).toEqual({
      queued: [{ id, labels: ['rr_runner_1001_1', 'arch_x86_64'] }],
      runnerNames: ['rr_runner_1001_1_x86_64-1-1-local000'],
      isWhole: true,
    });
    expect(problems()).toEqual([]);
  });

  test('are read to a bounded number of pages', async () => {
    const { queue, queued, exchanges } = scene();
    for (let job = 0; job < 350; job += 1) queue('rr_runner_1001_1', 'arch_x86_64');
    const { queued: read, isWhole } = await queued();
    expect([read.length, isWhole]).toEqual([300, false]);
    expect(exchanges).toHaveLength(3);
  });

  test('are none when GitHub does not show the attempt', async () => {
    const { client } = scene();
    const none = { queued: [], runnerNames: [], isWhole: false };
    expect(await githubAttemptJobs(client)({ ...run, attempt: 2 })).toEqual(none);
  });
});
