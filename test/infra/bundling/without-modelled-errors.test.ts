import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build, movedModule, newerVersion } = await outsideJest<typeof import('./built.ts')>(
  new URL('./built.ts', import.meta.url),
);
const { withoutModelledErrors } = await outsideJest<
  typeof import('../../../infra/bundling/without-modelled-errors.ts')
>(new URL('../../../infra/bundling/without-modelled-errors.ts', import.meta.url));

const entry = `
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
export const decrypt = (configuration) => new KMSClient(configuration).send(new DecryptCommand({}));
`;

describe('a bundle without modelled errors', () => {
  test('has the base class of its service and no other, which are there otherwise', async () => {
    const [without, withThem] = await Promise.all([build(entry, withoutModelledErrors()), build(entry)]);
    expect(without.code).toContain('class KMSServiceException');
    expect(without.code).not.toContain('class DisabledException');
    expect(withThem.code).toContain('class DisabledException');
  });

  test('is not built when its own code wants the class of an error', async () => {
    const compares = `${entry} import { DisabledException } from '@aws-sdk/client-kms';
      export const isDisabled = (error) => error instanceof DisabledException;`;
    await expect(build(compares, withoutModelledErrors())).rejects.toThrow(/compare an error's name/);
  });

  test('is not built when the SDK registers them in another way', async () => {
    const newer = newerVersion('/schemas_0.js', 'n0_registry.registerError(', 'n0_registry.register(');
    await expect(build(entry, newer, withoutModelledErrors())).rejects.toThrow(/compare an error's name/);
  });

  test('is not built when the SDK has its tables elsewhere', async () => {
    const newer = movedModule(
      '/client-kms/dist-es/schemas/schemas_0.js',
      '/client-kms/dist-es/schemas/tables.js',
    );
    await expect(build(entry, newer, withoutModelledErrors())).rejects.toThrow(
      /client-kms has no table of schemas where it was/,
    );
  });

  test('is not built when the SDK retries an error because of its class', async () => {
    const newer = newerVersion('/errors.js', '$fault = "server";', '$fault = "server"; $retryable = {};');
    await expect(build(entry, newer, withoutModelledErrors())).rejects.toThrow(/retried by its class/);
  });
});
