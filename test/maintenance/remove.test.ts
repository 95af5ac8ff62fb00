import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createWorld, type World } from '../statemachine/world.ts';
import { beginRemoval, removeStackOf } from './removal.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(async () => {
  await world.end();
});

const create = (label: string) => world.post({ operation: 'create', label, architectures: ['x86_64'] });

const ready = async (label: string): Promise<void> => {
  await create(label);
  await world.untilStatus(label, 'ready', 300);
};

const runJob = (label: string, durationSeconds: number): number =>
  world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds });

const isStackRemoved = (): boolean => world.cloud.deployed.isRemoved;

const expectNothingLeft = (): void => {
  const { instances, registrations, schedules, executions } = world.state();
  expect(instances.filter(({ state }) => state !== 'terminated')).toEqual([]);
  expect(registrations).toEqual([]);
  expect(schedules).toEqual([]);
  expect(executions.filter(({ status }) => status === 'RUNNING')).toEqual([]);
};

describe('a removal', () => {
  test('ends lives in every state, the one with a job too, and leaves nothing', async () => {
    await ready('rr_runner_busy');
    const job = runJob('rr_runner_busy', 3_000);
    await ready('rr_runner_idle');
    await world.advance(120);
    await ready('rr_runner_going');
    await world.post({ operation: 'destroy', label: 'rr_runner_going' });
    await create('rr_runner_booting');
    await world.advance(20);
    await create('rr_runner_new');

    const { said, status } = await removeStackOf(world);

    expect(said.join('\n')).toMatch(/rr_runner_busy_x86_64-1 .*with a job/);
    expect(status).toBe(0);
    expect(isStackRemoved()).toBe(true);
    expect(world.job(job)).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expectNothingLeft();
  });

  test('closes the doors first, so that nothing new begins', async () => {
    await ready('rr_runner_a');
    const removal = beginRemoval(world);
    await world.until(() => removal.said.some((line) => line.includes('doors are closed')), 60);

    const { status } = await create('rr_runner_late');

    expect(status).toBe(429);
    expect(world.cloud.parameters.get('/Stint/admission')).toMatch(/^closed: /);
    await world.until(() => removal.status() !== undefined, 3_600);
  });

  test('removes the stack only when nothing lives any more', async () => {
    await ready('rr_runner_a');
    const removal = beginRemoval(world);
    await world.until(() => world.cloud.deployed.status === 'DELETE_IN_PROGRESS', 3_600);

    expectNothingLeft();
    await world.until(() => removal.status() !== undefined, 600);
  });

  test('lets jobs come to their end when it is told to, and ends what is idle meanwhile', async () => {
    await ready('rr_runner_busy');
    const job = runJob('rr_runner_busy', 1_500);
    await ready('rr_runner_idle');
    await world.advance(120);
    const removal = beginRemoval(world, { isWaitingForJobs: true });
    await world.advance(900);

    expect(world.job(job).status).toBe('in_progress');
    expect(world.liveInstances().map(({ runner }) => runner)).toEqual(['rr_runner_busy_x86_64-1']);

    await world.until(() => removal.status() !== undefined, 7_200);
    expect(removal.status()).toBe(0);
    expect(world.job(job).conclusion).toBe('success');
    expectNothingLeft();
  });

  test('of a stack in which nothing lives waits for stragglers, and no longer', async () => {
    const { status } = await removeStackOf(world, {}, 300);

    expect(status).toBe(0);
    expect(isStackRemoved()).toBe(true);
  });

  test('changes nothing when it is not confirmed', async () => {
    await ready('rr_runner_a');

    const { status } = await removeStackOf(world, { isConfirmed: false }, 30);

    expect(status).toBe(2);
    expect(world.liveInstances()).toHaveLength(1);
    expect((await create('rr_runner_b')).status).toBe(202);
  });

  test('of a stack whose secret was never filled does not ask GitHub', async () => {
    for (const arn of world.cloud.stack.secretArns) world.cloud.secrets.put(arn, undefined);

    expect(await removeStackOf(world)).toMatchObject({ status: 0 });
  });
});

