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

const need = {
  answer: 'not-needed',
  because: '',
  waitSeconds: 0,
  succeeded: true,
  deadline: deadline.toISOString(),
} as const;

const input = {
  ...destroyInput,
  need,
  withdrawal: { withdrawnAt: later(0).toISOString(), registrationIds: [registration.id] },
} as const;

const busy = { ...registration, busy: true };

test('needs a second reading, and passes the first on', async () => {
  const first = await stepOver([instance], registration, 1)(input);
  expect(first).toMatchObject({ answer: 'perhaps-busy', idleSince: later(1).toISOString() });
  await expect(stepOver([instance], registration, 91)({ ...input, idle: first })).resolves.toMatchObject({
    answer: 'idle',
    registrationIds: [registration.id],
  });
});

test("waits for a job on an instance that EC2 does not show yet, beside the first round's that has ended", async () => {
  const ended: Instance = { ...instance, id: 'i-0', state: 'terminated', registrationId: 6 };
  const unsettled = { ...need, settledAt: later(120).toISOString() };
  await expect(stepOver([ended], busy)({ ...input, need: unsettled })).resolves.toMatchObject({
    because: 'a job runs',
  });
});

test('asks about live instances only', async () => {
  const ended: Instance = { ...instance, state: 'shutting-down' };
  await expect(stepOver([ended], busy)(input)).resolves.toMatchObject({ answer: 'idle' });
});

describe('of a life for a run', () => {
  const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };
  const first = {
    answer: 'perhaps-busy',
    because: '',
    waitSeconds: 30,
    idleSince: later(1).toISOString(),
    registrationIds: [registration.id],
  } as const;
  const second = { ...input, need: { ...need, run }, idle: first } as const;
  const own = registration.name;

  test.each<[string, readonly RunJob[], string]>([
    ['waits while a job of the run is on it', [{ runnerName: own, isCompleted: false }], 'perhaps-busy'],
    ['ends it when its job is over', [{ runnerName: own, isCompleted: true }], 'idle'],
    ['ends it when other jobs are elsewhere', [{ runnerName: 'other', isCompleted: false }], 'idle'],
    ['ends it while jobs only wait', [{ isCompleted: false }], 'idle'],
  ])('%s', async (_, jobs, answer) => {
    await expect(stepOver([instance], registration, 100, async () => jobs)(second)).resolves.toMatchObject({
      answer,
    });
  });

  test('ends it when two readings do not show the run, and not when one does not', async () => {
    const none = async () => undefined;
    const unseen = await stepOver([instance], registration, 100, none)(second);
    expect(unseen.answer).toBe('perhaps-busy');
    const again = { ...second, idle: unseen };
    await expect(stepOver([instance], registration, 130, none)(again)).resolves.toMatchObject({
      answer: 'idle',
    });
  });

  test('does not end it while GitHub is silent', async () => {
    const silent = () => Promise.reject(new GitHubUnavailable('502'));
    await expect(stepOver([instance], registration, 100, silent)(second)).rejects.toThrow(GitHubUnavailable);
  });

  test('asks about jobs only when nothing else is against the end', async () => {
    const ended: Instance = { ...instance, state: 'terminated' };
    await expect(stepOver([instance], busy)(second)).resolves.toMatchObject({ because: 'a job runs' });
    await expect(stepOver([ended], undefined)(second)).resolves.toMatchObject({ answer: 'idle' });
  });

  test('asks nothing at the deadline, whatever jobs there are', async () => {
    await expect(stepOver([instance], registration, 3_600)(second)).resolves.toMatchObject({
      answer: 'past-deadline',
    });
  });
});
