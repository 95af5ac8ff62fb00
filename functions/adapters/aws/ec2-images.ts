import { DescribeImagesCommand } from '@aws-sdk/client-ec2';
import type { Image, ImageReader } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws } from './aws-errors.ts';
import { ec2Client } from './ec2-client.ts';

/** Canonical's account (https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/). */
const canonical = '099720109477';
const namePattern = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-*';

interface Described {
  readonly ImageId?: string | undefined;
  readonly Name?: string | undefined;
  readonly CreationDate?: string | undefined;
}

const imageOf = ({ ImageId, Name, CreationDate }: Described): readonly Image[] =>
  ImageId === undefined || Name === undefined || CreationDate === undefined
    ? []
    : [{ id: ImageId, name: Name, createdAt: new Date(CreationDate) }];

/** Canonical's Ubuntu Noble images. */
export const ec2Images = (connection: AwsConnection): ImageReader => ({
  images: (architecture) =>
    asAws('DescribeImages', async () => {
      const found: Image[] = [];
      let token: string | undefined;
      do {
        const page = await ec2Client(connection).send(
          new DescribeImagesCommand({
            Owners: [canonical],
            Filters: [
              { Name: 'name', Values: [namePattern] },
              { Name: 'architecture', Values: [architecture] },
              { Name: 'state', Values: ['available'] },
            ],
            MaxResults: 200,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        );
        found.push(...(page.Images ?? []).flatMap(imageOf));
        token = page.NextToken || undefined;
      } while (token !== undefined);
      return found;
    }),
});
