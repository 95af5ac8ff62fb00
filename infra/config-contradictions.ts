import { type Architecture, architectures } from '../functions/domain/architecture.ts';
import type { Config } from './config.ts';

type Read = Partial<Config>;

/**
 * Graviton's families have a `g` among the letters after their number; `a1` is the first of them
 * (https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html).
 */
const architectureOf = (instanceType: string): Architecture =>
  /^(a1|[a-z]+\d+[a-z]*g[a-z]*)(-|\.|$)/.test(instanceType) ? 'arm64' : 'x86_64';

const typesOfTheOther = ({ instanceTypes }: Read): readonly string[] =>
  architectures.flatMap((architecture) =>
    (instanceTypes?.[architecture] ?? [])
      .filter((type) => architectureOf(type) !== architecture)
      .map(
        (type) =>
          `instanceTypes: ${type} is ${architectureOf(type)}; name it there, or another for ${architecture}`,
      ),
  );

/** A runner of the target takes jobs of the target's repositories, and of no other. */
const foreignRepositories = ({ target, allowedRepositories = [] }: Read): readonly string[] => {
  if (target === undefined) return [];
  const isOwn = (repository: string): boolean =>
    target.includes('/') ? repository === target : repository.startsWith(`${target}/`);
  return allowedRepositories
    .filter((repository) => !isOwn(repository))
    .map((repository) => `allowedRepositories: ${repository} must be a repository of the target, ${target}`);
};

const zonesElsewhere = ({ network, region }: Read): readonly string[] =>
  region === undefined
    ? []
    : (network?.subnets ?? [])
        .filter(({ availabilityZone }) => !availabilityZone.startsWith(region))
        .map(({ subnetId }) => `network: the subnet ${subnetId} must be in a zone of ${region}`);

/** A launch attempt is known by its type and zone: a second subnet there would be another request of the same name. */
const zonesTwice = ({ network }: Read): readonly string[] => {
  const zones = (network?.subnets ?? []).map(({ availabilityZone }) => availabilityZone);
  const twice = zones.filter((zone, index) => zones.indexOf(zone) < index);
  return [...new Set(twice)].map((zone) => `network: must have one subnet in ${zone}, and has several`);
};

const zonesForNothing = ({ network }: Read, given: Readonly<Record<string, unknown>>): readonly string[] =>
  network !== undefined && given['zones'] !== undefined
    ? ['zones: must be left out with a network that is there already; its subnets say the zones']
    : [];

/** Mistakes that no field makes alone, each with its field and what would be right. */
export const contradictions = (read: Read, given: Readonly<Record<string, unknown>>): readonly string[] => [
  ...typesOfTheOther(read),
  ...foreignRepositories(read),
  ...zonesElsewhere(read),
  ...zonesTwice(read),
  ...zonesForNothing(read, given),
];
