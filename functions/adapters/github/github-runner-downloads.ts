import { runnerArchitecture } from '../../domain/architecture.ts';
import { GitHubRefused } from '../../domain/errors.ts';
import type { RunnerDownloadReader } from '../../domain/ports.ts';
import type { GitHubClient } from './github-client.ts';
import { runnerApi } from './github-runner-api.ts';

/**
 * GitHub's own list of its runner's newest downloads, with their checksums
 * (https://docs.github.com/rest/actions/self-hosted-runners#list-runner-applications-for-an-organization).
 */
export const githubRunnerDownloads = ({ call, target }: GitHubClient): RunnerDownloadReader => ({
  download: (architecture) =>
    call('list runner downloads', async (octokit) => {
      const { data } = await runnerApi(octokit, target).downloads();
      const wanted = runnerArchitecture(architecture);
      const found = data.find((download) => download.os === 'linux' && download.architecture === wanted);
      if (found?.sha256_checksum === undefined)
        throw new GitHubRefused(`GitHub lists no runner for linux ${wanted} with a checksum.`);
      return { url: found.download_url, filename: found.filename, sha256: found.sha256_checksum };
    }),
});
