import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build, newerVersion } = await outsideJest<typeof import('./built.ts')>(
  new URL('./built.ts', import.meta.url),
);
const { withoutOauthFlows } = await outsideJest<
  typeof import('../../../infra/bundling/without-oauth-flows.ts')
>(new URL('../../../infra/bundling/without-oauth-flows.ts', import.meta.url));

const entry = `
import { createAppAuth } from '@octokit/auth-app';
export const tokenOf = (app) => createAppAuth(app)({ type: 'installation' });
`;

const flows = /oauth|universal-github-app-jwt/;

describe('a bundle without OAuth', () => {
  test('has nothing of signing users in or of making JWTs, which is there otherwise', async () => {
    const [without, withThem] = await Promise.all([build(entry, ...withoutOauthFlows()), build(entry)]);
    expect(without.modules.filter((id) => flows.test(id) && !id.startsWith('\0replaced:'))).toEqual([]);
    const packages = withThem.modules.flatMap(
      (id) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? [],
    );
    expect(packages).toEqual(
      expect.arrayContaining([
        '@octokit/auth-oauth-app',
        '@octokit/auth-oauth-user',
        '@octokit/auth-oauth-device',
        '@octokit/oauth-methods',
        'universal-github-app-jwt',
      ]),
    );
  });

  test.each(['@octokit/auth-oauth-app', '@octokit/auth-oauth-user', 'universal-github-app-jwt'])(
    'is not built when Octokit no longer imports %s',
    async (specifier) => {
      const newer = newerVersion('/auth-app/', `"${specifier}"`, '"newer"');
      const standIn = {
        name: 'newer',
        resolveId: (id: string) => (id === 'newer' ? '/newer.js' : null),
        load: (id: string) =>
          id === '/newer.js'
            ? 'export default 1; export const createOAuthAppAuth = 1, createOAuthUserAuth = 1, requiresBasicAuth = 1;'
            : null,
      };
      await expect(build(entry, newer, standIn, ...withoutOauthFlows())).rejects.toThrow(
        `${specifier} was not replaced`,
      );
    },
  );
});
