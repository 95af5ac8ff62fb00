import type { Endpoints } from '@octokit/types';
import type { ActiveRun } from '../../domain/readings/shared-runs.ts';
import { activeStatuses } from '../../domain/workflow-run.ts';
import type { GitHubClient } from './github-client.ts';
import { headOf } from './github-runs.ts';
import type { Octokit } from './octokit.ts';

const route = 'GET /repos/{owner}/{repo}/actions/runs';

type Listed = Endpoints[typeof route]['response']['data']['workflow_runs'][number];
type Status = NonNullable<Endpoints[typeof route]['parameters']['status']>;

const activeRunOf = ({ id, repository, status, run_attempt, head_repository: head }: Listed): ActiveRun => ({
  id: Number(id),
  repository: repository.full_name,
  status: status ?? 'unknown',
  attempt: run_attempt ?? 1,
  ...headOf(head),
});

/** GitHub gives a thousand runs at most, and ours are among the newest of their status. */
const inStatus = (octokit: Octokit, repository: string, status: Status): Promise<readonly Listed[]> => {
  const [owner = '', repo = ''] = repository.split('/');
  return octokit.paginate(route, { owner, repo, status, per_page: 100 });
};

/**
 * Lists the active runs of a repository: one list for each status, for the newest of all would not show an old run that
 * is run again (https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository).
 */
export const githubActiveRuns =
  ({ call }: GitHubClient) =>
  (repository: string): Promise<readonly ActiveRun[]> =>
    call('list active runs', async (octokit) => {
      const lists = await Promise.all(
        [...activeStatuses].map((status) => inStatus(octokit, repository, status as Status)),
      );
      return lists.flat().map(activeRunOf);
    });
