import { describe, expect, test } from '@jest/globals';
import type { DestroyInput } from '../../functions/domain/ending/destroy.ts';
import { AwsUnavailable, CredentialUnusable, GitHubUnavailable } from '../../functions/domain/errors.ts';
import { runnerName, scheduleName } from '../../functions/domain/life/life.ts';
import type { Execution, ExecutionStatus, Instance, Registration } from '../../functions/domain/ports.ts';
import type { Table } from '../../functions/domain/table.ts';
import type { RunState, WorkflowRun } from '../../functions/domain/workflow-run.ts';
import { sweep } from '../../functions/sweep.ts';
import { classes } from './fakes/classes.ts';
import { deadline, deployment, instance, later, life, registration, requestedAt } from './fakes/life.ts';
import { measured } from './fakes/measured.ts';
import { fakeTable } from './fakes/table.ts';

const other = 'rr_runner_2e_arm64-3';
const schedule = scheduleName(life, deployment);
const execution = (name: string, status: ExecutionStatus): Execution => ({
  name,
  status,
  startedAt: requestedAt,
});

const attempt = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };
const active: RunState = { repository: 'rr-debugger/rr', status: 'in_progress', attempt: 1 };

interface Scene {
  readonly instances?: readonly Instance[] | Error;
  /** What EC2 shows of the life that is not in a list of live instances. */
  readonly ended?: readonly Instance[];
  readonly registrations?: readonly Registration[] | Error | 'no answer';
  readonly schedules?: readonly string[] | Error;
  /** By life; an absent life has no execution. */
  readonly provisions?: Readonly<Record<string, ExecutionStatus | Error>>;
  /** The deadline and the class that every provision's input says. */
  readonly asked?: string;
  readonly class?: string;
  readonly destroys?: readonly Execution[];
  /** Whether every life serves the run. */
  readonly servesRun?: boolean;
  /** What GitHub says of the run. */
  readonly run?: RunState | Error;
  readonly table?: Table;
  /** Since the request. */
  readonly seconds?: number;
}

const answer = async <T>(value: T | Error): Promise<T> => {
  if (value instanceof Error) throw value;
  return value;
};

const prepare = (scene: Scene) => {
  const started: DestroyInput[] = [];
  const asked: WorkflowRun[] = [];
  const told: object[] = [];
  const { measure, values } = measured();
  const run = sweep(
    {
      fleet: { live: () => answer(scene.instances ?? []) },
      instances: { ofLife: async () => scene.ended ?? [] },
      registrations: {
        all: () =>
          scene.registrations === 'no answer'
            ? Promise.withResolvers<never>().promise
            : answer(scene.registrations ?? []),
      },
      runs: {
        run: async (run) => {
          asked.push(run);
          return answer(scene.run);
        },
      },
      schedules: { all: () => answer(scene.schedules ?? []) },
      table: scene.table ?? fakeTable().table,
      tell: async (of, news) => void told.push({ life: of, ...news }),
      provisions: {
        provision: async (name) => {
          const status = await answer(scene.provisions?.[name]);
          const input = {
            deadline: scene.asked ?? deadline.toISOString(),
            ...(scene.class === undefined ? {} : { class: scene.class }),
            ...(scene.servesRun === true ? { run: attempt } : {}),
          };
          return status === undefined ? undefined : { ...execution(name, status), input };
        },
      },
      executions: {
        provisions: async () => [],
        destroys: async (status) => (scene.destroys ?? []).filter((destroy) => destroy.status === status),
      },
      destroys: {
        destroy: async () => undefined,
        startDestroy: async (input) => {
          started.push(input);
          return 'started';
        },
      },
      clock: () => later(scene.seconds ?? 600),
      measure,
      log: () => undefined,
    },
    { deployment, classes },
  );
  return { started, asked, values, run };
};

describe('the sweep ends', () => {
  test.each<[string, Scene, Partial<DestroyInput>]>([
    [
      'an instance past its deadline, by force',
      { instances: [instance], provisions: { [life]: 'SUCCEEDED' }, seconds: 3_660 },
      { mode: 'forced', deadline: deadline.toISOString() },
    ],
    [
      'a provision that still runs past the deadline',
      { schedules: [schedule], provisions: { [life]: 'RUNNING' }, seconds: 3_660 },
      { mode: 'forced' },
    ],
    [
      'an instance of a class past its class’s lifetime, whatever its tag says',
      {
        instances: [{ ...instance, class: 'big', deadline: later(864_000) }],
        provisions: { [life]: 'SUCCEEDED' },
        asked: 'never',
        seconds: 10 + 240 * 60 + 30,
      },
      { mode: 'forced' },
    ],
    [
      'a life that failed',
      { instances: [instance], provisions: { [life]: 'ABORTED' } },
      { mode: 'graceful' },
    ],
    ['a registration without a life', { registrations: [registration] }, { mode: 'graceful' }],
    [
      'a used-up runner',
      {
        schedules: [schedule],
        provisions: { [life]: 'SUCCEEDED' },
        ended: [{ ...instance, state: 'terminated' }],
      },
      { mode: 'graceful' },
    ],
    [
      'a life whose destroy failed',
      {
        instances: [instance],
        provisions: { [life]: 'SUCCEEDED' },
        destroys: [execution(`${life}-asked-1`, 'FAILED')],
      },
      { mode: 'graceful' },
    ],
  ])('%s', async (_, scene, expected) => {
    const { started, run } = prepare(scene);
    await run();
    expect(started).toEqual([expect.objectContaining({ life, deployment, reason: 'sweep', ...expected })]);
  });
});

