import { CapacityUnavailable, InstanceTypeUnsupported } from '../errors.ts';
import type { CapacitySearch, Refusal, Round } from '../life/provision.ts';
import type { CapacityPool, Market, SpotPrice } from '../ports.ts';
import { capacitySoughtSeconds, secondsBetween } from '../timing.ts';

type Zone = Pick<CapacityPool, 'availabilityZone' | 'subnetId'>;

const orderPrice = ({ spotPrice }: CapacityPool): number => spotPrice ?? Number.MAX_VALUE;

/** The pools of the types in their order, over all zones; within a type the cheapest zone first. */
export const rankPools = (
  instanceTypes: readonly string[],
  zones: readonly Zone[],
  prices: readonly SpotPrice[],
): readonly CapacityPool[] => {
  const priceOf = (instanceType: string, { availabilityZone }: Zone): number | undefined =>
    prices.find((price) => price.instanceType === instanceType && price.availabilityZone === availabilityZone)
      ?.price;
  const poolOf = (instanceType: string, zone: Zone): CapacityPool => {
    const spotPrice = priceOf(instanceType, zone);
    return { instanceType, ...zone, ...(spotPrice === undefined ? {} : { spotPrice }) };
  };
  return instanceTypes.flatMap((instanceType) =>
    zones.map((zone) => poolOf(instanceType, zone)).toSorted((a, b) => orderPrice(a) - orderPrice(b)),
  );
};

const isSameRefusal = (a: Refusal, b: Refusal): boolean =>
  a.market === b.market &&
  a.code === b.code &&
  a.instanceType === b.instanceType &&
  a.availabilityZone === b.availabilityZone;

const describe = ({ market, instanceType, availabilityZone, code }: Refusal): string =>
  `${market} ${instanceType} in ${availabilityZone}: ${code}`;

const giveUp = (search: CapacitySearch): never => {
  throw new CapacityUnavailable(
    `EC2 had no capacity for ${capacitySoughtSeconds / 60} minutes (${search.refusals.map(describe).join('; ')}). ` +
      'Run the workflow again later, or allow more instance types or zones in the configuration.',
  );
};

/**
 * EC2's code for a type that a zone does not have, or not for such a request
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html).
 */
const unsupported = 'Unsupported';

const refuseSettings = ({ refusals }: CapacitySearch): never => {
  const types = [...new Set(refusals.map(({ instanceType }) => instanceType))].join(', ');
  const zones = [...new Set(refusals.map(({ availabilityZone }) => availabilityZone))].join(', ');
  throw new InstanceTypeUnsupported(
    `EC2 has none of the allowed instance types (${types}) in any zone of the network (${zones}), so waiting does not help. ` +
      'The operator sets instanceTypes or zones to others; "npm run doctor" says which types EC2 offers where.',
  );
};

/** Whether every pool of every market was refused for its type alone. */
const isUnsupportedEverywhere = ({ next, refusals }: CapacitySearch): boolean =>
  next === 'wait' && refusals.every(({ code }) => code === unsupported);

/** Where a search asks first. */
const firstPlace = ({ markets }: Round): Pick<CapacitySearch, 'next' | 'poolIndex'> => ({
  next: markets === 'spot-first' ? 'spot' : 'on-demand',
  poolIndex: 0,
});

/** A round's search that begins. */
export const newSearch = (round: Round, pools: CapacitySearch['pools'], now: Date): CapacitySearch => ({
  round: round.number,
  pools,
  since: now.toISOString(),
  refusals: [],
  ...firstPlace(round),
});

/** The round's search as it goes on, after a wait from the first pool; `undefined` when it has not begun. */
export const searchInRound = (
  round: Round,
  search: CapacitySearch | undefined,
): CapacitySearch | undefined => {
  if (search?.round !== round.number) return undefined;
  return search.next === 'wait' ? { ...search, ...firstPlace(round) } : search;
};

const nextPlace = (
  search: CapacitySearch,
  market: Market,
  skipMarket: boolean,
): Pick<CapacitySearch, 'next' | 'poolIndex' | 'passes'> => {
  if (!skipMarket && search.poolIndex + 1 < search.pools.length)
    return { next: market, poolIndex: search.poolIndex + 1 };
  if (market === 'spot') return { next: 'on-demand', poolIndex: 0 };
  return { next: 'wait', poolIndex: 0, passes: (search.passes ?? 0) + 1 };
};

/**
 * Where the search goes after the pool that it asked had no capacity: the next pool, after the last one the next
 * market, after the last market a wait. `skipMarket` passes over the market's other pools. Throws
 * CapacityUnavailable when capacity has been sought for long enough, and InstanceTypeUnsupported at once when no pool
 * has its type.
 */
export const afterRefusal = (
  search: CapacitySearch,
  refusal: Refusal,
  skipMarket: boolean,
  now: Date,
): CapacitySearch => {
  const { throttles: _, ...asked } = search;
  const refusals = [...search.refusals.filter((known) => !isSameRefusal(known, refusal)), refusal];
  const after = { ...asked, refusals, ...nextPlace(search, refusal.market, skipMarket) };
  if (isUnsupportedEverywhere(after)) return refuseSettings(after);
  const isOver = secondsBetween(new Date(search.since), now) >= capacitySoughtSeconds;
  return after.next === 'wait' && isOver ? giveUp(after) : after;
};

/**
 * Passes over the pools of which somebody else has just heard that they lack capacity, each as if it had been asked. An
 * attempt that EC2 has throttled is not passed over: an earlier try of it can have launched, its answer lost. Throws as
 * {@link afterRefusal} does.
 */
export const passingOver = (
  search: CapacitySearch,
  shortages: readonly Refusal[],
  now: Date,
): CapacitySearch => {
  const { next, pools, poolIndex, throttles } = search;
  const pool = pools[poolIndex];
  const known = shortages.find(
    ({ market, instanceType, availabilityZone }) =>
      market === next && instanceType === pool?.instanceType && availabilityZone === pool.availabilityZone,
  );
  return known === undefined || throttles !== undefined
    ? search
    : passingOver(afterRefusal(search, known, false, now), shortages, now);
};
