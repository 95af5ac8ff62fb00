import { RegionInfo } from 'aws-cdk-lib/region-info';

/** The regions that the CDK knows. */
export const knownRegions = (): readonly string[] => RegionInfo.regions.map(({ name }) => name);

/**
 * Regions with another number of Availability Zones than three. An account can see fewer, which doctor finds out
 * (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html).
 */
const zoneCounts: Readonly<Record<string, number>> = {
  'us-east-1': 6,
  'us-west-2': 4,
  'ap-northeast-1': 4,
  'ap-northeast-2': 4,
};

/** The most zones that a region can have for an account; `undefined` for a region that the CDK does not know. */
export const zonesOfRegion = (region: string): number | undefined =>
  knownRegions().includes(region) ? (zoneCounts[region] ?? 3) : undefined;
