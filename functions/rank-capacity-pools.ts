import { ec2SpotPrices } from './adapters/aws/ec2-spot-prices.ts';
import { newSearch, passingOver, rankPools, searchInRound } from './domain/launch/capacity.ts';
import type { CapacitySearch, Refusal, Round } from './domain/life/provision.ts';
import type { ProvisionInput } from './domain/life/provision-input.ts';
import { classNamed, defaultClass } from './domain/machine-class.ts';
import type { Clock, SpotPrice, SpotPriceReader } from './domain/ports.ts';
import { launchNews } from './domain/status/step-news.ts';
import type { Settings } from './runtime/environment.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';
import { shortagesOf } from './runtime/shortages.ts';
import { telling } from './runtime/telling.ts';

export interface RankCapacityPoolsPorts {
  readonly prices: SpotPriceReader;
  /** The pools that lacked capacity within the last minute; none without the table. It never fails. */
  readonly shortages: () => Promise<readonly Refusal[]>;
  readonly clock: Clock;
  readonly log: Log;
}

interface Input extends ProvisionInput {
  readonly round: Round;
  /** How the search stands; absent, or an earlier round's, when it begins. */
  readonly search?: CapacitySearch;
}

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

/** The round in the markets of the life's class, which can be of no spot capacity at all. */
const roundIn = ({ classes }: Pick<Settings, 'classes'>, { round, class: name }: Input): Round =>
  classNamed(classes, name)?.market === 'on-demand' ? { ...round, markets: 'on-demand-only' } : round;

type RankSettings = Pick<Settings, 'classes' | 'instanceTypes' | 'subnets'>;

const rankedSearch = async (
  ports: RankCapacityPoolsPorts,
  { instanceTypes, subnets }: RankSettings,
  round: Round,
  { life, architecture, class: name = defaultClass }: Input,
): Promise<CapacitySearch> => {
  const types = (Object.hasOwn(instanceTypes, name) ? instanceTypes[name]?.[architecture] : undefined) ?? [];
  const pools = rankPools(types, subnets, await pricesOf(ports, life, types));
  return newSearch(round, pools, ports.clock());
};

/**
 * Says which capacity pool the turn to launch asks. Once a round it lists the pools in the order in which the round asks
 * them; each time it passes over those that lacked capacity within the last minute. Throws CapacityUnavailable and
 * InstanceTypeUnsupported.
 */
export const rankCapacityPools =
  (ports: RankCapacityPoolsPorts, settings: RankSettings) =>
  async (input: Input): Promise<CapacitySearch> => {
    const round = roundIn(settings, input);
    const [search, shortages] = await Promise.all([
      searchInRound(round, input.search) ?? rankedSearch(ports, settings, round, input),
      ports.shortages(),
    ]);
    return passingOver(search, shortages, ports.clock());
  };

export const assemble: Assemble<Input, CapacitySearch> = telling({ news: launchNews }, (runtime) => {
  const { aws, clock, log, settings } = runtime;
  const ports = { prices: ec2SpotPrices(aws, clock), shortages: shortagesOf(runtime), clock, log };
  return rankCapacityPools(ports, settings('classes', 'instanceTypes', 'subnets'));
});

export const handler = lambda(assemble);
