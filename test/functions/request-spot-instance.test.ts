import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable, CapReached, LaunchForbidden } from '../../functions/domain/errors.ts';
import { launchIn, launchInput } from './fakes/launch.ts';
import { deployment, later, life } from './fakes/life.ts';

describe('a launch attempt', () => {
  test('asks the pool that the search points to, in the spot market', async () => {
    const { requests, step } = launchIn('spot');
    const result = await step({ ...launchInput, search: { ...launchInput.search, poolIndex: 1 } });
    expect(requests).toMatchObject([
      { market: 'spot', imageId: 'ami-1', pool: { availabilityZone: 'us-east-2b', subnetId: 'subnet-b' } },
    ]);
    expect(result).toMatchObject({
      next: 'launched',
      instance: {
        id: 'i-1',
        market: 'spot',
        availabilityZone: 'us-east-2b',
        launchedAt: later(10).toISOString(),
      },
    });
  });

  test('that gets an instance spends a sweep’s interval of the day’s budget, and another spends nothing', async () => {
    const { measured, step } = launchIn('spot');
    await step(launchInput);
    expect(measured).toEqual([`RunnerHours ${5 / 60}`]);
    const refused = launchIn('spot', { answer: { kind: 'no-capacity', code: 'Unsupported' } });
    await refused.step(launchInput);
    expect(refused.measured).toEqual([]);
  });

  test('has the disk, the tag and the share of the budget of its class', async () => {
    const { requests, measured, step } = launchIn('spot', { cap: 3 });
    await step({ ...launchInput, class: 'big' });
    expect(requests).toMatchObject([{ volumeGib: 100, tags: { 'stint:class': 'big' } }]);
    expect(measured).toEqual([`RunnerHours ${(3 * 5) / 60}`]);
  });

  test.each([
    ['m8i.4xlarge', 'big', true],
    ['c8i-flex.2xlarge', 'big', true],
    ['c5.metal', 'big', false],
    ['m8i.metal-48xl', 'big', false],
    ['m8i.4xlarge', undefined, false],
  ])('of %s in class %s asks for nested virtualization: %s', async (instanceType, name, wanted) => {
    const { requests, step } = launchIn('spot', { cap: 3 });
    const pools = launchInput.search.pools.map((pool) => ({ ...pool, instanceType }));
    const { class: _, ...input } = { ...launchInput, class: name, search: { ...launchInput.search, pools } };
    await step(name === undefined ? input : { ...input, class: name });
    expect(requests[0]?.nestedVirtualization).toBe(wanted);
  });

  test('that EC2 throttles stays the next one, as often as it takes', async () => {
    const { remembered, step } = launchIn('spot', {
      answer: { kind: 'throttled', code: 'RequestLimitExceeded' },
    });
    const search = { ...launchInput.search, poolIndex: 1 };
    const once = await step({ ...launchInput, search });
    expect(once).toEqual({ ...search, throttles: 1 });
    expect(await step({ ...launchInput, search: once })).toEqual({ ...search, throttles: 2 });
    expect(remembered).toEqual([]);
  });

  test('that finds a pool empty tells all others, and is throttled no more', async () => {
    const { remembered, step } = launchIn('spot', {
      answer: { kind: 'no-capacity', code: 'InsufficientInstanceCapacity' },
    });
    const result = await step({ ...launchInput, search: { ...launchInput.search, throttles: 2 } });
    expect(result).toMatchObject({ next: 'spot', poolIndex: 1 });
    expect(result).not.toHaveProperty('throttles');
    expect(remembered).toEqual(result.refusals);
  });

  test('that the account has no room for says nothing of the pool', async () => {
    const { remembered, step } = launchIn('spot', {
      answer: { kind: 'no-spot', code: 'MaxSpotInstanceCountExceeded' },
    });
    await step(launchInput);
    expect(remembered).toEqual([]);
  });

  test('is the same request to the byte when it comes again', async () => {
    const { requests, step } = launchIn('spot');
    await step(launchInput);
    await step(launchInput);
    expect(requests[1]).toEqual(requests[0]);
  });

  test('has a token of its own for each pool, market, round and pass over the pools', async () => {
    const { requests, step } = launchIn('spot');
    const onDemand = launchIn('on-demand');
    await step(launchInput);
    await step({ ...launchInput, search: { ...launchInput.search, poolIndex: 1 } });
    await step({ ...launchInput, round: { number: 2, markets: 'spot-first' } });
    await step({ ...launchInput, search: { ...launchInput.search, passes: 1 } });
    await onDemand.step(launchInput);
    const tokens = [...requests, ...onDemand.requests].map(({ clientToken }) => clientToken);
    expect(new Set(tokens).size).toBe(5);
  });

  test('tags the instance with the life, the deployment, the deadline and the registration', async () => {
    const { requests, step } = launchIn('spot');
    await step(launchInput);
    expect(requests[0]?.tags).toMatchObject({
      Label: 'rr_runner_1f',
      'stint:life': life,
      'stint:deployment': deployment,
      'stint:deadline': launchInput.deadline,
      'stint:registration-id': '7',
    });
  });

  test('tags a spot instance with the price of its pool, for whoever asks what it costs', async () => {
    const pools = launchInput.search.pools.map((pool) => ({ ...pool, spotPrice: 0.5832 }));
    const priced = { ...launchInput, search: { ...launchInput.search, pools } };
    const spot = launchIn('spot');
    const onDemand = launchIn('on-demand');
    const { instance } = await spot.step(priced);
    const { instance: other } = await onDemand.step(priced);
    expect(spot.requests[0]?.tags['stint:spot-price']).toBe('0.5832');
    expect(instance?.spotPrice).toBe(0.5832);
    expect(onDemand.requests[0]?.tags).not.toHaveProperty('stint:spot-price');
    expect(other).not.toHaveProperty('spotPrice');
  });

  test('goes to the next pool when this one has no capacity', async () => {
    const { step } = launchIn('spot', { answer: { kind: 'no-capacity', code: 'UnfulfillableCapacity' } });
    await expect(step(launchInput)).resolves.toMatchObject({
      next: 'spot',
      poolIndex: 1,
      refusals: [{ market: 'spot', code: 'UnfulfillableCapacity' }],
    });
  });

  test('goes straight to on-demand when the account may have no more spot instances', async () => {
    const { step } = launchIn('spot', { answer: { kind: 'no-spot', code: 'MaxSpotInstanceCountExceeded' } });
    await expect(step(launchInput)).resolves.toMatchObject({ next: 'on-demand', poolIndex: 0 });
  });
});

