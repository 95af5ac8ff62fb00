import { type _InstanceType, DescribeSpotPriceHistoryCommand } from '@aws-sdk/client-ec2';
import type { Clock, SpotPriceReader } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws } from './aws-errors.ts';
import { ec2Client } from './ec2-client.ts';

/**
 * The present spot prices, in one call: a start time of now gives the price in force
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotPriceHistory.html).
 */
export const ec2SpotPrices = (connection: AwsConnection, clock: Clock): SpotPriceReader => ({
  spotPrices: (instanceTypes) =>
    asAws('DescribeSpotPriceHistory', async () => {
      const { SpotPriceHistory = [] } = await ec2Client(connection).send(
        new DescribeSpotPriceHistoryCommand({
          InstanceTypes: instanceTypes as _InstanceType[],
          ProductDescriptions: ['Linux/UNIX'],
          StartTime: clock(),
        }),
      );
      return SpotPriceHistory.flatMap(({ InstanceType, AvailabilityZone, SpotPrice }) =>
        InstanceType === undefined || AvailabilityZone === undefined || SpotPrice === undefined
          ? []
          : [{ instanceType: InstanceType, availabilityZone: AvailabilityZone, price: Number(SpotPrice) }],
      );
    }),
});
