import { AwsFault } from '../../wire/aws-json.ts';
import { listOf, type QueryParameters, textOf } from '../../wire/query-protocol.ts';
import { spotPrice } from './catalogue.ts';
import type { LaunchPlace } from './launch.ts';
import { ec2Page } from './paging.ts';

/** Also when no page size is asked for. */
const mostInPage = 1_000;

/**
 * The prices in force, one for each type and zone. Only a start time of now, by a clock that is ten
 * minutes off at most, is simulated: an earlier one would give the history. The token of the next page is there and empty when there is none
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotPriceHistory.html).
 */
export const describeSpotPriceHistory = ({ subnets }: LaunchPlace, parameters: QueryParameters) => {
  const start = Date.parse(textOf(parameters['StartTime']) ?? '');
  if (!(start >= Date.now() - 600_000))
    throw new AwsFault('InvalidParameterValue', 'A history of spot prices is not simulated');
  const types = listOf(parameters['InstanceType']).flatMap((type) => textOf(type) ?? []);
  const descriptions = listOf(parameters['ProductDescription']).map(textOf);
  const wanted = descriptions.length === 0 || descriptions.includes('Linux/UNIX') ? types : [];
  const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
  const item = wanted.flatMap((instanceType) =>
    zones.map((availabilityZone) => ({
      instanceType,
      availabilityZone,
      productDescription: 'Linux/UNIX',
      spotPrice: spotPrice(instanceType, availabilityZone),
      timestamp: new Date().toISOString(),
    })),
  );
  const { items, nextToken = '' } = ec2Page(item, { MaxResults: String(mostInPage), ...parameters });
  return { spotPriceHistorySet: { item: items }, nextToken };
};
