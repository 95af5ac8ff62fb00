import type { Endpoints } from '@octokit/types';
import type { AttemptJobs, QueuedJob } from '../../domain/queue/queued-requests.ts';
import type { RunAttempt } from '../../domain/workflow-run.ts';
import type { GitHubClient } from './github-client.ts';
import { githubStatus } from './github-errors.ts';

const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs';

type Job = Endpoints[typeof route]['response']['data']['jobs'][number];

/** A run has 256 jobs of a matrix, and can have several: what is beyond these pages has its turn when these have ended. */
const mostPages = 3;

const jobOf = ({ id, labels }: Job): QueuedJob => ({ id: Number(id), labels });

/** Only `queued`: `waiting` is for an approval, `pending` for a concurrency group, and neither needs a machine yet. */
const isQueued = ({ status }: Job): boolean => status === 'queued';

const read = (jobs: readonly Job[], isWhole: boolean): AttemptJobs => ({
  queued: jobs.filter(isQueued).map(jobOf),
  runnerNames: jobs.flatMap(({ runner_name: name }) => (name === null || name === '' ? [] : [name])),
  isWhole,
});

/**
 * Lists the jobs of an attempt, none of one that GitHub does not show
 * (https://docs.github.com/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run-attempt).
 */
export const githubAttemptJobs =
  ({ call }: GitHubClient) =>
  ({ repository, id, attempt }: RunAttempt): Promise<AttemptJobs> =>
    call('list jobs of an attempt', async (octokit) => {
      const [owner = '', repo = ''] = repository.split('/');
      const asked = { owner, repo, run_id: id, attempt_number: attempt, per_page: 100 };
      let pages = 0;
      try {
        const jobs = await octokit.paginate(route, asked, ({ data }, done) => {
          pages += 1;
          if (pages >= mostPages) done();
          return data;
        });
        return read(jobs, pages < mostPages);
      } catch (error) {
        if (githubStatus(error) === 404) return read([], false);
        throw error;
      }
    });