describe('while GitHub is down', () => {
  beforeEach(async () => {
    await ready('rr_runner_a');
    world.fault({ service: 'github', operation: '*', error: '500', seconds: 20_000 });
  });

  test('instances end all the same, the stack stays, and it says how to go on', async () => {
    const removal = beginRemoval(world);
    await world.until(() => world.liveInstances().length === 0, 300);
    await world.until(() => removal.status() !== undefined, 7_200);

    expect(removal.status()).toBe(1);
    expect(removal.said.at(-1)).toMatch(/Run npm run remove again.*--leave-registrations/);
    expect(world.cloud.deployed.status).toBe('CREATE_COMPLETE');
  });

  test('a second run finishes once GitHub answers again', async () => {
    await removeStackOf(world);
    world.cloud.faults.clear();

    expect(await removeStackOf(world)).toMatchObject({ status: 0 });
    expectNothingLeft();
  });

  test('it can do without GitHub, and still leaves no instance and no execution', async () => {
    const { status } = await removeStackOf(world, { isLeavingRegistrations: true }, 1_800);

    expect(status).toBe(0);
    expect(isStackRemoved()).toBe(true);
    expect(world.liveInstances()).toEqual([]);
    expect(world.state().executions.filter((execution) => execution.status === 'RUNNING')).toEqual([]);
  });
});

test('a credential that GitHub refuses is told at once, when everything else has ended', async () => {
  await ready('rr_runner_a');
  world.fault({ service: 'github', operation: '*', error: '401', seconds: 20_000 });

  const { said, status } = await removeStackOf(world);

  expect(status).toBe(1);
  expect(said.at(-1)).toContain('npm run fill-secret');
  expect(world.liveInstances()).toEqual([]);
});

test.each([0, 1, 4, 8, 12])(
  'interrupted after %i pauses, it goes on when it is run again',
  async (pauses) => {
    await ready('rr_runner_busy');
    runJob('rr_runner_busy', 3_000);
    await create('rr_runner_new');
    beginRemoval(world, { pausesBeforeInterruption: pauses });
    await world.advance(600);

    expect(await removeStackOf(world)).toMatchObject({ status: 0 });
    expect(isStackRemoved()).toBe(true);
    expectNothingLeft();
  },
);

describe('what the state machines cannot end', () => {
  test('stays, with the reason and with all that watches it, when they may not be started', async () => {
    await ready('rr_runner_a');
    world.fault({
      service: 'states',
      operation: 'StartExecution',
      error: 'AccessDeniedException',
      seconds: 60,
    });

    const { said, status } = await removeStackOf(world);

    expect(said.join('\n')).toMatch(
      /The lives cannot be ended: StartExecution: AccessDeniedException.*\nLog in as/,
    );
    expect(status).toBe(1);
    expect(world.liveInstances()).toHaveLength(1);
    await world.advance(120);
    expect((await removeStackOf(world)).status).toBe(0);
    expectNothingLeft();
  });

  test('is waited for while their functions fail', async () => {
    await ready('rr_runner_a');
    const labels = ['rr_runner_a', 'arch_x86_64'];
    world.cloud.github.queueJob({ runId: 1001, labels, durationSeconds: 7_000, isHostile: true });
    await world.advance(120);
    const error = 'UnauthorizedOperation';
    world.fault({ service: 'ec2', operation: 'TerminateInstances', error, seconds: 320 });

    const { said, status } = await removeStackOf(world, {}, 10_000);

    expect(said.join('\n')).toContain('its destroy has begun');
    expect(status).toBe(0);
    expectNothingLeft();
  });

  test('is terminated when its tags do not say whose it is', async () => {
    await ready('rr_runner_a');
    const [instance] = world.cloud.fleet.all;
    Object.assign(instance ?? {}, { tags: { 'stint:deployment': 'local000' } });

    expect(await removeStackOf(world)).toMatchObject({ status: 0 });
    expect(world.liveInstances()).toEqual([]);
  });
});

test('it waits while AWS does not answer', async () => {
  await ready('rr_runner_a');
  const removal = beginRemoval(world);
  await world.advance(30);
  world.fault({ service: 'ec2', operation: 'DescribeInstances', error: 'Unavailable', seconds: 240 });
  await world.until(() => removal.status() !== undefined, 7_200);

  expect(removal.said.join('\n')).toContain('AWS does not answer');
  expect(removal.status()).toBe(0);
  expectNothingLeft();
});
