import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';

export type PermissionName = 'organization_self_hosted_runners' | 'administration';

/** The one permission that runners need (https://docs.github.com/rest/actions/self-hosted-runners). */
export const neededPermission = ({ kind }: GitHubTarget): PermissionName =>
  kind === 'organization' ? 'organization_self_hosted_runners' : 'administration';

/** The same in the words of GitHub's settings. */
export const settingsWords = ({ kind }: GitHubTarget): string =>
  kind === 'organization'
    ? 'Organization permissions → Self-hosted runners: Read and write'
    : 'Repository permissions → Administration: Read and write';

/** The scope with which a classic token may do it. */
export const classicScope = ({ kind }: GitHubTarget): string =>
  kind === 'organization' ? 'admin:org' : 'repo';
