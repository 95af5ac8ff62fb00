import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build } = await outsideJest<typeof import('./built.ts')>(new URL('./built.ts', import.meta.url));
const { warningsAreErrors } = await outsideJest<
  typeof import('../../../infra/bundling/warnings-are-errors.ts')
>(new URL('../../../infra/bundling/warnings-are-errors.ts', import.meta.url));

describe('a build in which warnings are errors', () => {
  test('fails at an import that is not found', async () => {
    const entry = `import { absent } from 'not-there'; console.log(absent);`;
    await expect(build(entry, warningsAreErrors())).rejects.toThrow(/Could not resolve 'not-there'/);
  });

  test('is the same without one', async () => {
    expect((await build(`console.log('here');`, warningsAreErrors())).code).toContain('here');
  });
});
