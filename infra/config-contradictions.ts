import { architectures } from '../functions/domain/architecture.ts';
import { bootLimitSeconds, launchReserveSeconds } from '../functions/domain/timing.ts';
import { classContradictions } from './class-contradictions.ts';
import { didYouMean } from './closest.ts';
import type { Config } from './config.ts';
import { sumsTooLarge } from './config-sums.ts';
import { quote } from './field-readers.ts';
import { architectureOfType } from './instance-types.ts';
import { knownRegions, zonesOfRegion } from './region-facts.ts';

type Read = Partial<Config>;

const typesOfTheOther = ({ instanceTypes }: Read): readonly string[] =>
  architectures.flatMap((architecture) =>
    (instanceTypes?.[architecture] ?? [])
      .filter((type) => architectureOfType(type) !== architecture)
      .map(
        (type) =>
          `instanceTypes: ${type} is ${architectureOfType(type)}; name it there, or another for ${architecture}`,
      ),
  );

/** A runner of the target takes jobs of the target's repositories, and of no other. GitHub's names have no case. */
const foreignRepositories = ({ target, allowedRepositories = [] }: Read): readonly string[] => {
  if (target === undefined) return [];
  const own = target.toLowerCase();
  const isOwn = (repository: string): boolean =>
    own.includes('/') ? repository === own : repository.startsWith(`${own}/`);
  return allowedRepositories
    .filter((repository) => !isOwn(repository.toLowerCase()))
    .map((repository) => `allowedRepositories: ${repository} must be a repository of the target, ${target}`);
};

const unknownRegion = ({ region, unlistedRegion }: Read): readonly string[] => {
  if (region === undefined || unlistedRegion === true || knownRegions().includes(region)) return [];
  return [
    `region: ${quote(region)} is no region that the CDK knows${didYouMean(region, knownRegions())}; ` +
      'for one that is newer than that, set unlistedRegion to true',
  ];
};

const tooManyZones = ({ region, zones, network }: Read): readonly string[] => {
  const most = region === undefined || network !== undefined ? undefined : zonesOfRegion(region);
  return most === undefined || zones === undefined || zones <= most
    ? []
    : [`zones: must be at most ${most}, for ${region} has no more, and is ${zones}`];
};

/** A Local Zone's name has more after its region's (https://docs.aws.amazon.com/local-zones/latest/ug/available-local-zones.html). */
const isZoneOf = (zone: string, region: string): boolean =>
  zone.startsWith(region) && /^(-[a-z]{2,4}-\d)?[a-z]$/.test(zone.slice(region.length));

const zonesElsewhere = ({ network, region }: Read): readonly string[] =>
  region === undefined
    ? []
    : (network?.subnets ?? [])
        .filter(({ availabilityZone }) => !isZoneOf(availabilityZone, region))
        .map(
          ({ subnetId, availabilityZone }) =>
            `network: the subnet ${subnetId} must be in a zone of ${region}, and is in ${availabilityZone}`,
        );

const twiceIn = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) < index)),
];

const subnetsTwice = ({ network }: Read): readonly string[] =>
  twiceIn((network?.subnets ?? []).map(({ subnetId }) => subnetId)).map(
    (id) => `network: the subnet ${id} can be in one zone, and is named for several`,
  );

/** A launch attempt is known by its type and zone: a second subnet there would be another request of the same name. */
const zonesTwice = ({ network }: Read): readonly string[] =>
  twiceIn((network?.subnets ?? []).map(({ availabilityZone }) => availabilityZone)).map(
    (zone) => `network: must have one subnet in ${zone}, and has several`,
  );

const zonesForNothing = ({ network }: Read, given: Readonly<Record<string, unknown>>): readonly string[] =>
  network !== undefined && given['zones'] !== undefined
    ? ['zones: must be left out with a network that is there already; its subnets say the zones']
    : [];

/** A repository has no runner groups of its own (https://docs.github.com/rest/actions/self-hosted-runners). */
const groupOfRepository = ({ target, runnerGroupId }: Read): readonly string[] =>
  target?.includes('/') === true && runnerGroupId !== undefined && runnerGroupId !== 1
    ? [
        `runnerGroupId: must be 1 for the repository ${target}, which has no runner groups, and is ${runnerGroupId}`,
      ]
    : [];

/** The default serves a smaller cap as well: only what was asked for can be a mistake. */
const moreThanTheCap = (
  { runnersPerRun, liveRunnerCap }: Read,
  given: Readonly<Record<string, unknown>>,
): readonly string[] =>
  given['runnersPerRun'] !== undefined &&
  runnersPerRun !== undefined &&
  liveRunnerCap !== undefined &&
  runnersPerRun > liveRunnerCap
    ? [
        `runnersPerRun: must be at most liveRunnerCap, for no more live over all runs, and is ${runnersPerRun} of ${liveRunnerCap}`,
      ]
    : [];

/** Admission would close before the first runner has had its life. */
const dayTooShort = ({ runnerHoursPerDay, lifetimeMinutes }: Read): readonly string[] =>
  runnerHoursPerDay !== undefined && lifetimeMinutes !== undefined && runnerHoursPerDay * 60 < lifetimeMinutes
    ? [
        `runnerHoursPerDay: must be at least one runner's lifetime of ${lifetimeMinutes} minutes, and is ${runnerHoursPerDay}`,
      ]
    : [];

/** A machine that boots for so long must have some time left afterwards. */
const lifeTooShort = ({ lifetimeMinutes, instanceTypes }: Read): readonly string[] => {
  if (lifetimeMinutes === undefined) return [];
  return Object.values(instanceTypes ?? {})
    .flat()
    .filter((type) => lifetimeMinutes * 60 < bootLimitSeconds(type) + launchReserveSeconds)
    .map((type) => {
      const boot = bootLimitSeconds(type) / 60;
      const least = boot + launchReserveSeconds / 60;
      return `lifetimeMinutes: must be at least ${least} for ${type}, which may take ${boot} minutes to boot, and is ${lifetimeMinutes}`;
    });
};

/** A runner that is just being launched must be able to answer whoever asks again. */
const tooShortALife = ({ lifetimeMinutes, minimumMinutes }: Read): readonly string[] =>
  lifetimeMinutes !== undefined && minimumMinutes !== undefined && minimumMinutes > lifetimeMinutes - 5
    ? [`minimumMinutes: must be at least 5 less than lifetimeMinutes, which is ${lifetimeMinutes}`]
    : [];

/** Mistakes that no field makes alone, each with its field and what would be right. */
export const contradictions = (read: Read, given: Readonly<Record<string, unknown>>): readonly string[] => [
  ...typesOfTheOther(read),
  ...foreignRepositories(read),
  ...groupOfRepository(read),
  ...unknownRegion(read),
  ...tooManyZones(read),
  ...tooShortALife(read),
  ...zonesElsewhere(read),
  ...zonesTwice(read),
  ...subnetsTwice(read),
  ...zonesForNothing(read, given),
  ...moreThanTheCap(read, given),
  ...dayTooShort(read),
  ...lifeTooShort(read),
  ...classContradictions(read),
  ...sumsTooLarge(read),
];
