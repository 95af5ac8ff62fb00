import { ImageNotFound } from '../errors.ts';
import type { Image } from '../ports.ts';

/** The newest image by creation date, for EC2 does not sort its answer; throws ImageNotFound. */
export const newestImage = (images: readonly Image[], wanted: string): Image => {
  const [newest] = images.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  if (newest === undefined)
    throw new ImageNotFound(
      `EC2 lists no available ${wanted} image of Canonical's in this region. Deploy in a region that has one.`,
    );
  return newest;
};
