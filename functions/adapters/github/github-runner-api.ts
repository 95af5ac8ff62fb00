import type { Octokit } from '@octokit/rest';
import type { GitHubTarget } from './github-connection.ts';

/** GitHub's endpoints for self-hosted runners, which an organisation and a repository have alike. */
const organizationApi = (octokit: Octokit, org: string) => {
  const { actions } = octokit.rest;
  return {
    generateJitConfig: (name: string, runner_group_id: number, labels: string[]) =>
      actions.generateRunnerJitconfigForOrg({ org, name, runner_group_id, labels }),
    get: (runner_id: number) => actions.getSelfHostedRunnerForOrg({ org, runner_id }),
    named: (name: string) => actions.listSelfHostedRunnersForOrg({ org, name, per_page: 100 }),
    all: () => octokit.paginate(actions.listSelfHostedRunnersForOrg, { org, per_page: 100 }),
    delete: (runner_id: number) => actions.deleteSelfHostedRunnerFromOrg({ org, runner_id }),
    removeLabels: (runner_id: number) =>
      actions.removeAllCustomLabelsFromSelfHostedRunnerForOrg({ org, runner_id }),
    downloads: () => actions.listRunnerApplicationsForOrg({ org }),
  };
};

const repositoryApi = (octokit: Octokit, owner: string, repo: string): RunnerApi => {
  const { actions } = octokit.rest;
  const at = { owner, repo };
  return {
    generateJitConfig: (name, runner_group_id, labels) =>
      actions.generateRunnerJitconfigForRepo({ ...at, name, runner_group_id, labels }),
    get: (runner_id) => actions.getSelfHostedRunnerForRepo({ ...at, runner_id }),
    named: (name) => actions.listSelfHostedRunnersForRepo({ ...at, name, per_page: 100 }),
    all: () => octokit.paginate(actions.listSelfHostedRunnersForRepo, { ...at, per_page: 100 }),
    delete: (runner_id) => actions.deleteSelfHostedRunnerFromRepo({ ...at, runner_id }),
    removeLabels: (runner_id) =>
      actions.removeAllCustomLabelsFromSelfHostedRunnerForRepo({ ...at, runner_id }),
    downloads: () => actions.listRunnerApplicationsForRepo(at),
  };
};

export type RunnerApi = ReturnType<typeof organizationApi>;

/** The runner endpoints of the target. */
export const runnerApi = (octokit: Octokit, target: GitHubTarget): RunnerApi =>
  target.kind === 'organization'
    ? organizationApi(octokit, target.organization)
    : repositoryApi(octokit, target.owner, target.repository);
