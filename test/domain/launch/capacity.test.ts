import { describe, expect, test } from '@jest/globals';
import { CapacityUnavailable, InstanceTypeUnsupported } from '../../../functions/domain/errors.ts';
import { afterRefusal, rankPools } from '../../../functions/domain/launch/capacity.ts';
import type { CapacitySearch } from '../../../functions/domain/life/provision.ts';

const zones = ['a', 'b', 'c'].map((zone) => ({ availabilityZone: zone, subnetId: `subnet-${zone}` }));
const began = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number): Date => new Date(began.getTime() + seconds * 1_000);

const search: CapacitySearch = {
  round: 1,
  pools: rankPools(['c5.9xlarge', 'c5.12xlarge'], zones.slice(0, 2), []),
  poolIndex: 0,
  since: began.toISOString(),
  refusals: [],
  next: 'spot',
};

const refusal = (market: 'spot' | 'on-demand', code = 'InsufficientInstanceCapacity') =>
  ({ market, instanceType: 'c5.9xlarge', availabilityZone: 'a', code }) as const;

describe('the ranking of pools', () => {
  test('keeps the order of the types and puts the cheapest zone of each first', () => {
    const prices = [
      { instanceType: 'x', availabilityZone: 'a', price: 0.9 },
      { instanceType: 'x', availabilityZone: 'c', price: 0.3 },
      { instanceType: 'y', availabilityZone: 'b', price: 0.1 },
    ];
    const ranked = rankPools(['x', 'y'], zones, prices);
    expect(ranked.map(({ instanceType, availabilityZone }) => instanceType + availabilityZone)).toEqual([
      'xc',
      'xa',
      'xb',
      'yb',
      'ya',
      'yc',
    ]);
  });

  test('carries the price of each pool that has one', () => {
    const prices = [{ instanceType: 'x', availabilityZone: 'b', price: 0.3 }];
    expect(rankPools(['x'], zones.slice(0, 2), prices)).toEqual([
      { instanceType: 'x', availabilityZone: 'b', subnetId: 'subnet-b', spotPrice: 0.3 },
      { instanceType: 'x', availabilityZone: 'a', subnetId: 'subnet-a' },
    ]);
  });

  test('keeps the order of the zones when there are no prices', () => {
    expect(rankPools(['x'], zones, []).map(({ subnetId }) => subnetId)).toEqual([
      'subnet-a',
      'subnet-b',
      'subnet-c',
    ]);
  });
});

describe('the search after a pool had no capacity', () => {
  test('goes to the next pool of the same market', () => {
    expect(afterRefusal(search, refusal('spot'), false, began)).toMatchObject({ next: 'spot', poolIndex: 1 });
  });

  test('goes from the last spot pool to the first on-demand pool', () => {
    const last = { ...search, poolIndex: 3 };
    expect(afterRefusal(last, refusal('spot'), false, began)).toMatchObject({
      next: 'on-demand',
      poolIndex: 0,
    });
  });

  test('passes over the other spot pools when the account has no spot capacity at all', () => {
    const after = afterRefusal(search, refusal('spot', 'MaxSpotInstanceCountExceeded'), true, began);
    expect(after).toMatchObject({ next: 'on-demand', poolIndex: 0 });
  });

  test('waits after the last on-demand pool and then begins with the first', () => {
    const last = { ...search, poolIndex: 3 };
    expect(afterRefusal(last, refusal('on-demand'), false, later(599))).toMatchObject({
      next: 'wait',
      poolIndex: 0,
      passes: 1,
    });
  });

  test('gives up after ten minutes with the codes that it met', () => {
    const last = { ...search, poolIndex: 3, refusals: [refusal('spot', 'UnfulfillableCapacity')] };
    const giveUp = () => afterRefusal(last, refusal('on-demand'), false, later(600));
    expect(giveUp).toThrow(CapacityUnavailable);
    expect(giveUp).toThrow(
      /spot c5.9xlarge in a: UnfulfillableCapacity; on-demand .* InsufficientInstanceCapacity/,
    );
  });

  test('asks every pool once more before it gives up, though the time is over in the middle', () => {
    expect(afterRefusal(search, refusal('on-demand'), false, later(700)).next).toBe('on-demand');
  });

  test('remembers each refusal once, however often the pools are asked', () => {
    const once = afterRefusal(search, refusal('spot'), false, began);
    expect(afterRefusal(once, refusal('spot'), false, began).refusals).toHaveLength(1);
  });

  describe('a type that no pool has', () => {
    const unsupported = (market: 'spot' | 'on-demand') => refusal(market, 'Unsupported');
    const everywhere = { ...search, poolIndex: 3, refusals: [unsupported('spot'), unsupported('on-demand')] };

    test('is a wrong setting, told at once with the types and zones', () => {
      const refuse = () => afterRefusal(everywhere, unsupported('on-demand'), false, later(1));
      expect(refuse).toThrow(InstanceTypeUnsupported);
      expect(refuse).toThrow(/c5.9xlarge.*instanceTypes or zones.*npm run doctor/);
    });

    test('is sought on demand before that', () => {
      const spotOnly = { ...everywhere, refusals: [unsupported('spot')] };
      expect(afterRefusal(spotOnly, unsupported('spot'), false, later(1)).next).toBe('on-demand');
    });

    test.each(['InsufficientInstanceCapacity', 'MaxSpotInstanceCountExceeded'])(
      'is not what keeps a search from going on that met %s too',
      (code) => {
        const mixed = { ...everywhere, refusals: [refusal('spot', code), ...everywhere.refusals] };
        expect(afterRefusal(mixed, unsupported('on-demand'), false, later(1)).next).toBe('wait');
      },
    );
  });
});
