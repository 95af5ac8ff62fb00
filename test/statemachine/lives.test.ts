import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWorld, type World } from './world.ts';

const label = 'rr_runner_0123456789abcdef0123456789abcdef';
const architectures = ['x86_64', 'arm64'];

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.end());

const create = (body: object = { architectures }) => world.post({ operation: 'create', label, ...body });
const destroy = () => world.post({ operation: 'destroy', label });
const one = { architecture: 'x86_64' };

describe('a life without faults', () => {
  test('gets ready for the first user, on spot, with the labels that the jobs ask for', async () => {
    expect((await create()).status).toBe(202);
    await world.untilStatus(label, 'ready', 120);
    const { runners } = await world.status(label);
    expect(runners).toMatchObject([
      { name: `${label}_x86_64-1`, market: 'spot', instance_type: 'c5.9xlarge' },
      { name: `${label}_arm64-1`, market: 'spot', instance_type: 'c6g.8xlarge' },
    ]);
    const labels = world.state().registrations.map((registration) => [...registration.labels].sort());
    expect(labels).toEqual(
      expect.arrayContaining([
        ['arch_x86_64', label],
        ['arch_arm64', label],
      ]),
    );
  });

  test('runs its job, and leaves nothing', async () => {
    await create();
    const jobs = architectures.map((architecture) =>
      world.queueJob({ labels: [label, `arch_${architecture}`], durationSeconds: 600 }),
    );
    await world.until(() => world.state().jobs.every(({ status }) => status === 'completed'), 1_200);
    for (const [index, id] of jobs.entries())
      expect(world.job(id)).toMatchObject({
        conclusion: 'success',
        runner: expect.stringContaining(`_${architectures[index]}-1-1-`),
      });
    await world.untilNothingIsLeft(600);
    expect(await world.status(label)).toMatchObject({
      runners: [{ status: 'destroyed' }, { status: 'destroyed' }],
    });
  });

  test("serves the seed's older request too", async () => {
    await create(one);
    await world.untilStatus(label, 'ready', 120);
    expect((await world.post({ operation: 'destroy', labels: [label] })).status).toBe(202);
    await world.untilNothingIsLeft(600);
  });

  test('is one life for each architecture, however often it is asked for', async () => {
    const answers = await Promise.all([create(), create()]);
    await world.advance(20);
    answers.push(await create());
    const names = answers
      .map(({ body }) => body['runners'] as { name: string }[])
      .map((runners) => runners.map(({ name }) => name));
    expect(new Set(names.map((list) => list.join()))).toEqual(
      new Set([`${label}_x86_64-1,${label}_arm64-1`]),
    );
    await world.untilStatus(label, 'ready', 120);
    expect(world.state().instances).toHaveLength(2);
  });

  test('ends at its deadline when nobody asks for anything', async () => {
    await create(one);
    await world.advance(3_600 + 120);
    expect(world.liveInstances()).toEqual([]);
    await world.untilNothingIsLeft(600);
  });
});

describe('capacity', () => {
  const shortage = { service: 'ec2', operation: 'RunInstances', error: 'InsufficientInstanceCapacity' };

  test('missing in the spot market is found on demand, and the status says so', async () => {
    world.fault({ ...shortage, where: { market: 'spot' }, times: 99 });
    await create(one);
    await world.untilStatus(label, 'ready', 180);
    expect((await world.status(label)).runners).toMatchObject([{ market: 'on-demand' }]);
  });

  test('missing in one pool is found in the next', async () => {
    world.fault({ ...shortage, times: 1 });
    await create(one);
    await world.untilStatus(label, 'ready', 180);
    expect((await world.status(label)).runners).toMatchObject([{ market: 'spot' }]);
  });

  test('missing everywhere is sought for ten minutes, and the reason names the codes', async () => {
    world.fault({ ...shortage, times: 9_999 });
    await create(one);
    await world.untilStatus(label, 'failed', 900);
    expect((await world.status(label)).runners[0]?.['reason']).toMatch(
      /no capacity for 10 minutes.*InsufficientInstanceCapacity/,
    );
    await world.untilNothingIsLeft(900);
  });

  test('comes back in time', async () => {
    world.fault({ ...shortage, seconds: 300 });
    await create(one);
    await world.untilStatus(label, 'ready', 600);
  });

  test('a quota that is used up is a failure that says so at once', async () => {
    world.fault({ ...shortage, where: { market: 'spot' }, times: 99 });
    world.fault({ service: 'ec2', operation: 'RunInstances', error: 'VcpuLimitExceeded', times: 99 });
    await create(one);
    await world.untilStatus(label, 'failed', 60);
    expect((await world.status(label)).runners[0]?.['reason']).toMatch(/quota/i);
  });
});

