import { describe, expect, test } from '@jest/globals';
import { ec2SpotPrices } from '../../../functions/adapters/aws/ec2-spot-prices.ts';
import { AwsRefused } from '../../../functions/domain/errors.ts';
import { spotPrice } from '../../../local/aws/ec2/catalogue.ts';
import { fakeEc2 } from './fake-ec2.ts';

describe('the spot prices', () => {
  test('are the present ones, of each type in each zone, in one call when they are few', async () => {
    const { connection, times } = fakeEc2();
    const prices = await ec2SpotPrices(connection, () => new Date()).spotPrices([
      'c5.9xlarge',
      'c5.12xlarge',
    ]);

    expect(prices).toHaveLength(4);
    expect(prices).toContainEqual({
      instanceType: 'c5.9xlarge',
      availabilityZone: 'us-east-2b',
      price: Number(spotPrice('c5.9xlarge', 'us-east-2b')),
    });
    expect(times('DescribeSpotPriceHistory')).toBe(1);
  });

  test('are all there, however many pages they take', async () => {
    const { connection, times } = fakeEc2();
    const types = Array.from({ length: 600 }, (_, index) => `c${index + 1}i.large`);
    const prices = await ec2SpotPrices(connection, () => new Date()).spotPrices(types);

    expect(new Set(prices.map(({ instanceType }) => instanceType)).size).toBe(600);
    expect(prices).toHaveLength(1_200);
    expect(times('DescribeSpotPriceHistory')).toBe(2);
  });

  test('that may not be read are an error, for whoever ranks without them to decide', async () => {
    const { connection, faults } = fakeEc2();
    faults.add({ service: 'ec2', operation: 'DescribeSpotPriceHistory', error: 'UnauthorizedOperation' });

    await expect(ec2SpotPrices(connection, () => new Date()).spotPrices(['c5.9xlarge'])).rejects.toThrow(
      AwsRefused,
    );
  });
});
