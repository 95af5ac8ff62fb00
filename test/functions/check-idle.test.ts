import { describe, expect, test } from '@jest/globals';
import { checkIdle } from '../../functions/check-idle.ts';
import { GitHubUnavailable } from '../../functions/domain/errors.ts';
import type { Instance, Registration } from '../../functions/domain/ports.ts';
import type { RunJob, RunJobReader } from '../../functions/domain/workflow-run.ts';
import { deadline, deployment, destroyInput, instance, later, registration } from './fakes/life.ts';

const stepOver = (
  instances: readonly Instance[],
  byId: Registration | undefined,
  seconds = 100,
  jobs: RunJobReader['jobs'] = () => Promise.reject(new Error('no job must be asked about')),
) =>
  checkIdle(
    {
      instances: { ofLife: async () => instances },
      registrations: {
        byId: async () => byId,
        byName: async (name) => (byId?.name === name ? byId : undefined),
      },
      jobs: { jobs },
      clock: () => later(seconds),
    },
    deployment,
  );

const input = {
  ...destroyInput,
  provision: { next: 'end', succeeded: true, deadline: deadline.toISOString() },
  withdrawal: { withdrawnAt: later(0).toISOString() },
} as const;

test('needs a second reading, and passes the first on', async () => {
  const first = await stepOver([instance], registration, 1)(input);
  expect(first).toMatchObject({ next: 'wait', idleSince: later(1).toISOString() });
  await expect(stepOver([instance], registration, 91)({ ...input, idle: first })).resolves.toMatchObject({
    next: 'end',
  });
});

test('waits for a job', async () => {
  const busy = { ...registration, busy: true };
  await expect(stepOver([instance], busy)(input)).resolves.toMatchObject({ next: 'wait-for-job' });
});

test("waits for a job on an instance that EC2 does not show yet, beside the first round's that has ended", async () => {
  const ended: Instance = { ...instance, id: 'i-0', state: 'terminated', registrationId: 6 };
  const provision = { ...input.provision, settledAt: later(120).toISOString() };
  const busy = { ...registration, busy: true };
  await expect(stepOver([ended], busy)({ ...input, provision })).resolves.toMatchObject({
    next: 'wait-for-job',
  });
});

test('asks about live instances only', async () => {
  const ended: Instance = { ...instance, state: 'shutting-down' };
  await expect(stepOver([ended], { ...registration, busy: true })(input)).resolves.toMatchObject({
    next: 'end',
  });
});

test('turns to force at the deadline', async () => {
  await expect(stepOver([instance], registration, 3_600)(input)).resolves.toMatchObject({ next: 'force' });
});

describe('of a life for a run', () => {
  const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };
  const second = {
    ...input,
    provision: { ...input.provision, run },
    idle: { next: 'wait', because: '', idleSince: later(1).toISOString() },
  } as const;
  const own = registration.name;

  test.each<[string, readonly RunJob[] | undefined, string]>([
    ['waits while a job of the run is on it', [{ runnerName: own, isCompleted: false }], 'wait-for-job'],
    ['ends it when its job is over', [{ runnerName: own, isCompleted: true }], 'end'],
    ['ends it when other jobs are elsewhere', [{ runnerName: 'other', isCompleted: false }], 'end'],
    ['ends it while jobs only wait', [{ isCompleted: false }], 'end'],
    ['ends it when the run is gone', undefined, 'end'],
  ])('%s', async (_, jobs, next) => {
    await expect(stepOver([instance], registration, 100, async () => jobs)(second)).resolves.toMatchObject({
      next,
    });
  });

  test('does not end it while GitHub is silent', async () => {
    const silent = () => Promise.reject(new GitHubUnavailable('502'));
    await expect(stepOver([instance], registration, 100, silent)(second)).rejects.toThrow(GitHubUnavailable);
  });

  test('asks about jobs only when nothing else is against the end', async () => {
    const busy = { ...registration, busy: true };
    await expect(stepOver([instance], busy)(second)).resolves.toMatchObject({ next: 'wait-for-job' });
    await expect(stepOver([], undefined)(second)).resolves.toMatchObject({ next: 'end' });
  });

  test('turns to force at the deadline, whatever jobs there are', async () => {
    await expect(stepOver([instance], registration, 3_600)(second)).resolves.toMatchObject({ next: 'force' });
  });
});
