import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { WireExchange } from '../../local/wire/front-door.ts';
import { createWorld, type World } from './world.ts';

/** Twenty lives at once take a slow machine a while. */
jest.setTimeout(60_000);

const run = { service: 'ec2', operation: 'RunInstances' };
const throttling = { ...run, error: 'RequestLimitExceeded' };
const shortage = { ...run, error: 'InsufficientInstanceCapacity' };
const label = 'rr_runner_turn';
const life = `${label}_x86_64-1`;

interface Call {
  readonly operation: string;
  readonly at: number;
  readonly token?: string;
}

let world: World;
let calls: Call[];
const record = ({ call: { operation, parameters } }: Pick<WireExchange, 'call'>): void => {
  const token = parameters['ClientToken'];
  calls.push({ operation, at: Date.now(), ...(typeof token === 'string' ? { token } : {}) });
};
beforeEach(async () => {
  calls = [];
  world = await createWorld({ watcher: { onCall: record } });
});
afterEach(() => world.end());

const create = (asked: string) => world.post({ operation: 'create', label: asked, architecture: 'x86_64' });

/** Starts provisions in one moment, as no client of the API can: the stage has a limit. */
const start = (names: readonly string[]): void => {
  const machine = world.cloud.stack.stateMachines.find(({ name }) => name.endsWith('provision-runner'));
  const now = Date.now();
  for (const asked of names) {
    const input = {
      life: `${asked}_x86_64-1`,
      label: asked,
      architecture: 'x86_64',
      requestedAt: new Date(now).toISOString(),
      deadline: new Date(now + 3_600_000).toISOString(),
      requestedBy: 'anonymous',
    };
    world.cloud.executions.start(machine?.arn ?? '', input.life, JSON.stringify(input));
  }
};

/** Somebody writes an item by hand. */
const write = (item: Readonly<Record<string, object>>) =>
  world.cloud.tables.ask(
    'PutItem',
    JSON.stringify({ TableName: world.cloud.stack.tables[0]?.name, Item: item }),
  );

const callsOf = (operation: string): readonly Call[] => calls.filter((call) => call.operation === operation);
const events = () => world.cloud.executions.all.find(({ name }) => name === life)?.run.history.events ?? [];
const visits = (state: string): number =>
  events().filter((event) => event.state === state && event.type.endsWith('StateEntered')).length;
const failures = (): readonly unknown[] => events().filter(({ type }) => type.includes('Failed'));
const reason = async (): Promise<unknown> => (await world.status(label)).runners[0]?.['reason'];

describe('a launch that EC2 throttles', () => {
  test('goes back to its turn, and neither fails a step nor asks for another configuration', async () => {
    world.fault({ ...throttling, times: 4 });
    await create(label);
    await world.untilStatus(label, 'ready', 300);
    expect({ turns: visits('TakeTurn'), failures: failures() }).toEqual({ turns: 5, failures: [] });
    expect(callsOf('GenerateJitConfig')).toHaveLength(1);
    expect(new Set(callsOf('RunInstances').map(({ token }) => token)).size).toBe(1);
  });

  test('is never given up while the deadline allows it, and comes more and more seldom', async () => {
    world.fault({ ...throttling, seconds: 2_400 });
    await create(label);
    await world.advance(1_800);
    expect((await world.status(label)).runners).toMatchObject([{ status: 'launching' }]);
    await world.untilStatus(label, 'ready', 900);
    expect(visits('TakeTurn')).toBeLessThan(60);
  });

  test('ends by its name when the deadline does not allow it any more', async () => {
    world.fault({ ...throttling, seconds: 7_200 });
    await create(label);
    await world.untilStatus(label, 'failed', 3_300);
    expect(await reason()).toMatch(/^LaunchForbidden: .*10 minutes remain/);
    await world.untilNothingIsLeft(900);
  });

  test('keeps its pool and its token when an earlier try was launched and its answer lost', async () => {
    world.fault({ ...run, error: 'AnswerLost', times: 1 });
    world.fault({ ...throttling, times: 1 });
    await create(label);
    await world.until(() => callsOf('RunInstances').length === 2, 60);
    // Meanwhile others find every pool empty.
    for (const market of ['spot', 'on-demand'])
      for (const zone of ['a', 'b', 'c'])
        await write({
          pk: { S: 'shortages' },
          sk: { S: `${market}#${zone}` },
          market: { S: market },
          instanceType: { S: 'c5.9xlarge' },
          availabilityZone: { S: `us-east-2${zone}` },
          code: { S: shortage.error },
          at: { S: new Date().toISOString() },
        });
    await world.untilStatus(label, 'ready', 300);
    expect(world.state().instances).toHaveLength(1);
    expect(new Set(callsOf('RunInstances').map(({ token }) => token)).size).toBe(1);
  });

  test('with a configuration that has grown old begins a new round, and nothing is left of the old one', async () => {
    world.fault({ ...throttling, seconds: 46 * 60 });
    await create(label);
    await world.untilStatus(label, 'ready', 3_300);
    expect(callsOf('GenerateJitConfig')).toHaveLength(2);
    expect(world.state().registrations.map(({ name }) => name)).toEqual([
      expect.stringMatching(new RegExp(`^${life}-2-`)),
    ]);
  });
});