describe('faults that pass', () => {
  test.each([
    ['GitHub answers 500 for two minutes', { service: 'github', operation: '*', error: '500', seconds: 120 }],
    [
      'EC2 throttles the launch',
      { service: 'ec2', operation: 'RunInstances', error: 'RequestLimitExceeded', times: 5 },
    ],
    [
      'the answer of a launch is lost',
      { service: 'ec2', operation: 'RunInstances', error: 'AnswerLost', times: 1 },
    ],
    [
      'the answer of a registration is lost',
      { service: 'github', operation: '*', error: 'AnswerLost', times: 1 },
    ],
    [
      'the answer of the schedule is lost',
      { service: 'scheduler', operation: 'CreateSchedule', error: 'AnswerLost', times: 1 },
    ],
    ['KMS is away for a minute', { service: 'kms', operation: '*', error: '503', seconds: 60 }],
  ])('%s, and the runner gets ready', async (_, fault) => {
    world.fault(fault);
    await create(one);
    await world.untilStatus(label, 'ready', 600);
    expect(world.liveInstances()).toHaveLength(1);
    await destroy();
    await world.untilNothingIsLeft(900);
  });
});

describe('a machine', () => {
  test('that never registers is a failure with its console, and leaves nothing', async () => {
    world.fault({ service: 'machine', operation: 'register', error: 'never', times: 9 });
    await create(one);
    await world.untilStatus(label, 'failed', 900);
    expect((await world.status(label)).runners[0]?.['reason']).toMatch(/did not come online/);
    await world.untilNothingIsLeft(900);
  });

  test('that EC2 takes away while it boots is followed by one on demand', async () => {
    world.fault({ service: 'machine', operation: 'run', error: 'Server.SpotInstanceTermination', times: 1 });
    await create(one);
    await world.untilStatus(label, 'ready', 600);
    expect((await world.status(label)).runners).toMatchObject([{ market: 'on-demand' }]);
    expect(world.liveInstances()).toHaveLength(1);
  });

  test.each([
    [
      'powers itself off',
      'Client.InstanceInitiatedShutdown',
      /^RunnerNeverOnline: .*powered itself off.*\n.*the download failed/,
    ],
    ['has no volume', 'Client.VolumeLimitExceeded', /^AwsRefused: .*volumes.*Client\.VolumeLimitExceeded/],
    [
      'somebody ends',
      'Client.UserInitiatedShutdown',
      /^InstanceLost: .*not by EC2.*Client\.UserInitiatedShutdown/,
    ],
  ])('that %s while it boots is a failure at once, and no other is bought', async (_, error, reason) => {
    world.fault({ service: 'machine', operation: 'run', error, times: 9 });
    await create(one);
    await world.untilStatus(label, 'failed', 300);
    expect((await world.status(label)).runners[0]?.['reason']).toMatch(reason);
    expect(world.cloud.fleet.all).toHaveLength(1);
    await world.untilNothingIsLeft(1_500);
  });

  test('that is lost twice is a failure with the reason of EC2', async () => {
    world.fault({ service: 'machine', operation: 'run', error: 'Server.InternalError', times: 2 });
    await create(one);
    await world.untilStatus(label, 'failed', 900);
    expect((await world.status(label)).runners[0]?.['reason']).toMatch(/Server.InternalError/);
    await world.untilNothingIsLeft(1_500);
  });
});

describe('an idle runner', () => {
  test.each(['Its machine has powered off', 'A job'])(
    'that a destroy has ended is not told with the words "%s"',
    async (words) => {
      await create(one);
      await world.untilStatus(label, 'ready', 120);
      await destroy();
      await world.untilStatus(label, 'destroyed', 1_500);
      const reason = (await world.status(label)).runners[0]?.['reason'];
      expect(reason).toBe('A destroy was asked for.');
      expect(reason).not.toContain(words);
    },
  );
});

