import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createWorld, type World } from '../statemachine/world.ts';
import { removeStackOf } from './removal.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(async () => {
  await world.end();
});

const doorsAreOpen = (): boolean => world.cloud.parameters.get('/Stint/admission') === 'open';

describe('a stack that must not be touched', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'is protected from removal',
      () => {
        world.cloud.deployed.isProtected = true;
      },
      /--no-enable-termination-protection --stack-name Stint/,
    ],
    [
      'is being deployed',
      () => {
        world.cloud.deployed.status = 'UPDATE_IN_PROGRESS';
      },
      /UPDATE_IN_PROGRESS.*again/,
    ],
    [
      'is somebody else’s',
      () => {
        Object.assign(world.cloud.deployed.record, { description: 'A shop' });
      },
      /not a stack of Stint’s/,
    ],
  ])('%s', async (_, change, said) => {
    change();

    const removal = await removeStackOf(world, {}, 30);

    expect(removal.status).toBe(1);
    expect(removal.said.at(-1)).toMatch(said);
    expect(doorsAreOpen()).toBe(true);
  });
});

describe('a stack that is gone', () => {
  test('is looked for what it left, and nothing is', async () => {
    await removeStackOf(world);

    const { said, status } = await removeStackOf(world, {}, 30);

    expect(status).toBe(0);
    expect(said).toEqual([
      expect.stringContaining('removed already'),
      expect.stringContaining('Nothing is left'),
    ]);
  });

  test('and never was, is no failure', async () => {
    world.cloud.deployed.isDeployed = false;

    const { said, status } = await removeStackOf(world, {}, 30);

    expect(status).toBe(0);
    expect(said).toEqual(['There is no stack Stint in us-east-2, and there was none in the last 90 days.']);
  });
});

test('a stack that is being removed already is only waited for', async () => {
  world.cloud.deployed.remove();

  const { said, status } = await removeStackOf(world, {}, 120);

  expect(status).toBe(0);
  expect(said).not.toContain('CloudFormation removes the stack');
});

test('a stack that somebody began to remove while a runner lived is emptied by another run', async () => {
  await world.post({ operation: 'create', label: 'rr_runner_a', architectures: ['x86_64'] });
  await world.untilStatus('rr_runner_a', 'ready', 300);
  world.cloud.deployed.remove();

  const first = await removeStackOf(world);
  const second = await removeStackOf(world);

  expect(first).toMatchObject({ status: 1, said: expect.arrayContaining(['Stint could not be removed:']) });
  expect(second.status).toBe(0);
  expect(world.liveInstances()).toEqual([]);
});

describe('a machine of a stranger in the network', () => {
  const squat = () => {
    const [subnet] = world.cloud.stack.subnets;
    return world.cloud.fleet.launch({
      imageId: 'ami-0000000000000a900',
      instanceType: 'c5.9xlarge',
      subnetId: subnet?.subnetId ?? '',
      availabilityZone: subnet?.availabilityZone ?? '',
      market: 'on-demand',
      tags: {},
      userData: '',
      clientToken: 'stranger',
      request: {},
    } as never);
  };

  test('keeps the stack, which is told by its resource, and another run ends it', async () => {
    const stranger = squat();

    const first = await removeStackOf(world);

    expect(first.status).toBe(1);
    expect(first.said.join('\n')).toMatch(/Subnet1.*has dependencies/);
    expect(first.said.at(-1)).toContain('Run npm run remove again');

    world.cloud.fleet.end(stranger, 'Client.UserInitiatedShutdown');
    await world.advance(60);
    expect(await removeStackOf(world)).toMatchObject({ status: 0 });
  });
});

describe('what a removed stack has left', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'a log group that somebody brought back',
      () => world.cloud.logGroups.add('/aws/lambda/Stint-sweep'),
      /the log group \/aws\/lambda\/Stint-sweep/,
    ],
    [
      'a resource that the template keeps',
      () => {
        const secret = world.cloud.deployed.resources.find(
          ({ type }) => type === 'AWS::SecretsManager::Secret',
        );
        Object.assign(secret ?? {}, { status: 'DELETE_SKIPPED' });
      },
      /AWS::SecretsManager::Secret .*DELETE_SKIPPED/,
    ],
  ])('is named: %s', async (_, leave, named) => {
    await removeStackOf(world);
    leave();

    const { said, status } = await removeStackOf(world, {}, 30);

    expect(status).toBe(1);
    expect(said.at(-1)).toMatch(named);
  });
});
