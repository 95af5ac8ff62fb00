import { afterEach, describe, expect, test } from '@jest/globals';
import { githubClient } from '../../../functions/adapters/github/github-client.ts';
import { githubRunnerDownloads } from '../../../functions/adapters/github/github-runner-downloads.ts';
import { GitHubRefused, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { downloads } from '../../../local/github/bodies.ts';
import {
  bothTargets,
  type FakeGitHubScene,
  fakeGitHub,
  type GitHubScene,
  organization,
} from './fake-github.ts';

let scene: FakeGitHubScene;
const reader = (options: GitHubScene = {}) => {
  scene = fakeGitHub(options);
  return githubRunnerDownloads(scene.client);
};
afterEach(() => expect(scene.problems()).toEqual([]));

describe.each(bothTargets)("the runner's download, listed for %s", (_, target) => {
  test.each([
    ['x86_64', 'x64'],
    ['arm64', 'arm64'],
  ] as const)(
    'is for %s the one that GitHub calls linux %s, with its checksum',
    async (architecture, wanted) => {
      const listed = downloads.find((download) => download.architecture === wanted);

      await expect(reader({ target }).download(architecture)).resolves.toEqual({
        url: listed?.download_url,
        filename: listed?.filename,
        sha256: listed?.sha256_checksum,
      });
    },
  );
});

describe('a list', () => {
  const listing = (list: readonly object[]) => {
    scene = fakeGitHub();
    const fetch = async () => Response.json(list);
    const credential = {
      read: async () => ({ kind: 'token', token: 'any' }) as const,
      forget: () => undefined,
    };
    return githubRunnerDownloads(githubClient({ connection: { fetch }, target: organization, credential }));
  };
  const [x64] = downloads;

  test('without a download for the architecture is refused', async () => {
    const read = listing([{ ...x64, os: 'osx' }]).download('x86_64');

    await expect(read).rejects.toThrow(GitHubRefused);
    await expect(read).rejects.toThrow(/linux x64/);
  });

  test('without a checksum is refused: nothing is unpacked that was not checked', async () => {
    const { sha256_checksum: _, ...unchecked } = x64 ?? {};
    await expect(listing([unchecked]).download('x86_64')).rejects.toThrow(GitHubRefused);
  });

  test('that cannot be had is unavailable', async () => {
    const read = reader();
    scene.faults.add({ service: 'github', operation: 'ListDownloads', error: '502' });

    await expect(read.download('arm64')).rejects.toThrow(GitHubUnavailable);
  });
});
