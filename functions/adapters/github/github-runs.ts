import type { Endpoints } from '@octokit/types';
import { GitHubRefused } from '../../domain/errors.ts';
import type { WaitingJobsReader } from '../../domain/webhook/give-back.ts';
import type { RunJob, RunJobReader, RunReader, RunState, WorkflowRun } from '../../domain/workflow-run.ts';
import type { GitHubClient } from './github-client.ts';
import { githubStatus, translateGitHubError } from './github-errors.ts';

const addressOf = ({ repository, id }: WorkflowRun) => {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo, run_id: id };
};

/** A 403 that is none of GitHub's limits. */
const isForbidden = (error: unknown): boolean =>
  githubStatus(error) === 403 && translateGitHubError(error, 'get run') instanceof GitHubRefused;

const runRoute = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';

type Answered = Endpoints[typeof runRoute]['response'];

/** GitHub's description has it always, and GitHub answers null for a fork that was deleted. */
export const headOf = (
  head: { readonly full_name: string } | null | undefined,
): Pick<RunState, 'headRepository'> => (head == null ? {} : { headRepository: head.full_name });

const stateOf = ({ data }: Answered): RunState => ({
  repository: data.repository.full_name,
  status: data.status ?? 'unknown',
  attempt: data.run_attempt ?? 1,
  ...headOf(data.head_repository),
});

/** Reads runs (https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run). */
export const githubRuns = ({ call }: GitHubClient): RunReader => ({
  run: (wanted) =>
    call('get run', async (octokit) => {
      try {
        return stateOf(await octokit.request(runRoute, addressOf(wanted)));
      } catch (error) {
        if (githubStatus(error) === 404) return undefined;
        if (isForbidden(error)) return 'hidden';
        throw error;
      }
    }),
});

const jobsRoute = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs';

type Job = Endpoints[typeof jobsRoute]['response']['data']['jobs'][number];

const jobOf = ({ runner_name, status }: Job): RunJob => ({
  isCompleted: status === 'completed',
  ...(runner_name === null || runner_name === '' ? {} : { runnerName: runner_name }),
});

/**
 * Reads the jobs of a run, all attempts and all pages: the jobs of a second attempt can be on the machine of the
 * first (https://docs.github.com/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run).
 */
export const githubRunJobs = ({ call }: GitHubClient): RunJobReader => ({
  jobs: (wanted) =>
    call('list jobs', async (octokit) => {
      try {
        const jobs = await octokit.paginate(jobsRoute, {
          ...addressOf(wanted),
          filter: 'all',
          per_page: 100,
        });
        return jobs.map(jobOf);
      } catch (error) {
        if (githubStatus(error) === 404) return undefined;
        throw error;
      }
    }),
});

/** Whether the job has not ended and has no runner: queued, or to be queued once something else has happened. */
const isWaiting = ({ status, runner_name }: Job): boolean =>
  status !== 'completed' && (runner_name === null || runner_name === '');

/** Reads which jobs of a run's newest attempt wait for a runner. */
export const githubWaitingJobs = ({ call }: GitHubClient): WaitingJobsReader => ({
  waiting: (wanted) =>
    call('list jobs', async (octokit) => {
      try {
        const jobs = await octokit.paginate(jobsRoute, { ...addressOf(wanted), per_page: 100 });
        return jobs.filter(isWaiting).map(({ labels }) => labels);
      } catch (error) {
        if (githubStatus(error) === 404) return undefined;
        throw error;
      }
    }),
});
