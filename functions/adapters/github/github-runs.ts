import type { Endpoints } from '@octokit/types';
import type { BudgetReader, RequestBudget } from '../../domain/admission/github-reserve.ts';
import { GitHubRefused } from '../../domain/errors.ts';
import type { RunJob, RunJobReader, RunReader, RunState, WorkflowRun } from '../../domain/workflow-run.ts';
import type { GitHubClient } from './github-client.ts';
import { githubHeaders, githubStatus, translateGitHubError } from './github-errors.ts';

const addressOf = ({ repository, id }: WorkflowRun) => {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo, run_id: id };
};

type Headers = Readonly<Record<string, string | number | undefined>>;

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
const budgetIn = (headers: Headers): RequestBudget | undefined => {
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isInteger(remaining) && Number.isFinite(reset)
    ? { remaining, resetAt: new Date(reset * 1_000) }
    : undefined;
};

/** A 403 that is none of GitHub's limits. */
const isForbidden = (error: unknown): boolean =>
  githubStatus(error) === 403 && translateGitHubError(error, 'get run') instanceof GitHubRefused;

const runRoute = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';

type Answered = Endpoints[typeof runRoute]['response'];

const stateOf = ({ data }: Answered): RunState => ({
  repository: data.repository.full_name,
  status: data.status ?? 'unknown',
  attempt: data.run_attempt ?? 1,
});

/**
 * Reads runs, and remembers what GitHub says of the credential's budget with every answer, a 404 too
 * (https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run).
 */
export const githubRuns = ({ call }: GitHubClient): RunReader & BudgetReader => {
  let budget: RequestBudget | undefined;
  const heed = (found: RequestBudget | undefined): void => {
    budget = found ?? budget;
  };
  return {
    budget: () => budget,
    run: (wanted) =>
      call('get run', async (octokit) => {
        try {
          const answer = await octokit.request(runRoute, addressOf(wanted));
          heed(budgetIn(answer.headers));
          return stateOf(answer);
        } catch (error) {
          heed(budgetIn(githubHeaders(error)));
          if (githubStatus(error) === 404) return undefined;
          if (isForbidden(error)) return 'hidden';
          throw error;
        }
      }),
  };
};

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
