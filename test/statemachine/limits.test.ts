import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createVerifiedWorld, type VerifiedWorld } from './verified-world.ts';

/** Days and twenty lives at once take a slow machine a while. */
jest.setTimeout(60_000);

let world: VerifiedWorld;
beforeEach(async () => {
  world = await createVerifiedWorld();
});
afterEach(() => world.end());

describe('the cap', () => {
  test('holds at the launch when more began without having been admitted', async () => {
    const { name, environment } =
      world.cloud.stack.functions.find(({ stem }) => stem === 'request-runners') ?? {};
    expect({ name, cap: environment?.['LIVE_RUNNER_CAP'] }).toEqual({
      name: 'Stint-request-runners',
      cap: '20',
    });
    for (let n = 1; n <= 24; n += 1) startPast(n);
    await world.until(() => world.state().executions.every(({ status }) => status !== 'RUNNING'), 400);
    const failed = world.state().executions.filter(({ error }) => error === 'CapReached');
    expect(failed).toHaveLength(4);
    expect(world.liveInstances()).toHaveLength(20);
  });
});

/** Starts a provision past admission, as several requests at the same moment can. */
const startPast = (n: number): void => {
  const machine = world.cloud.stack.stateMachines.find(({ name }) => name.endsWith('provision-runner'));
  const label = `rr_runner_${String(n).padStart(2, '0')}`;
  const life = `${label}_x86_64-1`;
  const now = Date.now();
  const input = {
    life,
    label,
    architecture: 'x86_64',
    requestedAt: new Date(now).toISOString(),
    deadline: new Date(now + 3_600_000).toISOString(),
    requestedBy: 'anonymous',
  };
  world.cloud.executions.start(machine?.arn ?? '', life, JSON.stringify(input));
};

describe('the budget of runner-hours a day', () => {
  const parameter = () => world.cloud.stack.parameters[0]?.name ?? '';
  const position = () => world.cloud.parameters.get(parameter());
  /** As if sweeps had found so many hours' worth of runners. */
  const spend = (hours: number): void =>
    world.cloud.cloudWatch.read({
      RunnerHours: hours,
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          { Namespace: 'Stint', Dimensions: [[]], Metrics: [{ Name: 'RunnerHours', Unit: 'None' }] },
        ],
      },
    });

  test('closes admission when it is used up, says so, and opens it again a day later', async () => {
    await world.advance(310);
    expect(position()).toBe('open');
    spend(48);
    await world.advance(15);
    expect(await world.create()).toMatchObject({
      status: 503,
      body: {
        rule: 'switch',
        detail: expect.stringContaining('the budget of 48 runner-hours a day is used up'),
      },
    });
    await world.advance(86_400 + 310);
    expect(position()).toBe('open');
    expect(await world.create()).toMatchObject({ status: 202 });
  });

  test('is spent by each launch, and by what the sweep counts: a live runner for each five minutes', async () => {
    await world.advance(10);
    await world.create({ architectures: ['x86_64', 'arm64'] });
    await world.advance(1_200);
    const key = { namespace: 'Stint', metricName: 'RunnerHours', dimensions: {} };
    expect(world.cloud.cloudWatch.values(key, 86_400)).toEqual([1 / 12, 1 / 12, 0, 1 / 6, 1 / 6, 1 / 6]);
  });

  test("leaves an operator's own position alone", async () => {
    world.cloud.parameters.put(parameter(), 'closed: maintenance');
    await world.advance(310);
    spend(50);
    await world.advance(15);
    expect(position()).toBe('closed: maintenance');
    await world.advance(86_400 + 600);
    expect(position()).toBe('closed: maintenance');
  });
});
