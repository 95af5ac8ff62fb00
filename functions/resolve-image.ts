import { ec2Images } from './adapters/aws/ec2-images.ts';
import { newestImage } from './domain/launch/newest-image.ts';
import type { ProvisionInput } from './domain/life/provision-input.ts';
import type { ImageReader } from './domain/ports.ts';
import { troubleNews } from './domain/status/step-news.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

/** Finds the newest Ubuntu Noble image for the life's architecture. */
export const resolveImage =
  (images: ImageReader) =>
  async ({ architecture }: ProvisionInput): Promise<{ id: string; name: string }> => {
    const { id, name } = newestImage(await images.images(architecture), architecture);
    return { id, name };
  };

export const assemble: Assemble<ProvisionInput, { id: string; name: string }> = telling(
  { trouble: troubleNews('The newest image is looked up.') },
  ({ aws }) => resolveImage(ec2Images(aws)),
);

export const handler = lambda(assemble);
