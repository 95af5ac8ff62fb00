import type { Octokit } from '../../functions/adapters/github/octokit.ts';
import type { AccessLevel, Installation } from '../github-access.ts';
import { unlessHidden } from './unless-hidden.ts';

const permissionsOf = (given: object): Readonly<Record<string, AccessLevel>> =>
  Object.fromEntries(
    Object.entries(given as Readonly<Record<string, AccessLevel | undefined>>).flatMap(([name, level]) =>
      level === undefined ? [] : [[name, level] as const],
    ),
  );

/** What an App's installation was given (https://docs.github.com/rest/apps/apps#get-an-installation-for-the-authenticated-app). */
export const installationOf = async (octokit: Octokit, installation_id: number): Promise<Installation> => {
  const { data } = await octokit.request('GET /app/installations/{installation_id}', { installation_id });
  const { account } = data;
  return {
    account: account !== null && 'login' in account ? account.login : (account?.slug ?? ''),
    isSuspended: data.suspended_at !== null,
    repositories: data.repository_selection,
    permissions: permissionsOf(data.permissions),
  };
};

/** Whether the App is installed on a repository (https://docs.github.com/rest/apps/apps#get-a-repository-installation-for-the-authenticated-app). */
export const isInstalledOn = async (octokit: Octokit, repository: string): Promise<boolean> => {
  const [owner = '', repo = ''] = repository.split('/');
  const found = await unlessHidden(() =>
    octokit.request('GET /repos/{owner}/{repo}/installation', { owner, repo }),
  );
  return found !== undefined;
};
