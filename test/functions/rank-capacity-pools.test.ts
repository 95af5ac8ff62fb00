import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable, CapacityUnavailable } from '../../functions/domain/errors.ts';
import type { CapacitySearch, Refusal } from '../../functions/domain/life/provision.ts';
import type { Market, SpotPriceReader } from '../../functions/domain/ports.ts';
import { rankCapacityPools } from '../../functions/rank-capacity-pools.ts';
import { classes } from './fakes/classes.ts';
import { firstRound, later, provisionInput } from './fakes/life.ts';

const settings = {
  classes,
  instanceTypes: {
    default: { x86_64: ['c5.9xlarge', 'c5.12xlarge'], arm64: ['c6g.8xlarge'] },
    big: { x86_64: ['c5.metal'] },
  },
  subnets: [
    { availabilityZone: 'us-east-2a', subnetId: 'subnet-a' },
    { availabilityZone: 'us-east-2b', subnetId: 'subnet-b' },
  ],
};

const noPrices: SpotPriceReader = { spotPrices: async () => [] };

const prepare = (prices = noPrices, known: readonly Refusal[] = [], seconds = 5) => {
  const logged: string[] = [];
  const log = (decision: string) => void logged.push(decision);
  const ports = { prices, shortages: async () => known, clock: () => later(seconds), log };
  return { logged, step: rankCapacityPools(ports, settings) };
};

const shortage = (market: Market, instanceType: string, zone: string): Refusal => ({
  market,
  instanceType,
  availabilityZone: `us-east-2${zone}`,
  code: 'InsufficientInstanceCapacity',
});

const everywhere = (market: Market): readonly Refusal[] =>
  settings.instanceTypes.default.x86_64.flatMap((type) =>
    ['a', 'b'].map((zone) => shortage(market, type, zone)),
  );

const input = { ...provisionInput, round: firstRound };

test("lists the architecture's pools, within a type the cheapest zone first", async () => {
  const { step } = prepare({
    spotPrices: async () => [
      { instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2a', price: 0.6 },
      { instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2b', price: 0.5 },
    ],
  });
  const search = await step({ ...provisionInput, round: firstRound });
  expect(search.pools.map(({ instanceType, subnetId }) => `${instanceType} ${subnetId}`)).toEqual([
    'c5.9xlarge subnet-b',
    'c5.9xlarge subnet-a',
    'c5.12xlarge subnet-a',
    'c5.12xlarge subnet-b',
  ]);
  expect(search).toMatchObject({ poolIndex: 0, since: later(5).toISOString(), refusals: [], next: 'spot' });
});

test('lists the types of the life’s class, in its market', async () => {
  const { step } = prepare({ spotPrices: async () => [] });
  const search = await step({ ...provisionInput, class: 'big', round: firstRound });
  expect(search.pools.map(({ instanceType }) => instanceType)).toEqual(['c5.metal', 'c5.metal']);
  expect(search).toMatchObject({ next: 'on-demand' });
  const waited = { ...search, next: 'wait', passes: 1 } as const;
  const again = await step({ ...provisionInput, class: 'big', round: firstRound, search: waited });
  expect(again).toMatchObject({ next: 'on-demand', passes: 1 });
});

test('goes on without prices, and says so', async () => {
  const { logged, step } = prepare({
    spotPrices: async () => {
      throw new AwsUnavailable('throttled');
    },
  });
  expect((await step({ ...provisionInput, round: firstRound })).pools).toHaveLength(4);
  expect(logged).toEqual(['zones stay in their order, for there are no spot prices']);
});

test('begins with on-demand when the round may ask for nothing else', async () => {
  const { step } = prepare();
  const round = { number: 2, markets: 'on-demand-only' } as const;
  expect((await step({ ...provisionInput, round })).next).toBe('on-demand');
});

describe('a turn to launch', () => {
  const begun = async (): Promise<CapacitySearch> => prepare().step(input);

  test('asks the pool at which the search stands, by prices that are read once a round', async () => {
    const { step } = prepare({
      spotPrices: async () => {
        throw new AwsUnavailable('must not be asked');
      },
    });
    const search = { ...(await begun()), poolIndex: 2 };
    expect(await step({ ...input, search })).toEqual(search);
    expect(await step({ ...input, search: { ...search, round: 2 } })).toMatchObject({ poolIndex: 0 });
  });

  test('passes over pools that others have just found empty, and says so where it gives its reasons', async () => {
    const known = [shortage('spot', 'c5.9xlarge', 'a'), shortage('spot', 'c5.12xlarge', 'a')];
    const search = await prepare(noPrices, known).step(input);
    expect(search).toMatchObject({ next: 'spot', poolIndex: 1, refusals: [known[0]] });
  });

  test('does not pass over the pool in the other market', async () => {
    const search = await prepare(noPrices, everywhere('spot')).step(input);
    expect(search).toMatchObject({ next: 'on-demand', poolIndex: 0 });
  });

  test('asks nobody when all pools are empty, and counts that as a pass', async () => {
    const known = [...everywhere('spot'), ...everywhere('on-demand')];
    expect(await prepare(noPrices, known).step(input)).toMatchObject({ next: 'wait', passes: 1 });
  });

  test('gives up when all pools are empty for as long as capacity is sought', async () => {
    const known = [...everywhere('spot'), ...everywhere('on-demand')];
    const { step } = prepare(noPrices, known, 700);
    await expect(step({ ...input, search: await begun() })).rejects.toThrow(CapacityUnavailable);
  });

  test('begins at the first pool after a wait', async () => {
    const search = { ...(await begun()), next: 'wait', passes: 1 } as const;
    expect(await prepare().step({ ...input, search })).toMatchObject({
      next: 'spot',
      poolIndex: 0,
      passes: 1,
    });
    const round = { number: 1, markets: 'on-demand-only' } as const;
    expect(await prepare().step({ ...input, round, search })).toMatchObject({ next: 'on-demand' });
  });

  test('keeps the pool of an attempt that EC2 throttled, for an earlier try can have launched there', async () => {
    const search = { ...(await begun()), throttles: 1 };
    const known = [...everywhere('spot'), ...everywhere('on-demand')];
    expect(await prepare(noPrices, known).step({ ...input, search })).toEqual(search);
  });
});
