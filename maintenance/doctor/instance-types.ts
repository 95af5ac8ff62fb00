import { type Architecture, architectures } from '../../functions/domain/architecture.ts';
import type { Config } from '../../infra/config.ts';
import { failed, passed, type Verdict, warning } from '../finding.ts';
import type { Check } from './check.ts';

/** An instance type as EC2 describes it in the region. */
export interface InstanceTypeReading {
  readonly type: string;
  readonly vcpus: number;
  /** EC2's words: `x86_64`, `arm64`, and older ones. */
  readonly architectures: readonly string[];
  /** EC2's words: `spot`, `on-demand`, `capacity-block`. */
  readonly markets: readonly string[];
  /** The Availability Zones in which it is offered. */
  readonly zones: readonly string[];
}

export interface InstanceTypeReader {
  /** The region's Availability Zones that the account has, sorted. */
  zones(): Promise<readonly string[]>;
  /** Those of the types that EC2 knows in the region. */
  types(types: readonly string[]): Promise<readonly InstanceTypeReading[]>;
}

/** The zones of the network that the configuration has or makes, which takes the first by their names. */
export const networkZones = ({ network, zones }: Config, available: readonly string[]): readonly string[] =>
  network === undefined
    ? available.slice(0, zones)
    : network.subnets.map(({ availabilityZone }) => availabilityZone);

const another = (architecture: Architecture): string =>
  `Set instanceTypes to another ${architecture} type, or leave it out.`;

const judge = (
  type: string,
  architecture: Architecture,
  reading: InstanceTypeReading | undefined,
  zones: readonly string[],
  isOtherOffered: boolean,
): Verdict => {
  const graded = isOtherOffered ? warning : failed;
  if (reading === undefined)
    return graded(`${type}: EC2 has no such type in this region`, another(architecture));
  if (!reading.architectures.includes(architecture))
    return failed(
      `${type} is ${reading.architectures.join(' and ')}, and not ${architecture}`,
      another(architecture),
    );
  const offered = zones.filter((zone) => reading.zones.includes(zone));
  if (offered.length === 0)
    return graded(`${type} is offered in none of ${zones.join(', ')}`, another(architecture));
  if (!reading.markets.includes('spot'))
    return warning(`${type} is not sold as spot capacity`, 'Expect on-demand prices, or name another type.');
  return passed(
    `${type}, ${architecture}, ${reading.vcpus} vCPUs, in ${offered.length} of ${zones.length} zones`,
  );
};

/** Whether the network has its zones, and whether EC2 offers the allowed types there. */
export const instanceTypeCheck = (config: Config, reader: InstanceTypeReader): Check => ({
  subject: 'Instance types',
  look: async () => {
    const available = await reader.zones();
    if (config.network === undefined && available.length < config.zones)
      return [
        failed(
          `the network is to span ${config.zones} zones, and the region has ${available.length}`,
          `Set zones to ${available.length}: npm run deploy -- -c zones=${available.length}`,
        ),
      ];
    const zones = networkZones(config, available);
    const readings = await reader.types(Object.values(config.instanceTypes).flat());
    return architectures.flatMap((architecture) => {
      const types = config.instanceTypes[architecture];
      const isAnyOffered = readings.some(
        (reading) => types.includes(reading.type) && zones.some((zone) => reading.zones.includes(zone)),
      );
      return types.map((type) =>
        judge(
          type,
          architecture,
          readings.find((reading) => reading.type === type),
          zones,
          isAnyOffered,
        ),
      );
    });
  },
});
