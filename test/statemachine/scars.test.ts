import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createWorld, type World } from './world.ts';

/** What has happened to systems that do the same job, and must not happen here. */

/** Hours are simulated here, on machines that may have other things to do. */
jest.setTimeout(60_000);

const label = 'rr_runner_0123456789abcdef0123456789abcdef';
const deadlineSeconds = 3_600;

let world: World;
afterEach(() => world.end());

const create = () => world.post({ operation: 'create', label, architecture: 'x86_64' });

/** From now on a job has the machine, and does all that root can do to keep it. */
const seize = async () => {
  world.cloud.github.queueJob({
    runId: 1001,
    labels: [label, 'arch_x86_64'],
    durationSeconds: 10 * deadlineSeconds,
    isHostile: true,
  });
  await world.until(() => world.state().jobs.some(({ status }) => status === 'in_progress'), 120);
};

describe('no event and no goodwill of a machine is needed', () => {
  test('to end a machine that never registers: the sweep finds it when every event is lost', async () => {
    world = await createWorld({
      misfortunes: { deliveries: () => [] },
      layers: { isShutdownOn: () => false, isScheduleOn: () => false },
    });
    world.fault({ service: 'machine', operation: 'register', error: 'never', times: 9 });
    await create();
    // The status is what steps and events have told, and then the sweep, every five minutes.
    await world.untilStatus(label, 'failed', 1_000);
    await world.untilNothingIsLeft(1_500);
  });

  test('to end one that a hostile job holds, with every event lost and the sweep away', async () => {
    world = await createWorld({
      misfortunes: { deliveries: () => [] },
      layers: { isShutdownOn: () => false, isSweepOn: () => false },
    });
    await create();
    await world.untilStatus(label, 'ready', 180);
    await seize();
    await world.until(() => world.liveInstances().length === 0, deadlineSeconds + 120);
  });
});

describe('GitHub is not asked first', () => {
  test('when a busy machine has reached its deadline: it ends in time while GitHub is away for hours', async () => {
    world = await createWorld({ layers: { isShutdownOn: () => false } });
    await create();
    await world.untilStatus(label, 'ready', 180);
    await seize();
    world.fault({ service: 'github', operation: '*', error: '503', seconds: 4 * deadlineSeconds });
    const start = Date.now();
    await world.until(() => world.liveInstances().length === 0, deadlineSeconds + 120);

    expect((Date.now() - start) / 1_000).toBeGreaterThan(deadlineSeconds - 300);
    await world.untilNothingIsLeft(5 * deadlineSeconds);
  });
});

describe('a refusal of GitHub, which a person may undo,', () => {
  test('is outlasted by the destroy at the deadline, with the sweep away', async () => {
    world = await createWorld({ layers: { isSweepOn: () => false } });
    await create();
    await world.untilStatus(label, 'ready', 180);
    world.fault({ service: 'github', operation: '*', error: '403', seconds: 2 * deadlineSeconds });
    await world.untilNothingIsLeft(3 * deadlineSeconds);
  });
});

describe('one that fails does not take the others with it', () => {
  test('when EC2 refuses to terminate one machine for an hour, the others end in time', async () => {
    world = await createWorld({ layers: { isShutdownOn: () => false } });
    const labels = ['rr_runner_one', 'rr_runner_two', 'rr_runner_three'];
    for (const each of labels) {
      await world.post({ operation: 'create', label: each, architecture: 'x86_64' });
      await world.advance(5);
    }
    for (const each of labels) await world.untilStatus(each, 'ready', 180);
    const [first] = world.liveInstances();
    const terminate = world.cloud.fleet.end.bind(world.cloud.fleet);
    let isStuck = true;
    world.cloud.fleet.end = (instance, reason) => {
      if (!isStuck || instance.id !== first?.instance_id) terminate(instance, reason);
    };
    await world.until(() => world.liveInstances().length === 1, deadlineSeconds + 120);
    isStuck = false;
    await world.untilNothingIsLeft(3_600);
  });
});
