import { describe, expect, test } from '@jest/globals';
import { checkRun } from '../../functions/check-run.ts';
import { GitHubUnavailable } from '../../functions/domain/errors.ts';
import type { Instance, Registration } from '../../functions/domain/ports.ts';
import type { RunJob, RunState, RunView } from '../../functions/domain/workflow-run.ts';
import { deadline, deployment, destroyInput, instance, later, registration } from './fakes/life.ts';

const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };
const active: RunState = { repository: 'rr-debugger/rr', status: 'in_progress', attempt: 1 };
const off: Instance = { ...instance, state: 'terminated', stateReason: 'Client.InstanceInitiatedShutdown' };

interface Scene {
  readonly instances?: readonly Instance[];
  readonly registration?: Registration;
  readonly state?: RunView | Error;
  readonly jobs?: readonly RunJob[] | Error;
  readonly seconds?: number;
  readonly succeeded?: boolean;
}

const check = ({ succeeded = true, ...scene }: Scene) => {
  const answer = async <T>(value: T | Error): Promise<T> => {
    if (value instanceof Error) throw value;
    return value;
  };
  const step = checkRun(
    {
      instances: { ofLife: async () => scene.instances ?? [] },
      registrations: { byId: async () => scene.registration, byName: async () => undefined },
      runs: { run: () => answer(scene.state) },
      jobs: { jobs: () => answer(scene.jobs) },
      clock: () => later(scene.seconds ?? 600),
    },
    deployment,
  );
  const provision = {
    next: 'end',
    succeeded,
    run,
    deadline: deadline.toISOString(),
    settledAt: later(120).toISOString(),
  } as const;
  return step({ ...destroyInput, provision });
};

const live = { instances: [instance] };

describe('a runner that is live', () => {
  test.each<[string, RunView, 'wait' | 'go-on']>([
    ['stays while its run is active', active, 'wait'],
    ['stays while GitHub has a word for the run that is not known', { ...active, status: 'new' }, 'wait'],
    ['stays while GitHub does not let us see its run', 'hidden', 'wait'],
    ['need not stay when its run is over', { ...active, status: 'completed' }, 'go-on'],
    ['need not stay when another attempt has begun', { ...active, attempt: 2 }, 'go-on'],
    ['need not stay when GitHub does not know its run', undefined, 'go-on'],
  ])('%s', async (_, state, next) => {
    await expect(check(state === undefined ? live : { ...live, state })).resolves.toMatchObject({ next });
  });

  test('stays while GitHub is silent: nothing may be concluded', async () => {
    await expect(check({ ...live, state: new GitHubUnavailable('502') })).rejects.toThrow(GitHubUnavailable);
  });

  test('need not stay when its provision did not succeed: it never was ready', async () => {
    await expect(check({ ...live, state: active, succeeded: false })).resolves.toMatchObject({
      next: 'go-on',
    });
  });

  test('is taken for live while EC2 does not show it yet', async () => {
    await expect(check({ state: active, seconds: 119 })).resolves.toMatchObject({ next: 'wait' });
  });
});

describe('a machine that has powered off, its registration gone', () => {
  const used = { instances: [off] };
  const own = { runnerName: registration.name, isCompleted: true };

  test.each<[string, Scene, unknown]>([
    ['was taken by another run when no job of its own names it', { ...used, jobs: [] }, 'another run'],
    [
      'was taken by another run when the jobs of its own are elsewhere',
      { ...used, jobs: [{ runnerName: 'other', isCompleted: true }, { isCompleted: false }] },
      'another run',
    ],
    ['was used by its own run when a job of it names it', { ...used, jobs: [own] }, undefined],
    ['tells nothing when the run is gone', used, undefined],
    ['tells nothing while its registration remains', { ...used, registration, jobs: [] }, undefined],
    [
      'tells nothing when it was EC2 or we who ended it',
      { instances: [{ ...off, stateReason: 'Client.UserInitiatedShutdown' }], jobs: [] },
      undefined,
    ],
  ])('%s', async (_, scene, usedBy) => {
    const checked = await check(scene);
    expect(checked.next).toBe('go-on');
    expect(checked.usedBy).toBe(usedBy);
  });
});
