import type { WireResponse } from '../wire/wire.ts';
import { jobBody, runBody } from './bodies.ts';
import { json, problem } from './github-answer.ts';
import { githubPage } from './paging.ts';
import { type Answer, type Asked, groupOf, type Route, type RouteWorld, route } from './route.ts';
import type { FakeJob, FakeRun } from './runners.ts';

/** Runs of public repositories take nobody's permission (https://docs.github.com/rest/authentication/permissions-required-for-github-apps). */
const runs = (path: string, { github }: RouteWorld): readonly [string, string] => {
  const id = Number(/\/actions\/runs\/(\d+)/.exec(path)?.[1]);
  return [github.run(id)?.isPrivate === true ? 'actions' : 'metadata', 'read'];
};

const withRun =
  (answer: (run: FakeRun, world: RouteWorld, asked: Asked) => WireResponse): Answer =>
  (world, asked) => {
    const [repository = '', id] = asked.parameters;
    const run = world.github.run(Number(id));
    const isThere = run?.repository.toLowerCase() === repository.toLowerCase();
    return run === undefined || !isThere ? problem(404, 'Not Found') : answer(run, world, asked);
  };

const jobsAnswer = (jobs: readonly FakeJob[], run: FakeRun, world: RouteWorld, url: URL): WireResponse => {
  const { items, headers } = githubPage(jobs, url);
  const shown = items.map((job) => {
    const runner = world.github.runners.find(({ name }) => name === job.runnerName);
    return jobBody(job, run, runner?.id ?? null, groupOf(world));
  });
  return json(200, { total_count: jobs.length, jobs: shown }, headers);
};

/** Of the newest attempt, unless those of all are asked for. */
const listJobs = withRun((run, world, { url }) => {
  const isAll = url.searchParams.get('filter') === 'all';
  const jobs = world.github.jobs.filter(
    ({ runId, runAttempt }) => runId === run.id && (isAll || runAttempt === run.runAttempt),
  );
  return jobsAnswer(jobs, run, world, url);
});

const listAttemptJobs = withRun((run, world, { parameters: [, , attempt], url }) => {
  if (Number(attempt) > run.runAttempt) return problem(404, 'Not Found');
  const jobs = world.github.jobs.filter(
    ({ runId, runAttempt }) => runId === run.id && runAttempt === Number(attempt),
  );
  return jobsAnswer(jobs, run, world, url);
});

/** A list with a filter ends after so many. */
const mostListed = 1_000;

/** Newest first by their creation: a run that is run again stays where it was. */
const listRuns: Answer = ({ github }, { parameters: [repository = ''], url }) => {
  const status = url.searchParams.get('status');
  const found = github.listedRuns
    .filter((run) => run.repository.toLowerCase() === repository.toLowerCase())
    .filter((run) => status === null || run.status === status)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id)
    .slice(0, mostListed);
  const { items, headers } = githubPage(found, url);
  return json(200, { total_count: found.length, workflow_runs: items.map(runBody) }, headers);
};

/** A list of a private repository's runs. */
const runsOf = (path: string, { github }: RouteWorld): readonly [string, string] => {
  const [, repository = ''] = /^\/repos\/([^/]+\/[^/]+)\//.exec(path) ?? [];
  const isPrivate = github.runs.some(
    (run) => run.isPrivate === true && run.repository.toLowerCase() === repository.toLowerCase(),
  );
  return [isPrivate ? 'actions' : 'metadata', 'read'];
};

const list = String.raw`\/repos\/([^/]+\/[^/]+)\/actions\/runs`;
const run = String.raw`${list}\/(\d+)`;

/** The endpoints of workflow runs and their jobs (https://docs.github.com/rest/actions/workflow-runs). */
export const runRoutes: readonly Route[] = [
  route(
    'GET',
    run,
    'GetRun',
    runs,
    withRun((found) => json(200, runBody(found))),
  ),
  route('GET', `${run}\\/jobs`, 'ListJobs', runs, listJobs),
  route('GET', `${run}\\/attempts\\/(\\d+)\\/jobs`, 'ListAttemptJobs', runs, listAttemptJobs),
  route('GET', list, 'ListRuns', runsOf, listRuns),
];
