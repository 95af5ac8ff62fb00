import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';
import type { Octokit } from '../../functions/adapters/github/octokit.ts';
import type { RunnerGroup } from '../github-access.ts';
import { unlessHidden } from './unless-hidden.ts';

/** Groups belong to organisations: a repository's own runners are in none. */
const organizationOf = (target: GitHubTarget): string => {
  if (target.kind !== 'organization') throw new Error('Only an organisation has runner groups');
  return target.organization;
};

const repositoriesOf = async (octokit: Octokit, org: string, runner_group_id: number) => {
  const route = 'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories';
  const listed = await octokit.paginate(route, { org, runner_group_id, per_page: 100 });
  return listed.map(({ full_name }) => full_name);
};

/** A group, `undefined` when there is none (https://docs.github.com/rest/actions/self-hosted-runner-groups). */
export const readRunnerGroup = async (
  octokit: Octokit,
  target: GitHubTarget,
  runner_group_id: number,
): Promise<RunnerGroup | undefined> => {
  const org = organizationOf(target);
  const found = await unlessHidden(() =>
    octokit.request('GET /orgs/{org}/actions/runner-groups/{runner_group_id}', { org, runner_group_id }),
  );
  if (found === undefined) return undefined;
  const { id, name, visibility, allows_public_repositories, restricted_to_workflows, selected_workflows } =
    found.data;
  return {
    id,
    name,
    isPublicAllowed: allows_public_repositories,
    visibility: visibility as RunnerGroup['visibility'],
    ...(visibility === 'selected'
      ? { repositories: await repositoriesOf(octokit, org, runner_group_id) }
      : {}),
    ...(restricted_to_workflows === true ? { workflows: selected_workflows ?? [] } : {}),
  };
};

export const listRunnerGroups = async (octokit: Octokit, target: GitHubTarget) => {
  const org = organizationOf(target);
  const groups = await octokit.paginate('GET /orgs/{org}/actions/runner-groups', { org, per_page: 100 });
  return groups.map(({ id, name }) => ({ id, name }));
};
