import { describe, expect, test } from '@jest/globals';
import { checkNeed } from '../../functions/check-need.ts';
import type { Need } from '../../functions/domain/ending/need.ts';
import { GitHubUnavailable } from '../../functions/domain/errors.ts';
import type { Execution, ExecutionStatus, Instance, Registration } from '../../functions/domain/ports.ts';
import type { RunJob, RunState, RunView } from '../../functions/domain/workflow-run.ts';
import { classes } from './fakes/classes.ts';
import {
  deadline,
  deployment,
  destroyInput,
  instance,
  later,
  life,
  registration,
  requestedAt,
} from './fakes/life.ts';
import { output } from './fakes/lives.ts';

const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };
const active: RunState = { repository: 'rr-debugger/rr', status: 'in_progress', attempt: 1 };
const off: Instance = { ...instance, state: 'terminated', stateReason: 'Client.InstanceInitiatedShutdown' };

interface Scene {
  /** Absent when Step Functions shows none. */
  readonly status?: ExecutionStatus;
  /** The class and the deadline in the provision's input. */
  readonly class?: string;
  readonly asked?: string;
  /** Whether the life serves the run. */
  readonly servesRun?: boolean;
  readonly instances?: readonly Instance[];
  readonly registration?: Registration;
  readonly view?: RunView | Error;
  readonly jobs?: readonly RunJob[];
  /** Since the request; the provision ended after forty. */
  readonly seconds?: number;
}

const provisionIn = ({ status, servesRun = true, asked, class: name }: Scene): Execution | undefined =>
  status === undefined
    ? undefined
    : {
        name: life,
        status,
        startedAt: requestedAt,
        input: {
          deadline: asked ?? (name === undefined ? deadline.toISOString() : undefined),
          ...(name === undefined ? {} : { class: name }),
          ...(servesRun ? { run } : {}),
        },
        ...(status === 'RUNNING' ? {} : { stoppedAt: later(40) }),
        ...(status === 'SUCCEEDED' ? { output } : {}),
      };

const check = (scene: Scene, input: object = {}): Promise<Need> => {
  const step = checkNeed(
    {
      provisions: { provision: async () => provisionIn(scene) },
      instances: { ofLife: async () => scene.instances ?? [] },
      registrations: { byId: async () => scene.registration },
      runs: {
        run: async () => {
          if (scene.view instanceof Error) throw scene.view;
          return scene.view;
        },
      },
      jobs: { jobs: async () => scene.jobs },
      clock: () => later(scene.seconds ?? 600),
    },
    { deployment, classes },
  );
  return step({ ...destroyInput, ...input });
};

/** The answer to a first reading, and to a second one half a minute later that shows the same. */
const twice = async (scene: Scene): Promise<readonly Need[]> => {
  const first = await check({ seconds: 600, ...scene });
  return [first, await check({ seconds: 630, ...scene }, { need: first })];
};

describe('a provision', () => {
  test('that runs is waited for', async () => {
    await expect(check({ status: 'RUNNING' })).resolves.toMatchObject({
      answer: 'perhaps-needed',
      waitSeconds: 20,
    });
  });

  test.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const)(
    'that %s leaves a runner that nobody needs when it serves no run of its own',
    async (status) => {
      const need = await check({ status, servesRun: false });
      expect(need).toMatchObject({ answer: 'not-needed', succeeded: status === 'SUCCEEDED' });
    },
  );

  test('that did not succeed leaves a runner that its run never had', async () => {
    await expect(check({ status: 'FAILED', instances: [instance], view: active })).resolves.toMatchObject({
      answer: 'not-needed',
    });
  });

  test('that one reading does not show may be there; one that two do not show is not', async () => {
    expect((await twice({})).map(({ answer }) => answer)).toEqual(['perhaps-needed', 'not-needed']);
  });

  test('that shows in between makes the first reading worthless', async () => {
    const [first] = await twice({});
    const second = await check({ status: 'RUNNING', seconds: 630 }, { need: first });
    const third = await check({ seconds: 660 }, { need: second });
    expect(third.answer).toBe('perhaps-needed');
  });

  test('launched what shows after its last function and the lag of EC2', async () => {
    const { settledAt } = await check({ status: 'SUCCEEDED' });
    expect(settledAt).toBe(later(40 + 30 + 60).toISOString());
  });
});

describe('at the deadline nothing is waited for', () => {
  test('that the destroy knows', async () => {
    await expect(check({ status: 'RUNNING', seconds: 3_600 })).resolves.toMatchObject({
      answer: 'past-deadline',
    });
  });

  test('that only the provision knows', async () => {
    const need = await check({ status: 'RUNNING', seconds: 3_600 }, { deadline: undefined });
    expect(need).toMatchObject({ answer: 'past-deadline', deadline: deadline.toISOString() });
  });
});

