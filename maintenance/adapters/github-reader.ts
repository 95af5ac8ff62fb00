import { asApp } from '../../functions/adapters/github/as-app.ts';
import { githubClient } from '../../functions/adapters/github/github-client.ts';
import type { GitHubConnection, GitHubTarget } from '../../functions/adapters/github/github-connection.ts';
import type { GitHubCredential } from '../../functions/adapters/github/github-credential.ts';
import type { GitHubReader } from '../github-access.ts';
import { excessOf } from './github-excess.ts';
import { appHook } from './github-hook.ts';
import { installationOf, isInstalledOn } from './github-installation.ts';
import { listRunnerGroups, readRunnerGroup } from './github-runner-groups.ts';
import { mayRegister, readRunners } from './github-runners.ts';
import { unlessHidden } from './unless-hidden.ts';

/** GitHub as a credential shows it. */
export const githubReader = (
  connection: GitHubConnection,
  target: GitHubTarget,
  credential: GitHubCredential,
): GitHubReader => {
  const source = { read: async () => credential, forget: () => undefined };
  const { call } = githubClient({ connection, target, credential: source });
  const app = credential.kind === 'app' ? asApp(connection, credential) : undefined;
  return {
    installation: async () => app?.('get installation', installationOf),
    isInstalledOn: async (repository) =>
      (await app?.('get installation', (octokit) => isInstalledOn(octokit, repository))) ?? false,
    hook: async () => app?.('get webhook', appHook),
    readRunners: () => call('list runners', (octokit) => readRunners(octokit, target)),
    excess: () => call('look for more permissions', (octokit) => excessOf(octokit, target)),
    mayRegister: () => call('register without a name', (octokit) => mayRegister(octokit, target)),
    runnerGroup: (id) => call('get runner group', (octokit) => readRunnerGroup(octokit, target, id)),
    runnerGroups: () => call('list runner groups', (octokit) => listRunnerGroups(octokit, target)),
    visibility: (repository) =>
      call('get repository', async (octokit) => {
        const [owner = '', repo = ''] = repository.split('/');
        const found = await unlessHidden(() => octokit.request('GET /repos/{owner}/{repo}', { owner, repo }));
        if (found === undefined) return 'unseen';
        return found.data.private ? 'private' : 'public';
      }),
  };
};
