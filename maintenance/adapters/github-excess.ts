import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';
import type { Octokit } from '../../functions/adapters/github/octokit.ts';
import type { Excess } from '../github-access.ts';
import { pathOf } from './github-path.ts';
import { unlessHidden } from './unless-hidden.ts';

interface Probe extends Excess {
  readonly path: string;
  /** Lists are asked for one item. */
  readonly isList?: false;
}

/**
 * What only a permission that runners do not need can read
 * (https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens).
 * Administration of a repository is the needed permission itself when the target is one.
 */
const probes: Readonly<Record<GitHubTarget['kind'], readonly Probe[]>> = {
  organization: [
    { permission: 'Secrets', path: '/actions/secrets' },
    { permission: 'Variables', path: '/actions/variables' },
    { permission: 'Webhooks', path: '/hooks' },
    { permission: 'Administration', path: '/actions/permissions', isList: false },
    { permission: 'Members', path: '/teams' },
  ],
  repository: [
    { permission: 'Secrets', path: '/actions/secrets' },
    { permission: 'Variables', path: '/actions/variables' },
    { permission: 'Webhooks', path: '/hooks' },
    { permission: 'Dependabot alerts', path: '/dependabot/alerts' },
  ],
};

/** The permissions beyond the needed ones that reading shows. */
export const excessOf = async (octokit: Octokit, target: GitHubTarget): Promise<readonly Excess[]> => {
  const asked = probes[target.kind].map(async ({ permission, path, isList = true }) => {
    const shown = await unlessHidden(() =>
      octokit.request(`GET ${pathOf(target)}${path}`, isList ? { per_page: 1 } : {}),
    );
    return shown === undefined ? [] : [{ permission }];
  });
  return (await Promise.all(asked)).flat();
};
