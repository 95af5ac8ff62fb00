import { afterEach, describe, expect, test } from '@jest/globals';
import { createWorld, type World } from './world.ts';

const label = 'rr_runner_0123456789abcdef0123456789abcdef';
const life = `${label}_x86_64-1`;
const lifetimeSeconds = 3_600;

let world: World;
afterEach(() => world.end());

const arnOf = (name: string): string => `arn:aws:states:us-east-2:000000000000:stateMachine:Stint-${name}`;
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();

const provision = (dates: object, others: object = {}) =>
  world.cloud.executions.start(
    arnOf('provision-runner'),
    life,
    JSON.stringify({ life, label, architecture: 'x86_64', requestedBy: 'somebody', ...dates, ...others }),
  );

const tenDays = 864_000;

describe('an execution that somebody starts by hand', () => {
  test.each<[string, () => object]>([
    [
      'both dates ten days ahead',
      () => ({ requestedAt: inSeconds(tenDays), deadline: inSeconds(tenDays + 3_600) }),
    ],
    ['a deadline ten days ahead', () => ({ requestedAt: inSeconds(0), deadline: inSeconds(tenDays) })],
    [
      'a deadline two minutes beyond the lifetime',
      () => ({ requestedAt: inSeconds(100), deadline: inSeconds(3_700) }),
    ],
    ['the year 9999', () => ({ requestedAt: '9999-12-31T23:00:00Z', deadline: '9999-12-31T23:59:59Z' })],
    ['dates in the past', () => ({ requestedAt: inSeconds(-tenDays), deadline: inSeconds(3_600 - tenDays) })],
    [
      'a request in the past and an end ahead',
      () => ({ requestedAt: inSeconds(-tenDays), deadline: inSeconds(1_800) }),
    ],
    [
      'another zone',
      () => ({ requestedAt: inSeconds(0), deadline: inSeconds(1_800).replace('Z', '-11:00') }),
    ],
    ['no dates', () => ({})],
    ['words', () => ({ requestedAt: 'now', deadline: 'never' })],
    ['numbers', () => ({ requestedAt: Date.now(), deadline: Date.now() + 3_600_000 })],
  ])('with %s gets no machine, and says why', async (_, dates) => {
    world = await createWorld();
    provision(dates());
    await world.advance(300);
    expect(world.state().instances).toEqual([]);
    const [first] = world.state().executions;
    expect(first).toMatchObject({ name: life, status: 'FAILED', error: 'InputInvalid' });
    await world.untilNothingIsLeft(1_800);
  });

  test('with an end within the lifetime has that end', async () => {
    world = await createWorld();
    provision({ requestedAt: inSeconds(0), deadline: inSeconds(1_800) });
    await world.advance(1_790);
    expect(world.liveInstances()).toHaveLength(1);
    await world.advance(180);
    expect(world.liveInstances()).toEqual([]);
    await world.untilNothingIsLeft(1_200);
  });
});

describe('a machine that a launch function, taken over by somebody, has launched with tags of its own', () => {
  /** IAM asks for the form of the tags and not for the truth. */
  const launch = (deadline: string): void => {
    world.cloud.fleet.launch({
      market: 'on-demand',
      imageId: 'ami-forged',
      instanceType: 'c5.9xlarge',
      availabilityZone: 'us-east-2a',
      subnetId: 'subnet-forged',
      clientToken: 'forged',
      userData: '',
      request: {},
      tags: { 'stint:deployment': 'local000', 'stint:life': life, 'stint:deadline': deadline },
    });
  };

  test.each(['2099-12-31T23:59:59.999Z', 'never', ''])(
    'with the deadline %j is ended by the sweep alone, within seven minutes of the lifetime',
    async (deadline) => {
      world = await createWorld({ layers: { isScheduleOn: () => false, isShutdownOn: () => false } });
      launch(deadline);
      await world.advance(lifetimeSeconds + 420);
      expect(world.liveInstances()).toEqual([]);
    },
  );
});

describe('a destroy that somebody starts by hand', () => {
  test.each([{ deadline: '9999-12-31T23:59:59.999Z' }, { deadline: 'never' }, {}])(
    'with %j keeps no busy machine beyond its lifetime, and no other layer away from it',
    async (dates) => {
      world = await createWorld({ layers: { isScheduleOn: () => false, isShutdownOn: () => false } });
      await world.post({ operation: 'create', label, architecture: 'x86_64' });
      await world.untilStatus(label, 'ready', 300);
      world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: tenDays });
      const input = { life, deployment: 'local000', reason: 'asked', mode: 'graceful', ...dates };
      world.cloud.executions.start(arnOf('destroy-runner'), `${life}-asked-1`, JSON.stringify(input));
      await world.advance(3_000);
      expect(world.liveInstances()).toHaveLength(1);
      await world.advance(600 + 420);
      expect(world.liveInstances()).toEqual([]);
    },
  );

  test('for another life than its name says keeps the sweep away for ten minutes at the most', async () => {
    world = await createWorld({ layers: { isScheduleOn: () => false, isShutdownOn: () => false } });
    await world.post({ operation: 'create', label, architecture: 'x86_64' });
    await world.untilStatus(label, 'ready', 300);
    world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: tenDays });
    const other = `${label.slice(0, -1)}0_x86_64-1`;
    await world.post({ operation: 'create', label: `${label.slice(0, -1)}0`, architecture: 'x86_64' });
    const input = { life: other, deployment: 'local000', reason: 'asked', mode: 'graceful' };
    await world.advance(3_000);
    world.cloud.executions.start(arnOf('destroy-runner'), `${life}-asked-1`, JSON.stringify(input));
    await world.advance(600 + 600 + 420);
    expect(world.liveInstances()).toEqual([]);
  });
});