describe('the end that a launch puts on an instance', () => {
  test('is never after the lifetime by the clock of Step Functions', async () => {
    const { requests, step } = launchIn('spot', { startedAt: later(-30) });
    await step(launchInput);
    expect(requests[0]?.tags['stint:deadline']).toBe(later(3_570).toISOString());
    expect(requests[0]?.userData).toContain(`DEADLINE='${later(3_570).toISOString()}'`);
  });
});

describe('the guard before a launch', () => {
  test.each([
    ['its execution has ended', { status: 'ABORTED' }],
    ['the schedule would end it only after its deadline', { scheduledAt: later(3_661) }],
    ['its deadline is more than the lifetime after its execution began', { startedAt: later(-61) }],
    ['less than ten minutes remain', { seconds: 3_001 }],
  ] as const)('refuses when %s', async (_, scene) => {
    const { requests, step } = launchIn('spot', scene);
    await expect(step(launchInput)).rejects.toThrow(LaunchForbidden);
    expect(requests).toEqual([]);
  });

  test('refuses a life of more seats than are left', async () => {
    const { requests, step } = launchIn('spot', { cap: 3, seated: [life, 'other'] });
    await expect(step({ ...launchInput, class: 'big' })).rejects.toThrow(/^1 of .* 3 seats .* needs 3/);
    expect(requests).toEqual([]);
  });

  test('refuses a life of a class beyond its lifetime, and of one that is none', async () => {
    const big = { ...launchInput, class: 'big', deadline: later(240 * 60).toISOString() };
    const inTime = launchIn('spot', { cap: 3, scheduledAt: later(240 * 60) });
    await inTime.step(big);
    expect(inTime.requests).toHaveLength(1);
    const early = launchIn('spot', { startedAt: later(-61) });
    await expect(early.step(big)).rejects.toThrow(/more than 240 minutes/);
    await expect(launchIn('spot').step({ ...launchInput, class: 'small' })).rejects.toThrow(
      /class must be one of default, big/,
    );
  });

  test('refuses a machine that may take longer to boot than it has left', async () => {
    const pools = launchInput.search.pools.map((pool) => ({ ...pool, instanceType: 'c5.metal' }));
    const metal = { ...launchInput, search: { ...launchInput.search, pools } };
    const inTime = launchIn('spot', { seconds: 1_800 });
    await inTime.step(metal);
    expect(inTime.requests).toHaveLength(1);
    const late = launchIn('spot', { seconds: 1_801 });
    await expect(late.step(metal)).rejects.toThrow(/Less than 30 minutes remain/);
  });

  test.each([
    ['ten days ahead', later(864_000).toISOString()],
    ['in the year 9999', '9999-12-31T23:59:59.999Z'],
    ['in another zone', '2026-03-01T10:50:00+14:00'],
    ['no time', 'tomorrow'],
    ['not there', undefined],
    ['a number', 253_402_300_799_000],
  ])('refuses a deadline that is %s, whatever the schedule says', async (_, deadline) => {
    const scheduledAt = new Date(deadline ?? later(864_000));
    const { requests, step } = launchIn('spot', { scheduledAt });
    await expect(step({ ...launchInput, deadline: deadline as string })).rejects.toThrow(LaunchForbidden);
    expect(requests).toEqual([]);
  });

  test.each([
    ['its execution', { status: 'none' }],
    ['the schedule that ends it', { scheduledAt: 'none' }],
  ] as const)('asks again when one reading does not show %s', async (_, scene) => {
    const { requests, step } = launchIn('spot', scene);
    await expect(step(launchInput)).rejects.toThrow(AwsUnavailable);
    expect(requests).toEqual([]);
  });

  test('lets a life launch that has its seat, however many others have one', async () => {
    const { requests, step } = launchIn('spot', { seated: ['rr_runner_2e_arm64-1', life] });
    await step(launchInput);
    expect(requests).toHaveLength(1);
  });

  test('gives a seat to a life that began without admission, while there is one', async () => {
    const { items, requests, step } = launchIn('spot', { seated: ['rr_runner_2e_arm64-1'] });
    await step(launchInput);
    expect([...items.values()].map((seat) => seat['life'])).toEqual(['rr_runner_2e_arm64-1', life]);
    expect(requests).toHaveLength(1);
  });

  test('refuses a life without a seat when all are taken', async () => {
    const { requests, step } = launchIn('spot', { seated: ['rr_runner_2e_arm64-1', 'rr_runner_3d_arm64-1'] });
    await expect(step(launchInput)).rejects.toThrow(CapReached);
    expect(requests).toEqual([]);
  });
});
