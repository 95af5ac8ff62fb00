import { expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../functions/domain/errors.ts';
import type { SpotPriceReader } from '../../functions/domain/ports.ts';
import { rankCapacityPools } from '../../functions/rank-capacity-pools.ts';
import { firstRound, later, provisionInput } from './fakes/life.ts';

const settings = {
  instanceTypes: {
    default: { x86_64: ['c5.9xlarge', 'c5.12xlarge'], arm64: ['c6g.8xlarge'] },
    big: { x86_64: ['c5.metal'] },
  },
  subnets: [
    { availabilityZone: 'us-east-2a', subnetId: 'subnet-a' },
    { availabilityZone: 'us-east-2b', subnetId: 'subnet-b' },
  ],
};

const prepare = (prices: SpotPriceReader) => {
  const logged: string[] = [];
  const log = (decision: string) => void logged.push(decision);
  return { logged, step: rankCapacityPools({ prices, clock: () => later(5), log }, settings) };
};

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
  const { step } = prepare({ spotPrices: async () => [] });
  const round = { number: 2, markets: 'on-demand-only' } as const;
  expect((await step({ ...provisionInput, round })).next).toBe('on-demand');
});
