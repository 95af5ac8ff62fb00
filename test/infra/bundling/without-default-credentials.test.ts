import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build, newerVersion } = await outsideJest<typeof import('./built.ts')>(
  new URL('./built.ts', import.meta.url),
);
const { withoutDefaultCredentials } = await outsideJest<
  typeof import('../../../infra/bundling/without-default-credentials.ts')
>(new URL('../../../infra/bundling/without-default-credentials.ts', import.meta.url));

const entry = `
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
export const decrypt = (configuration) => new KMSClient(configuration).send(new DecryptCommand({}));
`;

const credentials = /credential-provider|token-providers|nested-clients/;

describe('a bundle without the default credentials', () => {
  test('has nothing of the search for them, which is there otherwise', async () => {
    const [without, withThem] = await Promise.all([build(entry, withoutDefaultCredentials()), build(entry)]);
    expect(without.modules.filter((id) => credentials.test(id))).toEqual([
      '\0replaced:@aws-sdk/credential-provider-node',
    ]);
    expect(withThem.modules.filter((id) => credentials.test(id)).length).toBeGreaterThan(50);
  });

  test('is not built when what searches for them comes another way', async () => {
    const newer = newerVersion(
      '/runtimeConfig.js',
      'export const getRuntimeConfig',
      "export * from '@aws-sdk/credential-provider-node/dist-es/index.js';\nexport const getRuntimeConfig",
    );
    const using = `${entry}export { fromProcess } from '@aws-sdk/credential-provider-process';`;
    await expect(build(using, withoutDefaultCredentials(), newer)).rejects.toThrow(
      /is in the bundle, though .*credential-provider-node was replaced/,
    );
  });

  test('is not missed in a bundle that has no client', async () => {
    const { code } = await build(`console.log('alone');`, withoutDefaultCredentials());
    expect(code).toContain('alone');
  });

  test('is not built when the SDK looks for them elsewhere', async () => {
    const newer = newerVersion(
      '/runtimeConfig.js',
      '@aws-sdk/credential-provider-node',
      '@aws-sdk/credential-provider-node/dist-es/index.js',
    );
    await expect(build(entry, withoutDefaultCredentials(), newer)).rejects.toThrow(
      /credential-provider-node was not replaced/,
    );
  });
});
