import {
  DescribeAvailabilityZonesCommand,
  type Filter,
  type InstanceTypeInfo,
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeInstanceTypes,
} from '@aws-sdk/client-ec2';
import type { AwsConnection } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws } from '../../functions/adapters/aws/aws-errors.ts';
import { ec2Client } from '../../functions/adapters/aws/ec2-client.ts';
import type { InstanceTypeReader, InstanceTypeReading } from '../doctor/instance-types.ts';
import { allPages } from './all-pages.ts';

/** A filter, and not a list of types: EC2 refuses a list in which it does not know one. */
const ofTypes = (types: readonly string[]): Filter[] => [{ Name: 'instance-type', Values: [...types] }];

const readingOf = (info: InstanceTypeInfo, zones: readonly string[]): InstanceTypeReading => ({
  type: info.InstanceType ?? '',
  vcpus: info.VCpuInfo?.DefaultVCpus ?? 0,
  architectures: info.ProcessorInfo?.SupportedArchitectures ?? [],
  markets: info.SupportedUsageClasses ?? [],
  zones,
});

/** What EC2 offers in the region (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html). */
export const instanceOfferings = (connection: AwsConnection): InstanceTypeReader => {
  const client = ec2Client(connection);

  const zonesOf = async (types: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
    const pages = paginateDescribeInstanceTypeOfferings(
      { client },
      { LocationType: 'availability-zone', Filters: ofTypes(types) },
    );
    const offerings = await allPages(pages, (page) => page.InstanceTypeOfferings);
    const byType = Map.groupBy(offerings, ({ InstanceType }) => InstanceType ?? '');
    return new Map(
      [...byType].map(([type, offerings]) => [type, offerings.flatMap(({ Location }) => Location ?? [])]),
    );
  };

  return {
    zones: () =>
      asAws('DescribeAvailabilityZones', async () => {
        const { AvailabilityZones = [] } = await client.send(
          new DescribeAvailabilityZonesCommand({
            Filters: [
              { Name: 'zone-type', Values: ['availability-zone'] },
              { Name: 'state', Values: ['available'] },
            ],
          }),
        );
        return AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []).toSorted();
      }),
    types: (types) =>
      asAws('DescribeInstanceTypes', async () => {
        const zones = await zonesOf(types);
        const pages = paginateDescribeInstanceTypes({ client }, { Filters: ofTypes(types) });
        const found = await allPages(pages, (page) => page.InstanceTypes);
        return found.map((info) => readingOf(info, zones.get(info.InstanceType ?? '') ?? []));
      }),
  };
};
