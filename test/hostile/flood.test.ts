import { afterEach, describe, expect, test } from '@jest/globals';
import { runBudget } from '../../functions/domain/readings/shared-runs.ts';
import { defaults } from '../../infra/config-fields.ts';
import type { WireExchange } from '../../local/wire/front-door.ts';
import { createVerifiedWorld } from '../statemachine/verified-world.ts';
import { createWorld, type World } from '../statemachine/world.ts';
import { counted, flood } from './flood.ts';

const { liveRunnerCap, requestBurst, requestsPerSecond } = defaults;

/** What the issue allows a flood: the stage's burst, and thirty seconds of its rate. */
const bound = liveRunnerCap + requestBurst + 30 * requestsPerSecond;

const floodSize = 2_000;

let running: World | undefined;
afterEach(() => running?.end());

const toEnd = <T extends World>(world: T): T => {
  running = world;
  return world;
};

/** The most instances that were live at once, and what they cost, in hours, seen every second. */
const watchFleet = (world: World) => {
  let most = 0;
  return {
    look: () => {
      most = Math.max(most, world.liveInstances().length);
    },
    most: () => most,
    hours: () =>
      world.cloud.fleet.all.reduce(
        (sum, { launchedAt, endedAt }) =>
          sum + ((endedAt?.getTime() ?? Date.now()) - launchedAt.getTime()) / 3_600_000,
        0,
      ),
  };
};

const advanceWatching = async (world: World, seconds: number, look: () => void): Promise<void> => {
  for (let passed = 0; passed < seconds; passed += 5) {
    await world.advance(5);
    look();
  }
};

const stranger = (index: number) => ({
  operation: 'create',
  label: `rr_runner_stranger_${index}`,
  architectures: ['x86_64', 'arm64'],
});

describe('a flood of creates in open admission', () => {
  test('cannot pass the cap, takes nothing from who was there before, and does not stop the clean-up', async () => {
    const world = toEnd(await createWorld());
    const fleet = watchFleet(world);
    const create = (label: string) => world.post({ operation: 'create', label, architecture: 'x86_64' });
    for (const label of ['rr_runner_working', 'rr_runner_idle']) {
      await create(label);
      await world.untilStatus(label, 'ready', 120);
    }
    const job = world.queueJob({ labels: ['rr_runner_working', 'arch_x86_64'], durationSeconds: 600 });
    await world.advance(10);
    // On its way when the flood begins.
    await create('rr_runner_booting');
    await world.post({ operation: 'destroy', label: 'rr_runner_idle' });

    const { answers, throttled } = await flood(world, floodSize, stranger, fleet.look);
    await advanceWatching(world, 240, fleet.look);

    expect(answers.length + throttled).toBe(floodSize);
    expect(Object.keys(counted(answers)).toSorted()).toEqual(['202', '429 live-runner-cap']);
    expect(answers.length).toBeLessThanOrEqual(requestBurst + 60 * requestsPerSecond);
    expect(fleet.most()).toBeLessThanOrEqual(bound);
    expect(fleet.most()).toBeLessThanOrEqual(liveRunnerCap);
    expect(fleet.most()).toBeGreaterThan(liveRunnerCap - 3);
    expect((await world.status('rr_runner_booting')).runners).toMatchObject([{ status: 'ready' }]);
    expect((await world.status('rr_runner_idle')).runners[0]?.status).toMatch(/^destroy/);
    const idle = world.cloud.fleet.all.filter(({ tags }) => tags['stint:life'] === 'rr_runner_idle_x86_64-1');
    expect(idle.map(({ state }) => state)).toEqual(['terminated']);

    await world.until(() => world.job(job).status === 'completed', 900);
    expect(world.job(job).conclusion).toBe('success');
    await world.untilNothingIsLeft(2 * 3_600);
    expect(fleet.hours()).toBeLessThanOrEqual(liveRunnerCap * 1.1);
  }, 120_000);
});

describe('a flood of creates in verified admission', () => {
  const asked = (runId: number, suffix = '') => ({
    operation: 'create',
    label: `rr_runner_${runId}_1${suffix}`,
    architectures: ['x86_64', 'arm64'],
    repository: 'rr-debugger/rr',
    run_id: runId,
  });

  test('for a run that is not its own gets the run’s quota, and leaves the run its own runner', async () => {
    const world = toEnd(await createVerifiedWorld());
    const fleet = watchFleet(world);
    await world.create();
    await world.ready();
    const { answers } = await flood(world, floodSize, (index) => asked(1001, `_${index}`), fleet.look);
    await advanceWatching(world, 240, fleet.look);
    expect(Object.keys(counted(answers)).toSorted()).toEqual(['202', '429 run-quota']);
    // Those that ask in the same moment are counted before any of them is there: the burst comes on top.
    expect(fleet.most()).toBeLessThanOrEqual(2 * (defaults.runnersPerRun + requestBurst));
    const job = world.queueOwnJob(60);
    await world.until(() => world.job(job).status === 'completed', 300);
    expect(world.job(job).conclusion).toBe('success');
    world.putRun('completed');
    await world.untilNothingIsLeft(1_800);
  }, 120_000);

  test('for runs that there are not starts nothing, and costs GitHub’s hour next to nothing', async () => {
    const perMinute = runBudget.requests;
    let remaining = Number.NaN;
    const onExchange = ({ call, response }: WireExchange): void => {
      if (call.service === 'github')
        remaining = Number(response.headers['x-ratelimit-remaining'] ?? remaining);
    };
    const world = toEnd(await createVerifiedWorld({ watcher: { onExchange } }));
    await world.create();
    await world.ready();
    const before = remaining;
    const answers = [0, 1, 2].map(
      (minute) => () => flood(world, floodSize, (index) => asked(10_000 + minute * floodSize + index)),
    );
    for (const minute of answers) expect(counted((await minute()).answers)).not.toHaveProperty('202');
    // The budget of four minutes that these three touch, and the lists that have changed.
    expect(before - remaining).toBeLessThanOrEqual(4 * perMinute + 10);
    expect(await world.create({ architecture: 'arm64' })).toMatchObject({ status: 202 });
    expect(
      world
        .state()
        .executions.map(({ name }) => name)
        .toSorted(),
    ).toEqual(['rr_runner_1001_1_arm64-1', 'rr_runner_1001_1_x86_64-1']);
    await world.ready();
    world.putRun('completed');
    await world.untilNothingIsLeft(1_800);
  }, 120_000);
});