describe('the sweep leaves alone', () => {
  test.each<[string, Scene]>([
    ['a runner that is ready', { instances: [instance], provisions: { [life]: 'SUCCEEDED' } }],
    [
      'a runner of a class within its class’s lifetime',
      {
        instances: [{ ...instance, class: 'big', deadline: later(240 * 60) }],
        provisions: { [life]: 'SUCCEEDED' },
        asked: later(240 * 60).toISOString(),
        class: 'big',
        seconds: 200 * 60,
      },
    ],
    ['a runner that boots', { instances: [instance], provisions: { [life]: 'RUNNING' } }],
    [
      'a life that a destroy is ending',
      {
        instances: [instance],
        provisions: { [life]: 'FAILED' },
        destroys: [execution(`${life}-failed-1`, 'RUNNING')],
      },
    ],
    [
      'a life in the half minute in which its schedule mostly fires',
      { instances: [instance], provisions: { [life]: 'SUCCEEDED' }, seconds: 3_629 },
    ],
    ["a person's runner", { registrations: [{ ...registration, name: 'my-laptop' }] }],
    [
      "another deployment's registration",
      { registrations: [{ ...registration, name: runnerName(life, 1, 'zzzzzzzz') }] },
    ],
    ["another deployment's schedule", { schedules: [scheduleName(life, 'zzzzzzzz')] }],
    [
      'a runner whose machine one reading of EC2 does not show',
      { schedules: [schedule], provisions: { [life]: 'SUCCEEDED' } },
    ],
    ['a runner whose provision one reading does not show', { instances: [instance] }],
    [
      'a life whose schedule shows, though its provision does not',
      { schedules: [schedule], registrations: [registration] },
    ],
    [
      'a registration while EC2 is away',
      { instances: new AwsUnavailable('503'), registrations: [registration] },
    ],
    [
      'a registration while Scheduler is away',
      { schedules: new AwsUnavailable('503'), registrations: [registration] },
    ],
    [
      'a schedule whose machine it cannot see because EC2 is away',
      {
        instances: new AwsUnavailable('503'),
        schedules: [schedule],
        provisions: { [life]: 'SUCCEEDED' },
      },
    ],
  ])('%s', async (_, scene) => {
    const { started, run } = prepare(scene);
    await run();
    expect(started).toEqual([]);
  });
});

describe('the sweep goes on', () => {
  const past = { instances: [instance], provisions: { [life]: 'SUCCEEDED' as const }, seconds: 3_700 };

  test('while GitHub is away', async () => {
    const { started, run } = prepare({ ...past, registrations: new GitHubUnavailable('502') });
    await run();
    expect(started).toHaveLength(1);
  });

  test('while EC2 is away, with what the schedules show', async () => {
    const { started, run } = prepare({
      ...past,
      instances: new AwsUnavailable('503'),
      schedules: [schedule],
    });
    await run();
    expect(started).toHaveLength(1);
  });

  test('after one life whose provision cannot be read', async () => {
    const { started, run } = prepare({
      registrations: [{ ...registration, name: runnerName(other, 1, deployment) }, registration],
      provisions: { [other]: new AwsUnavailable('throttled'), [life]: 'FAILED' },
    });
    await expect(run()).resolves.toEqual({
      lives: 2,
      orphans: [{ life, because: 'its provision ended as FAILED' }],
    });
    expect(started.map((input) => input.life)).toEqual([life]);
  });
});

describe('the sweep counts', () => {
  test('what it found, and what lives', async () => {
    const { values, run } = prepare({
      instances: [instance, { ...instance, id: 'i-2', state: 'shutting-down' }],
      provisions: { [life]: 'SUCCEEDED' },
      seconds: 3_660,
    });
    await run();
    expect(values).toEqual(['OrphansFound 1', 'SourcesSilent 0', 'RunnersLive 1', `RunnerHours ${5 / 60}`]);
  });

  test('no hours of an instance whose first five minutes were counted at its launch', async () => {
    const young = { ...instance, launchedAt: later(120) };
    const { values, run } = prepare({
      instances: [young],
      provisions: { [life]: 'SUCCEEDED' },
      seconds: 300,
    });
    await run();
    expect(values).toEqual(['OrphansFound 0', 'SourcesSilent 0', 'RunnersLive 1', 'RunnerHours 0']);
  });

  test('nothing that EC2 has not said', async () => {
    const { values, run } = prepare({ instances: new AwsUnavailable('slow down') });
    await run();
    expect(values).toEqual(['OrphansFound 0', 'SourcesSilent 1']);
  });
});

