import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build, newerVersion } = await outsideJest<typeof import('./built.ts')>(
  new URL('./built.ts', import.meta.url),
);
const { usedEndpoints } = await outsideJest<typeof import('../../../infra/bundling/used-endpoints.ts')>(
  new URL('../../../infra/bundling/used-endpoints.ts', import.meta.url),
);

const entry = `
import { Octokit } from '@octokit/rest';
export const runs = (octokit) => octokit.rest.actions.listWorkflowRuns({ owner: 'o', repo: 'r' });
export const octokit = () => new Octokit();
`;

const endpoints = (code: string): readonly string[] =>
  code.match(/"(GET|POST|PUT|PATCH|DELETE) \/[^"]*"/g) ?? [];

describe('a bundle with the used endpoints', () => {
  test('has the routes of the methods that the sources name, of hundreds otherwise', async () => {
    const [used, all] = await Promise.all([build(entry, usedEndpoints([entry])), build(entry)]);
    expect(endpoints(used.code)).toContain(
      '"GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs"',
    );
    expect(endpoints(used.code).length).toBeLessThan(5);
    expect(endpoints(all.code).length).toBeGreaterThan(500);
  });

  test('keeps what a method needs beside its route', async () => {
    const { code } = await build(entry, usedEndpoints(['octokit.rest.actions.getRepoPermissions']));
    expect(code).toContain('["actions", "getGithubActionsPermissionsRepository"]');
  });

  test('is not built when the sources name none', async () => {
    await expect(build(entry, usedEndpoints(['octokit.request(route)']))).rejects.toThrow(
      /No endpoint of GitHub is named/,
    );
  });

  test.each([
    ['const Endpoints = {', 'const Endpoints = { ...more, '],
    ['actions: {', 'actions: { ["computed"]: [],'],
    ['const Endpoints = {', 'const more = {}; const Endpoints = {'],
  ])('is not built when Octokit’s %p has become %p', async (was, is) => {
    const newer = newerVersion('/generated/endpoints.js', was, is);
    await expect(build(entry, newer, usedEndpoints([entry]))).rejects.toThrow(
      /is not the table of endpoints/,
    );
  });

  test('is not built when Octokit has its table elsewhere', async () => {
    const newer = {
      name: 'newer',
      resolveId: (id: string) => (id === './generated/endpoints.js' ? '/table.js' : null),
      load: (id: string) => (id === '/table.js' ? 'export default { actions: {} };' : null),
    };
    await expect(build(entry, newer, usedEndpoints([entry]))).rejects.toThrow(
      /no table of endpoints where it was/,
    );
  });
});
