import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';

/** Where GitHub's REST API has what belongs to the target. */
export const pathOf = (target: GitHubTarget): string =>
  target.kind === 'organization'
    ? `/orgs/${target.organization}`
    : `/repos/${target.owner}/${target.repository}`;