describe('a runner that is ready for a run', () => {
  const ready = {
    instances: [instance],
    provisions: { [life]: 'SUCCEEDED' as const },
    servesRun: true,
  };

  test.each<[string, RunState | undefined]>([
    ['is over', { ...active, status: 'completed' }],
    ['is at a later attempt', { ...active, attempt: 2 }],
    ['is unknown to GitHub', undefined],
  ])('is ended gracefully when the run %s, asked for or not', async (_, run) => {
    const scene = prepare(run === undefined ? ready : { ...ready, run });
    await scene.run();
    expect(scene.started).toEqual([expect.objectContaining({ life, reason: 'sweep', mode: 'graceful' })]);
    expect(scene.values).toContain('OrphansFound 0');
  });

  test.each<[string, RunState | Error]>([
    ['is active', active],
    ['cannot be asked about', new GitHubUnavailable('502')],
  ])('is left alone while the run %s', async (_, run) => {
    const scene = prepare({ ...ready, run });
    await scene.run();
    expect(scene.started).toEqual([]);
  });

  test('is ended at its deadline without a question to GitHub, whose silence would take time', async () => {
    const scene = prepare({ ...ready, run: active, seconds: 3_660 });
    await scene.run();
    expect(scene.asked).toEqual([]);
    expect(scene.started).toEqual([expect.objectContaining({ life, mode: 'forced' })]);
  });

  test('costs one question for each run, however many runners it has, and none while it boots', async () => {
    const second = { ...instance, id: 'i-2', life: other };
    const scene = prepare({
      ...ready,
      instances: [instance, second],
      provisions: { [life]: 'SUCCEEDED', [other]: 'SUCCEEDED' },
      run: active,
    });
    await scene.run();
    expect(scene.asked).toEqual([attempt]);
    const booting = prepare({ ...ready, provisions: { [life]: 'RUNNING' }, run: active });
    await booting.run();
    expect(booting.asked).toEqual([]);
  });
});

test.each<[string, Scene]>([
  ['its machine shows', { instances: [instance] }],
  ['its schedule shows while EC2 is away', { instances: new AwsUnavailable('503'), schedules: [schedule] }],
])('a life past its deadline that %s is ended before GitHub has answered at all', async (_, shown) => {
  const scene = prepare({
    ...shown,
    registrations: 'no answer',
    provisions: { [life]: 'SUCCEEDED' },
    seconds: 3_660,
  });
  void scene.run();
  await new Promise((resolve) => setImmediate(resolve));
  expect(scene.started).toEqual([expect.objectContaining({ life, mode: 'forced' })]);
});

describe('a deadline that somebody made up', () => {
  const far = later(864_000);

  test.each([
    ['on a tag', { instances: [{ ...instance, deadline: far }] }],
    ['on a tag and in the input', { instances: [{ ...instance, deadline: far }], asked: far.toISOString() }],
    ['in an input without an instance', { schedules: [schedule], asked: '9999-12-31T23:59:59.999Z' }],
    ['as no time', { schedules: [schedule], asked: 'never' }],
  ])('%s keeps nothing beyond the lifetime of its provision', async (_, scene) => {
    for (const status of ['SUCCEEDED', 'RUNNING'] as const) {
      const { started, run } = prepare({ ...scene, provisions: { [life]: status }, seconds: 3_631 });
      await run();
      expect(started).toMatchObject([{ life, mode: 'forced', deadline: deadline.toISOString() }]);
    }
  });

  test('on a tag, without a provision, keeps nothing beyond the lifetime of its instance', async () => {
    const instances = [{ ...instance, deadline: far }];
    const before = prepare({ instances, seconds: 3_610 });
    await before.run();
    expect(before.started).toEqual([]);
    const after = prepare({ instances, seconds: 3_641 });
    await after.run();
    expect(after.started).toMatchObject([{ mode: 'forced', deadline: later(3_610).toISOString() }]);
  });

  test('in a destroy that runs and ends nothing does not keep the sweep away', async () => {
    const scene: Scene = {
      instances: [instance],
      provisions: { [life]: 'SUCCEEDED' },
      destroys: [execution(`${life}-asked-1`, 'RUNNING')],
    };
    const soon = prepare({ ...scene, seconds: 3_660 });
    await soon.run();
    expect(soon.started).toEqual([]);
    const late = prepare({ ...scene, seconds: 3_600 + 601 });
    await late.run();
    expect(late.started).toMatchObject([{ life, mode: 'forced' }]);
  });
});

describe('a source that does not answer', () => {
  test.each<[string, Scene, number]>([
    ['none', {}, 0],
    ['EC2', { instances: new AwsUnavailable('slow down') }, 1],
    ['Scheduler', { schedules: new AwsUnavailable('slow down') }, 1],
    ['GitHub', { registrations: new GitHubUnavailable('502') }, 1],
    ['GitHub, which refuses the credential', { registrations: new CredentialUnusable('none') }, 1],
    [
      'EC2 and GitHub',
      { instances: new AwsUnavailable('slow down'), registrations: new GitHubUnavailable('502') },
      2,
    ],
  ])('is counted for an alarm: %s', async (_, scene, count) => {
    const { values, run } = prepare(scene);
    await run();
    expect(values).toContain(`SourcesSilent ${count}`);
  });
});
