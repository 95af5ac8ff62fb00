import { expect, test } from '@jest/globals';
import { ImageNotFound } from '../../functions/domain/errors.ts';
import { resolveImage } from '../../functions/resolve-image.ts';
import { later, provisionInput } from './fakes/life.ts';

const image = (id: string, day: number) => ({ id, name: `noble-${id}`, createdAt: later(day * 86_400) });

test('takes the newest image wherever it stands in the list', async () => {
  const images = { images: async () => [image('old', 1), image('new', 9), image('middle', 5)] };
  await expect(resolveImage(images)(provisionInput)).resolves.toEqual({ id: 'new', name: 'noble-new' });
});

test('asks for the architecture of the life', async () => {
  const asked: string[] = [];
  const images = {
    images: async (architecture: string) => {
      asked.push(architecture);
      return [image('a', 1)];
    },
  };
  await resolveImage(images)({ ...provisionInput, architecture: 'arm64' });
  expect(asked).toEqual(['arm64']);
});

test('fails by name when there is none', async () => {
  await expect(resolveImage({ images: async () => [] })(provisionInput)).rejects.toThrow(ImageNotFound);
});
