import {
  type _InstanceType,
  type SpotPrice as Described,
  DescribeSpotPriceHistoryCommand,
} from '@aws-sdk/client-ec2';
import type { Clock, SpotPrice, SpotPriceReader } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws } from './aws-errors.ts';
import { ec2Client } from './ec2-client.ts';

const priceOf = ({ InstanceType, AvailabilityZone, SpotPrice }: Described): readonly SpotPrice[] =>
  InstanceType === undefined || AvailabilityZone === undefined || SpotPrice === undefined
    ? []
    : [{ instanceType: InstanceType, availabilityZone: AvailabilityZone, price: Number(SpotPrice) }];

/**
 * The present spot prices, all pages of them: a start time of now gives the price in force
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotPriceHistory.html).
 */
export const ec2SpotPrices = (connection: AwsConnection, clock: Clock): SpotPriceReader => ({
  spotPrices: (instanceTypes) =>
    asAws('DescribeSpotPriceHistory', async () => {
      const found: SpotPrice[] = [];
      const wanted = {
        InstanceTypes: instanceTypes as _InstanceType[],
        ProductDescriptions: ['Linux/UNIX'],
        StartTime: clock(),
      };
      let token: string | undefined;
      do {
        const page = await ec2Client(connection).send(
          new DescribeSpotPriceHistoryCommand({
            ...wanted,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        );
        found.push(...(page.SpotPriceHistory ?? []).flatMap(priceOf));
        // The last page has an empty token.
        token = page.NextToken || undefined;
      } while (token !== undefined);
      return found;
    }),
});