describe('a runner that is live', () => {
  const live = { status: 'SUCCEEDED', instances: [instance] } as const;

  test.each<[string, RunView, Need['answer']]>([
    ['stays while its run is active', active, 'perhaps-needed'],
    [
      'stays while GitHub has a word for the run that is not known',
      { ...active, status: 'new' },
      'perhaps-needed',
    ],
    ['stays while GitHub does not let us see its run', 'hidden', 'perhaps-needed'],
    ['need not stay when its run is over', { ...active, status: 'completed' }, 'not-needed'],
    ['need not stay when another attempt has begun', { ...active, attempt: 2 }, 'not-needed'],
  ])('%s', async (_, view, answer) => {
    await expect(check({ ...live, view })).resolves.toMatchObject({ answer });
  });

  test('stays when one reading does not show its run, and need not when two do not', async () => {
    expect((await twice(live)).map(({ answer }) => answer)).toEqual(['perhaps-needed', 'not-needed']);
  });

  test('stays while GitHub is silent: nothing may be concluded', async () => {
    await expect(check({ ...live, view: new GitHubUnavailable('502') })).rejects.toThrow(GitHubUnavailable);
  });

  test('is taken for live while EC2 does not show it yet', async () => {
    await expect(check({ status: 'SUCCEEDED', view: active, seconds: 119 })).resolves.toMatchObject({
      because: 'its run is not over',
    });
  });

  test.each<[string, readonly Instance[]]>([
    ['nothing', []],
    ['only a machine that the life had before', [{ ...off, id: 'i-0' }]],
  ])('stays when one reading of EC2 shows %s, and need not when two do', async (_, instances) => {
    const needs = await twice({ status: 'SUCCEEDED', instances, view: active });
    expect(needs.map(({ answer }) => answer)).toEqual(['perhaps-needed', 'not-needed']);
  });
});

describe('a machine that has powered off, its registration gone', () => {
  const used = { status: 'SUCCEEDED', instances: [off] } as const;
  const own = { runnerName: registration.name, isCompleted: true };

  test.each<[string, Scene]>([
    ['no job of its own names it', { ...used, jobs: [] }],
    ['the jobs of its own are elsewhere', { ...used, jobs: [{ runnerName: 'other', isCompleted: true }] }],
  ])('was taken by another run when two readings say that %s', async (_, scene) => {
    expect(await twice(scene)).toMatchObject([
      { answer: 'perhaps-needed' },
      { answer: 'used-up', usedBy: 'another run' },
    ]);
  });

  test.each<[string, Scene, Need['answer']]>([
    ['was used by its own run when a job of it is over on it', { ...used, jobs: [own] }, 'used-up'],
    ['tells nothing when the run is gone', used, 'machine-ended'],
    ['tells nothing while its registration remains', { ...used, registration, jobs: [] }, 'machine-ended'],
    [
      'tells nothing while GitHub takes a job for running on it',
      { ...used, jobs: [{ ...own, isCompleted: false }] },
      'machine-ended',
    ],
    [
      'tells nothing when it was EC2 or we who ended it',
      { ...used, instances: [{ ...off, stateReason: 'Client.UserInitiatedShutdown' }], jobs: [] },
      'machine-ended',
    ],
    ['tells nothing when it serves no run', { ...used, servesRun: false, jobs: [own] }, 'machine-ended'],
  ])('%s', async (_, scene, answer) => {
    const need = await check(scene);
    expect(need.answer).toBe(answer);
    expect(need.usedBy).toBeUndefined();
  });
});

describe('a deadline that somebody made up', () => {
  const longestSeconds = 240 * 60;
  const madeUp = [later(864_000).toISOString(), '9999-12-31T23:59:59.999Z', 'never', undefined];

  test.each(madeUp)('as %s keeps no life beyond the lifetime of its provision', async (end) => {
    const input = { deadline: end };
    const scene = { status: 'SUCCEEDED', servesRun: false } as const;
    const before = await check({ ...scene, seconds: 3_599 }, input);
    expect(before).toMatchObject({ answer: 'not-needed', deadline: deadline.toISOString() });
    await expect(check({ ...scene, seconds: 3_600 }, input)).resolves.toMatchObject({
      answer: 'past-deadline',
    });
  });

  test.each(madeUp)('as %s keeps a life of a class beyond its lifetime neither', async (end) => {
    const scene = { status: 'SUCCEEDED', servesRun: false, class: 'big' } as const;
    const { deadline: bounded } = await check(scene, { deadline: end });
    expect(bounded).toBe(later(longestSeconds).toISOString());
  });

  test('keeps a life whose class the deployment has no more to the end that it was given', async () => {
    const scene = { status: 'SUCCEEDED', class: 'gone', asked: later(20_000).toISOString() } as const;
    const { deadline: given } = await check(scene, { deadline: scene.asked });
    expect(given).toBe(scene.asked);
  });

  test.each(madeUp)(
    'as %s keeps one without a provision no longer than the longest class from the first check',
    async (end) => {
      const first = await check({ seconds: 0 }, { deadline: end });
      expect(first.deadline).toBe(later(longestSeconds).toISOString());
      const last = await check({ seconds: longestSeconds }, { deadline: end, need: first });
      expect(last.answer).toBe('past-deadline');
    },
  );
});