describe('a life that seeks capacity', () => {
  test('asks GitHub for one configuration a round, however many pools it asks', async () => {
    world.fault({ ...shortage, times: 4 });
    await create(label);
    await world.untilStatus(label, 'ready', 300);
    expect({ turns: visits('TakeTurn'), tried: callsOf('RunInstances').length }).toEqual({
      turns: 5,
      tried: 5,
    });
    expect(callsOf('GenerateJitConfig')).toHaveLength(1);
  });

  test('asks GitHub for none while others have found all pools empty', async () => {
    world.fault({ ...shortage, seconds: 60 });
    await create('rr_runner_first');
    await world.until(() => callsOf('RunInstances').length === 6, 30);
    await create(label);
    await world.advance(30);
    expect(callsOf('RunInstances')).toHaveLength(6);
    expect(callsOf('GenerateJitConfig')).toHaveLength(1);
    expect(await reason()).toMatch(/No capacity pool had room/);
    await world.untilStatus(label, 'ready', 300);
  });
});

describe('twenty lives at once', () => {
  const labels = Array.from({ length: 20 }, (_, index) => `rr_runner_${String(index).padStart(2, '0')}`);
  const isEachReady = (): boolean =>
    labels.every((asked) =>
      world.cloud.executions.all.some(
        ({ name, status }) => name === `${asked}_x86_64-1` && status === 'SUCCEEDED',
      ),
    );
  const launchesIn = (from: number, seconds: number): number =>
    callsOf('RunInstances').filter(({ at }) => at >= from && at < from + seconds * 1_000).length;

  test('launch one after another, two a second, and none is throttled', async () => {
    start(labels);
    await world.until(isEachReady, 400);
    const moments = callsOf('RunInstances').map(({ at }) => at);
    expect(moments).toHaveLength(20);
    for (const moment of moments) expect(launchesIn(moment, 5)).toBeLessThanOrEqual(12);
    const refused = world.cloud.rations.report().filter(({ operation }) => operation === 'RunInstances');
    expect(refused.map((ration) => ration.refused)).toEqual([0]);
  });

  test('do not each ask every empty pool: somebody asks each once a minute', async () => {
    world.fault({ ...shortage, seconds: 300 });
    start(labels);
    await world.advance(60);
    expect(callsOf('RunInstances').length).toBeLessThanOrEqual(12);
    await world.until(isEachReady, 600);
    expect(callsOf('RunInstances').length).toBeLessThanOrEqual(20 + 6 * 12);
  });
});

describe('turns are a courtesy', () => {
  test.each(['take-turn', 'rank-capacity-pools'])(
    'a life launches though the table is away for %s',
    async (stem) => {
      const where = { caller: `Stint-${stem}` };
      world.fault({ service: 'dynamodb', operation: '*', error: '500', where, seconds: 3_600 });
      await create(label);
      await world.untilStatus(label, 'ready', 180);
      expect(failures()).toEqual([]);
    },
  );

  test('a life launches though somebody has written nonsense into the turns', async () => {
    await write({
      pk: { S: 'turns' },
      sk: { S: 'launch' },
      nextFirst: { S: 'never' },
      nextAgain: { N: '9e15' },
    });
    await create(label);
    await world.untilStatus(label, 'ready', 120);
  });

  test('a life whose turn is far away says when it comes', async () => {
    const next = String(Math.ceil(Date.now() / 500) + 100);
    await write({ pk: { S: 'turns' }, sk: { S: 'launch' }, nextFirst: { N: next } });
    await create(label);
    await world.advance(5);
    expect(await reason()).toBe(
      'Its turn to launch comes at 2026-03-01T10:00:50.000Z: AWS takes two launches a second, and others asked before.',
    );
    expect(callsOf('GenerateJitConfig')).toEqual([]);
    await world.untilStatus(label, 'ready', 180);
  });
});
