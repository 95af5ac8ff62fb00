import type { GitHubTarget } from './github-connection.ts';
import type { Octokit } from './octokit.ts';

/** GitHub's endpoints for self-hosted runners, which an organisation and a repository have alike. */
const organizationApi = (octokit: Octokit, org: string) => ({
  generateJitConfig: (name: string, runner_group_id: number, labels: string[]) =>
    octokit.request('POST /orgs/{org}/actions/runners/generate-jitconfig', {
      org,
      name,
      runner_group_id,
      labels,
    }),
  get: (runner_id: number) =>
    octokit.request('GET /orgs/{org}/actions/runners/{runner_id}', { org, runner_id }),
  named: (name: string) => octokit.request('GET /orgs/{org}/actions/runners', { org, name, per_page: 100 }),
  all: () => octokit.paginate('GET /orgs/{org}/actions/runners', { org, per_page: 100 }),
  delete: (runner_id: number) =>
    octokit.request('DELETE /orgs/{org}/actions/runners/{runner_id}', { org, runner_id }),
  removeLabels: (runner_id: number) =>
    octokit.request('DELETE /orgs/{org}/actions/runners/{runner_id}/labels', { org, runner_id }),
  downloads: () => octokit.request('GET /orgs/{org}/actions/runners/downloads', { org }),
});

const repositoryApi = (octokit: Octokit, owner: string, repo: string): RunnerApi => {
  const at = { owner, repo };
  return {
    generateJitConfig: (name, runner_group_id, labels) =>
      octokit.request('POST /repos/{owner}/{repo}/actions/runners/generate-jitconfig', {
        ...at,
        name,
        runner_group_id,
        labels,
      }),
    get: (runner_id) =>
      octokit.request('GET /repos/{owner}/{repo}/actions/runners/{runner_id}', { ...at, runner_id }),
    named: (name) =>
      octokit.request('GET /repos/{owner}/{repo}/actions/runners', { ...at, name, per_page: 100 }),
    all: () => octokit.paginate('GET /repos/{owner}/{repo}/actions/runners', { ...at, per_page: 100 }),
    delete: (runner_id) =>
      octokit.request('DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}', { ...at, runner_id }),
    removeLabels: (runner_id) =>
      octokit.request('DELETE /repos/{owner}/{repo}/actions/runners/{runner_id}/labels', {
        ...at,
        runner_id,
      }),
    downloads: () => octokit.request('GET /repos/{owner}/{repo}/actions/runners/downloads', at),
  };
};

export type RunnerApi = ReturnType<typeof organizationApi>;

/** The runner endpoints of the target. */
export const runnerApi = (octokit: Octokit, target: GitHubTarget): RunnerApi =>
  target.kind === 'organization'
    ? organizationApi(octokit, target.organization)
    : repositoryApi(octokit, target.owner, target.repository);
