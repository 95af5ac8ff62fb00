import { describe, expect, test } from '@jest/globals';
import { ec2Images } from '../../../functions/adapters/aws/ec2-images.ts';
import { AwsRefused } from '../../../functions/domain/errors.ts';
import { newestImage } from '../../../functions/domain/launch/newest-image.ts';
import { type FakeImage, images, newestImageIds } from '../../../local/aws/ec2/catalogue.ts';
import { fakeEc2, place } from './fake-ec2.ts';

describe("Canonical's images", () => {
  test.each(['x86_64', 'arm64'] as const)(
    'for %s are the available ones, and the newest is found',
    async (architecture) => {
      const { connection } = fakeEc2();
      const found = await ec2Images(connection).images(architecture);

      expect(found.map(({ id }) => id).toSorted()).toEqual(
        images
          .filter((image) => image.architecture === architecture)
          .filter(({ owner, state }) => owner === '099720109477' && state === 'available')
          .map(({ id }) => id)
          .toSorted(),
      );
      expect(newestImage(found, architecture).id).toBe(newestImageIds[architecture]);
    },
  );

  test('have names and dates', async () => {
    const { connection } = fakeEc2();
    const found = await ec2Images(connection).images('x86_64');

    expect(found).toContainEqual({
      id: newestImageIds.x86_64,
      name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260211',
      createdAt: new Date('2026-02-11T06:12:00Z'),
    });
  });

  test('are read to the last page', async () => {
    const [image] = images;
    if (image === undefined) throw new Error('The catalogue is empty');
    const many: readonly FakeImage[] = Array.from({ length: 450 }, (_, index) => ({
      ...image,
      id: `ami-${index.toString(16).padStart(17, '0')}`,
    }));
    const { connection, times } = fakeEc2({ place: { ...place, images: many } });
    const found = await ec2Images(connection).images('x86_64');

    expect(new Set(found.map(({ id }) => id)).size).toBe(450);
    expect(times('DescribeImages')).toBe(3);
  });

  test('may be none, which is an empty list', async () => {
    const { connection } = fakeEc2({ place: { ...place, images: [] } });

    await expect(ec2Images(connection).images('x86_64')).resolves.toEqual([]);
  });

  test('that may not be read are refused, with the operation in the text', async () => {
    const { connection, faults } = fakeEc2();
    faults.add({ service: 'ec2', operation: 'DescribeImages', error: 'UnauthorizedOperation' });
    const read = ec2Images(connection).images('x86_64');

    await expect(read).rejects.toThrow(AwsRefused);
    await expect(read).rejects.toThrow(/^DescribeImages: UnauthorizedOperation/);
  });
});