describe('a job', () => {
  const ready = async () => {
    await create(one);
    await world.untilStatus(label, 'ready', 120);
  };

  test('longer than the lifetime is ended at the deadline, not later than two minutes after it', async () => {
    await create(one);
    world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: 9_000 });
    await world.advance(3_590);
    expect(world.liveInstances()).toHaveLength(1);
    await world.advance(130);
    expect(world.liveInstances()).toEqual([]);
    await world.untilNothingIsLeft(1_500);
  });

  test('that runs is not ended by a destroy', async () => {
    await ready();
    const job = world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: 900 });
    await world.advance(120);
    await destroy();
    await world.until(() => world.job(job).status === 'completed', 1_200);
    expect(world.job(job).conclusion).toBe('success');
    await world.untilNothingIsLeft(600);
  });

  test.each([0, 1, 2, 5, 20, 45, 70])(
    'that started %i seconds before the destroy is not ended by it, though GitHub still shows it idle',
    async (seconds) => {
      await ready();
      const job = world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: 400 });
      await world.advance(seconds);
      await destroy();
      await world.until(() => world.job(job).status === 'completed', 1_200);
      expect(world.job(job).conclusion).toBe('success');
      await world.untilNothingIsLeft(600);
    },
  );

  test('that is queued after the labels were withdrawn does not get the runner', async () => {
    await ready();
    await destroy();
    await world.advance(10);
    const job = world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: 60 });
    await world.untilNothingIsLeft(900);
    expect(world.job(job).status).toBe('queued');
  });
});

describe('a destroy', () => {
  test('of an idle runner terminates within five minutes, and all else is gone within ten', async () => {
    await create(one);
    await world.untilStatus(label, 'ready', 120);
    await destroy();
    await world.advance(300);
    expect(world.liveInstances()).toEqual([]);
    await world.untilNothingIsLeft(300);
  });

  test.each(Array.from({ length: 14 }, (_, index) => index * 5))(
    'that comes %i seconds after the request leaves nothing',
    async (seconds) => {
      await create(one);
      await world.advance(seconds);
      expect((await destroy()).body).toMatchObject({ runners: [{ status: 'destroying' }] });
      await world.untilNothingIsLeft(1_200);
      expect((await world.status(label)).runners).toMatchObject([{ status: 'destroyed' }]);
    },
  );

  test('of nothing is accepted', async () => {
    expect(await destroy()).toMatchObject({ status: 202, body: { runners: [] } });
  });

  test('does not touch the next life of the same label, nor does the late schedule', async () => {
    await create(one);
    await world.untilStatus(label, 'ready', 120);
    await destroy();
    await world.advance(5);
    expect((await create(one)).body).toMatchObject({
      runners: [{ name: `${label}_x86_64-2`, status: 'requested' }],
    });
    await world.untilStatus(label, 'ready', 120);
    await world.advance(1_200);
    expect(world.liveInstances()).toMatchObject([{ runner: `${label}_x86_64-2` }]);
    expect((await world.status(label)).runners).toMatchObject([
      { name: `${label}_x86_64-2`, status: 'ready' },
    ]);
  });

  test('that an operator stops is done again by the sweep', async () => {
    await create(one);
    await world.untilStatus(label, 'ready', 120);
    await destroy();
    await world.advance(20);
    world.stop(`${label}_x86_64-1-asked-1`);
    await world.untilNothingIsLeft(1_500);
  });
});

describe("an operator's Stop", () => {
  test.each(Array.from({ length: 7 }, (_, index) => index * 4))(
    '%i seconds into the provision is a failure that says so, and leaves nothing',
    async (seconds) => {
      await create(one);
      await world.advance(seconds);
      world.stop(`${label}_x86_64-1`);
      await world.untilStatus(label, 'failed', 10);
      expect((await world.status(label)).runners[0]?.['reason']).toMatch(/stopped/i);
      await world.untilNothingIsLeft(900);
    },
  );
});
