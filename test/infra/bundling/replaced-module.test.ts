import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build, standIns } = await outsideJest<typeof import('./built.ts')>(
  new URL('./built.ts', import.meta.url),
);
const { replacedModule } = await outsideJest<typeof import('../../../infra/bundling/replaced-module.ts')>(
  new URL('../../../infra/bundling/replaced-module.ts', import.meta.url),
);

const plugin = (replacement = `export const search = () => 'found nothing';`) =>
  replacedModule({ specifier: 'heavy', replacement, importedBy: /\/client\//, gone: /\/(heavy|weight)\// });

const client = `import { search } from 'heavy'; export const client = () => search();`;
const dependencies = {
  client,
  heavy: `import { weight } from 'weight'; export const search = () => weight();`,
  weight: `export const weight = () => 'the whole disk';`,
};

const withNewer = (newer: Partial<typeof dependencies>) => standIns({ ...dependencies, ...newer });

const entry = `import { client } from 'client'; console.log(client());`;

describe('a replaced module', () => {
  test('is not in the bundle, nor what came with it', async () => {
    const { code, modules } = await build(entry, plugin(), standIns(dependencies));
    expect(code).toContain('found nothing');
    expect(code).not.toContain('the whole disk');
    expect(modules.filter((id) => /heavy\/|weight\//.test(id))).toEqual([]);
  });

  test('fails the build when a newer dependency no longer imports it', async () => {
    const newer = withNewer({ client: `export const client = () => 'has a search of its own';` });
    await expect(build(entry, plugin(), newer)).rejects.toThrow(
      /heavy was not replaced, though .*\/client\//,
    );
  });

  test('fails the build when what came with it comes another way', async () => {
    const newer = withNewer({ client: `import { weight } from 'weight'; ${client} client.weight = weight;` });
    await expect(build(entry, plugin(), newer)).rejects.toThrow(/weight\/index\.js is in the bundle/);
  });

  test('fails the build when a newer dependency imports more of it than the replacement has', async () => {
    await expect(build(entry, plugin('export {};'), standIns(dependencies))).rejects.toThrow(
      /"search" is not exported/,
    );
  });

  test('is not missed in a bundle that holds none of its importers', async () => {
    const { code } = await build(`console.log('alone');`, plugin(), standIns(dependencies));
    expect(code).toContain('alone');
  });
});
