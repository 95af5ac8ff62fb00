import { architectures } from '../../functions/domain/architecture.ts';
import { ImageNotFound } from '../../functions/domain/errors.ts';
import { newestImage } from '../../functions/domain/launch/newest-image.ts';
import type { ImageReader } from '../../functions/domain/ports.ts';
import { failed, passed, type Verdict } from '../finding.ts';
import type { Check } from './check.ts';

/** Whether there is an image for each architecture, found as a launch finds it. */
export const imageCheck = (reader: ImageReader): Check => ({
  subject: 'Images',
  look: () =>
    Promise.all(
      architectures.map(async (architecture): Promise<Verdict> => {
        try {
          const { id, name, createdAt } = newestImage(await reader.images(architecture), architecture);
          const day = createdAt.toISOString().slice(0, 10);
          return passed(`${architecture}: ${name.split('/').at(-1)} of ${day}, ${id}`);
        } catch (error) {
          if (!(error instanceof ImageNotFound)) throw error;
          return failed(
            `${architecture}: Canonical has no Ubuntu 24.04 image in this region`,
            'Deploy to a region that has one.',
          );
        }
      }),
    ),
});
