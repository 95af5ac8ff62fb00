import { ec2SpotPrices } from './adapters/aws/ec2-spot-prices.ts';
import { rankPools } from './domain/launch/capacity.ts';
import type { CapacitySearch, Round } from './domain/life/provision.ts';
import type { ProvisionInput } from './domain/life/provision-input.ts';
import { defaultClass } from './domain/machine-class.ts';
import type { Clock, SpotPrice, SpotPriceReader } from './domain/ports.ts';
import type { Settings } from './runtime/environment.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';

export interface RankCapacityPoolsPorts {
  readonly prices: SpotPriceReader;
  readonly clock: Clock;
  readonly log: Log;
}

type Input = ProvisionInput & { readonly round: Round };

/** Prices only order the zones: a launch without them is better than none. */
const pricesOf = async (
  { prices, log }: RankCapacityPoolsPorts,
  life: string,
  instanceTypes: readonly string[],
): Promise<readonly SpotPrice[]> => {
  try {
    return await prices.spotPrices(instanceTypes);
  } catch (error) {
    log('zones stay in their order, for there are no spot prices', { life, reason: String(error) });
    return [];
  }
};

/** Lists the capacity pools in the order in which a round asks them, and begins the round's search. */
export const rankCapacityPools =
  (ports: RankCapacityPoolsPorts, { instanceTypes, subnets }: Pick<Settings, 'instanceTypes' | 'subnets'>) =>
  async ({ life, architecture, round, class: name = defaultClass }: Input): Promise<CapacitySearch> => {
    const types =
      (Object.hasOwn(instanceTypes, name) ? instanceTypes[name]?.[architecture] : undefined) ?? [];
    return {
      pools: rankPools(types, subnets, await pricesOf(ports, life, types)),
      poolIndex: 0,
      since: ports.clock().toISOString(),
      refusals: [],
      next: round.markets === 'spot-first' ? 'spot' : 'on-demand',
    };
  };

export const assemble: Assemble<Input, CapacitySearch> = ({ aws, clock, log, settings }) =>
  rankCapacityPools({ prices: ec2SpotPrices(aws, clock), clock, log }, settings('instanceTypes', 'subnets'));

export const handler = lambda(assemble);
