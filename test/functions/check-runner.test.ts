import { describe, expect, test } from '@jest/globals';
import { checkRunner } from '../../functions/check-runner.ts';
import { InstanceLost, RunnerNeverOnline } from '../../functions/domain/errors.ts';
import type { Instance, Registration } from '../../functions/domain/ports.ts';
import { classes } from './fakes/classes.ts';
import { firstRound, instance, later, provisionInput, registration, runner } from './fakes/life.ts';
import { measured } from './fakes/measured.ts';

const input = {
  ...provisionInput,
  round: firstRound,
  runner,
  search: { instance: { ...instance, subnetId: 'subnet-a', launchedAt: instance.launchedAt.toISOString() } },
};

interface Scene {
  readonly instances?: readonly Instance[];
  readonly registered?: Registration | undefined;
  /** Since the request; the launch was after ten. */
  readonly seconds?: number;
  readonly console?: (id: string) => Promise<string | undefined>;
}

const prepare = (scene: Scene, onLook: () => void = () => undefined) => {
  const terminated: string[] = [];
  const remembered: string[] = [];
  const { measure, values, told } = measured();
  const step = checkRunner(
    {
      instances: {
        ofLife: async () => {
          onLook();
          return scene.instances ?? [instance];
        },
      },
      registrations: { byId: async () => scene.registered },
      terminator: { terminate: async (ids) => void terminated.push(...ids) },
      console: { consoleOutput: scene.console ?? (async () => undefined) },
      clock: () => later(scene.seconds ?? 30),
      measure,
      remember: async (architecture, seconds) => void remembered.push(`${architecture} ${seconds}`),
    },
    classes,
  );
  return { remembered, terminated, values, told, step };
};

const offline = { ...registration, online: false };
const lost: Instance = { ...instance, state: 'terminated', stateReason: 'Server.InternalError' };

