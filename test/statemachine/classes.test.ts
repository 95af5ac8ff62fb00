import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Stack } from '../../local/template/stack.ts';
import { simulatedStack } from '../campaign/campaign-stack.ts';
import { createVerifiedWorld, label, repository, type VerifiedWorld } from './verified-world.ts';

/** Hours that are simulated take a slow machine a while. */
jest.setTimeout(60_000);

const classes = {
  metal: {
    instanceTypes: { x86_64: ['c5.metal'] },
    market: 'on-demand',
    lifetimeMinutes: 180,
    volumeGib: 100,
    kvm: true,
  },
  kvm: { instanceTypes: { x86_64: ['m8i.4xlarge'], arm64: ['c6g.metal'] }, kvm: true, perRun: 1 },
};

let stack: Stack;
beforeAll(async () => {
  stack = await simulatedStack({ admission: 'verified', runnerHoursPerDay: 200, classes });
});

let world: VerifiedWorld;
const begin = async (bootSeconds = 20): Promise<VerifiedWorld> => {
  world = await createVerifiedWorld({ stack, bootSeconds: () => bootSeconds });
  return world;
};
afterEach(() => world.end());

const x86 = { architecture: 'x86_64' };
const launches = () => world.cloud.fleet.all.map(({ request }) => request as Record<string, unknown>);
const liveMachines = () => world.state().instances.filter(({ state }) => state !== 'terminated').length;
const runner = async (of = label) => (await world.status(of)).runners[0];

describe('a life of a class', () => {
  test('on a whole machine that boots for twenty minutes gets ready, on-demand, with its disk and label', async () => {
    const { create } = await begin(1_200);
    expect(await create({ ...x86, class: 'metal' })).toMatchObject({ status: 202 });
    await world.untilStatus(label, 'ready', 1_500);
    expect(await runner()).toMatchObject({ class: 'metal', market: 'on-demand', instance_type: 'c5.metal' });
    expect(launches()).toHaveLength(1);
    expect(launches()[0]).not.toHaveProperty('CpuOptions');
    expect(JSON.stringify(launches()[0])).toContain('"VolumeSize":"100"');
    expect(world.state().registrations.map(({ labels }) => labels)).toEqual([
      [label, 'arch_x86_64', 'class_metal'],
    ]);
  });

  test('asks for on-demand alone, also when capacity is sought again', async () => {
    const { create } = await begin();
    const error = 'InsufficientInstanceCapacity';
    world.cloud.control.addFault({ service: 'ec2', operation: 'RunInstances', error, times: 5 });
    await create({ ...x86, class: 'metal' });
    await world.untilStatus(label, 'ready', 600);
    const asked = world.cloud.fleet.all.map(({ market }) => market);
    expect(asked).toEqual(['on-demand']);
  });

  test('is not ended before its own deadline, and by then, whatever its job does', async () => {
    const { create, queueOwnJob } = await begin();
    await create({ ...x86, class: 'metal' });
    await world.ready();
    queueOwnJob(86_400);
    await world.advance(179 * 60 - 130);
    expect(liveMachines()).toBe(1);
    await world.advance(5 * 60);
    expect(liveMachines()).toBe(0);
  });

  test.each([
    ['m8i.4xlarge', 'x86_64', 'kvm', { NestedVirtualization: 'enabled' }],
    ['c6g.metal', 'arm64', 'kvm', undefined],
    ['c5.9xlarge', 'x86_64', 'default', undefined],
  ])('on %s for %s in class %s has the option for /dev/kvm: %j', async (type, architecture, name, option) => {
    const { create } = await begin();
    await create({ architecture, class: name });
    await world.untilStatus(label, 'ready', 300);
    expect(await runner()).toMatchObject({ class: name, instance_type: type });
    expect(launches()[0]?.['CpuOptions']).toEqual(option);
  });
});

describe('a request for a class', () => {
  test('of a run from a fork is refused, and for the default one it is not', async () => {
    const { create, putRun } = await begin();
    putRun('in_progress', { headRepository: 'mallory/rr' });
    expect(await create({ ...x86, class: 'metal' })).toMatchObject({
      status: 403,
      body: { rule: 'class-forks', detail: expect.stringMatching(/^Run 1001 .* mallory\/rr, .*"metal"/) },
    });
    await world.advance(10);
    expect(await create(x86)).toMatchObject({ status: 202 });
  });

  test('of a fork is refused by the list of active runs too', async () => {
    const { create } = await begin();
    const ofFork = { repository, runId: 1002, runAttempt: 1, status: 'in_progress' } as const;
    world.cloud.control.putRun({ ...ofFork, headRepository: 'mallory/rr' });
    await world.advance(60);
    expect(await create({ ...x86, run_id: 1002, label: 'rr_runner_1002_1', class: 'kvm' })).toMatchObject({
      status: 403,
      body: { rule: 'class-forks' },
    });
  });

  test('by a queued job is served, but for one of a fork’s run', async () => {
    await begin();
    const ofFork = { repository, runId: 1002, runAttempt: 1, status: 'in_progress' } as const;
    world.cloud.control.putRun({ ...ofFork, headRepository: 'mallory/rr' });
    const queue = (runId: number) =>
      world.queueJob({
        runId,
        labels: [`rr_runner_${runId}_1`, 'arch_x86_64', 'class_kvm'],
        durationSeconds: 60,
      });
    const [own, foreign] = [queue(1001), queue(1002)];
    await world.advance(300);
    expect(world.job(own)).toMatchObject({ conclusion: 'success' });
    expect(world.job(foreign)).toMatchObject({ status: 'queued' });
    expect(world.cloud.fleet.all).toHaveLength(1);
  });

  test('that there is none of lists the classes, and one for another than lives is told so', async () => {
    const { create } = await begin();
    expect(await create({ ...x86, class: 'huge' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('"default", "metal", "kvm"') },
    });
    await create({ ...x86, class: 'kvm' });
    await world.advance(10);
    expect(await create({ ...x86, class: 'metal' })).toMatchObject({
      status: 403,
      body: { rule: 'one-class' },
    });
  });

  test('has a quota of its own for each run', async () => {
    const { create } = await begin();
    const answers = [];
    for (const suffix of ['a', 'b']) {
      answers.push(await create({ ...x86, label: `${label}_${suffix}`, class: 'kvm' }));
      await world.advance(10);
    }
    expect(answers).toMatchObject([{ status: 202 }, { status: 429, body: { rule: 'run-quota' } }]);
    expect(await create({ ...x86, label: `${label}_c` })).toMatchObject({ status: 202 });
  });
});