test('a runner that is online is ready, on the instance that EC2 shows', async () => {
  const { step } = prepare({ registered: registration });
  await expect(step(input)).resolves.toEqual({
    outcome: 'ready',
    readyAt: later(30).toISOString(),
    instance: { id: 'i-1', market: 'spot', instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2a' },
  });
});

test('the time from the request to the runner is counted once, by market, and remembered', async () => {
  const { step, values, told, remembered } = prepare({ registered: registration });
  await step(input);
  expect(values).toEqual(['SecondsToReady 30 spot']);
  expect(remembered).toEqual(['x86_64 30']);
  expect(told).toMatchObject([{ decision: 'ready', life: provisionInput.life }]);
  const waiting = prepare({ registered: offline });
  await waiting.step(input);
  expect([...waiting.values, ...waiting.remembered]).toEqual([]);
});

describe('a registration that GitHub does not show', () => {
  const ending: Instance = { ...instance, state: 'shutting-down' };
  const twice = async (instances: readonly Instance[], seconds: number) => {
    const first = await prepare({ instances, registered: undefined, seconds }).step(input);
    const again = prepare({ instances, registered: undefined, seconds: seconds + 30 });
    return { first, second: again.step({ ...input, check: first as object }) };
  };

  test('twice while its instance ends is that of a job that came and went between two polls', async () => {
    const { first, second } = await twice([ending], 30);
    expect(first).toMatchObject({ outcome: 'waiting' });
    await expect(second).resolves.toMatchObject({ outcome: 'used', instance: { id: 'i-1' } });
  });

  test('once may be there: its instance is lost', async () => {
    const { first } = await twice([lost], 30);
    const { step } = prepare({ instances: [lost], registered: offline, seconds: 60 });
    await expect(step({ ...input, check: first as object })).resolves.toMatchObject({ outcome: 'lost' });
  });

  test('in an earlier round says nothing of this one', async () => {
    const { first } = await twice([ending], 30);
    const round = { number: 2, markets: 'on-demand-only' } as const;
    const { step } = prepare({ instances: [{ ...ending, round: 2 }], registered: undefined, seconds: 600 });
    await expect(step({ ...input, round, check: first as object })).resolves.toMatchObject({
      outcome: 'waiting',
    });
  });

  test('once after ten minutes does not make its runner one that never came online', async () => {
    const { first, second } = await twice([instance], 610);
    expect(first).toMatchObject({ outcome: 'waiting' });
    await expect(second).rejects.toThrow(RunnerNeverOnline);
  });
});

test('an instance that boots is waited for', async () => {
  await expect(prepare({ registered: offline }).step(input)).resolves.toMatchObject({ outcome: 'waiting' });
});

test('a lost instance is followed by another round', async () => {
  const { step } = prepare({ instances: [lost], registered: offline, seconds: 45 });
  await expect(step(input)).resolves.toMatchObject({ outcome: 'lost' });
});

test('a lost instance in the last round is a failure that names the reason of EC2', async () => {
  const secondRound = { ...lost, round: 2 };
  const { step } = prepare({ instances: [lost, secondRound], registered: offline, seconds: 45 });
  const outcome = step({ ...input, round: { number: 2, markets: 'on-demand-only' } });
  await expect(outcome).rejects.toThrow(InstanceLost);
  await expect(outcome).rejects.toThrow(/Server.InternalError/);
});

test('a machine that gave up is a failure with what its console said last, and no other round', async () => {
  const read: string[] = [];
  const consoleOutput = async (id: string) => {
    read.push(id);
    return 'stint: the boot script failed with status 3';
  };
  const gaveUp: Instance = { ...lost, stateReason: 'Client.InstanceInitiatedShutdown' };
  const surplus: Instance = { ...lost, id: 'i-0', stateReason: 'Client.UserInitiatedShutdown' };
  const { step } = prepare({
    instances: [surplus, gaveUp],
    registered: offline,
    seconds: 45,
    console: consoleOutput,
  });
  await expect(step(input)).rejects.toThrow(/powered itself off.*\n.*the boot script failed with status 3/);
  expect(read).toEqual(['i-1']);
});

test('the instances of an earlier round do not count', async () => {
  const { step } = prepare({ instances: [lost], registered: offline });
  const round = { number: 2, markets: 'on-demand-only' } as const;
  await expect(step({ ...input, round })).resolves.toMatchObject({ outcome: 'waiting' });
});

test('all but one live instance of the round are terminated', async () => {
  const twin = { ...instance, id: 'i-2', launchedAt: later(12) };
  const { terminated, step } = prepare({ instances: [twin, instance], registered: offline, seconds: 45 });
  await step(input);
  expect(terminated).toEqual(['i-2']);
});

test('a ready runner is on the instance that is kept, in whatever order EC2 shows them', async () => {
  const twin = { ...instance, id: 'i-2', launchedAt: later(12) };
  const ended = { ...lost, id: 'i-0' };
  const { step } = prepare({ instances: [ended, twin, instance], registered: registration });
  await expect(step(input)).resolves.toMatchObject({ outcome: 'ready', instance: { id: 'i-1' } });
});

test('a runner that is not online after ten minutes is a failure with what its console said', async () => {
  const console = async () => 'stint: the checksum does not match';
  const { step } = prepare({ registered: offline, seconds: 610, console });
  const outcome = step(input);
  await expect(outcome).rejects.toThrow(RunnerNeverOnline);
  await expect(outcome).rejects.toThrow(/the checksum does not match/);
});

test('a console that cannot be read changes nothing', async () => {
  const console = async () => {
    throw new Error('UnauthorizedOperation');
  };
  const { step } = prepare({ registered: offline, seconds: 610, console });
  await expect(step(input)).rejects.toThrow(/no console output/);
});

describe('EC2, which rations its answers', () => {
  const watched = (scene: Scene) => {
    let looks = 0;
    const step = prepare(scene, () => {
      looks += 1;
    }).step;
    return { step, looks: () => looks };
  };

  test.each([
    ['the launch was its answer', 35, undefined, 0],
    ['half a minute after the launch', 40, undefined, 1],
    ['it has just answered', 60, later(40), 0],
    ['half a minute after its last answer', 70, later(40), 1],
    ['the time for the boot is over', 610, later(605), 1],
  ])(
    'is asked about a machine that boots when that may tell more: %s',
    async (_, seconds, lookedAt, count) => {
      const { step, looks } = watched({ registered: offline, seconds });
      const check = lookedAt === undefined ? {} : { check: { lookedAt: lookedAt.toISOString() } };
      await step({ ...input, ...check }).catch(() => undefined);
      expect(looks()).toBe(count);
    },
  );

  test('is asked whenever the runner is online, or GitHub does not show it', async () => {
    for (const registered of [registration, undefined]) {
      const { step, looks } = watched({ registered, seconds: 15 });
      await step(input);
      expect(looks()).toBe(1);
    }
  });

  test('is asked half a minute after its last answer, however often GitHub was asked meanwhile', async () => {
    const first = await watched({ registered: offline, seconds: 50 }).step(input);
    const second = await watched({ registered: offline, seconds: 60 }).step({
      ...input,
      check: first as object,
    });
    const third = watched({ registered: offline, seconds: 80 });
    await third.step({ ...input, check: second as object });
    expect({ lookedAt: Reflect.get(second, 'lookedAt'), looks: third.looks() }).toEqual({
      lookedAt: later(50).toISOString(),
      looks: 1,
    });
  });
});
