import { createHash } from 'node:crypto';
import { nodeId, repositoryBody } from './repository-body.ts';
import type { FakeJob, FakeRun, FakeRunner } from './runners.ts';

const runnerVersion = '2.336.0';

/** A runner (the schema `runner`); labels given by a JIT configuration are custom ones. */
export const runnerBody = (runner: FakeRunner, groupId: number) => ({
  id: runner.id,
  runner_group_id: groupId,
  name: runner.name,
  os: 'linux',
  status: runner.isOnline ? 'online' : 'offline',
  busy: runner.isShownBusy,
  ephemeral: true,
  version: runner.isOnline ? runnerVersion : null,
  labels: runner.labels.map((name, index) => ({ id: index + 1, name, type: 'custom' })),
});

/** The newest runner's downloads (the schema `runner-application`); the checksums are made up. */
export const downloads = ['x64', 'arm64'].map((architecture, index) => ({
  os: 'linux',
  architecture,
  filename: `actions-runner-linux-${architecture}-${runnerVersion}.tar.gz`,
  download_url: `https://github.com/actions/runner/releases/download/v${runnerVersion}/actions-runner-linux-${architecture}-${runnerVersion}.tar.gz`,
  sha256_checksum: `${index + 1}`.repeat(64),
}));

const commitSha = (run: number): string => createHash('sha1').update(String(run)).digest('hex');

/** A job (the schema `job`). GitHub gives a time of start to a job that only waits, too. */
export const jobBody = (job: FakeJob, run: FakeRun | undefined, runnerId: number | null, groupId: number) => {
  const repository = `https://api.github.com/repos/${run?.repository ?? 'unknown/unknown'}`;
  const page = `https://github.com/${run?.repository ?? 'unknown/unknown'}/actions/runs/${job.runId}`;
  const queuedAt = job.queuedAt.toISOString();
  return {
    id: job.id,
    node_id: nodeId('J', job.id),
    run_id: job.runId,
    run_url: `${repository}/actions/runs/${job.runId}`,
    run_attempt: job.runAttempt,
    head_sha: commitSha(job.runId),
    head_branch: 'main',
    workflow_name: 'Test',
    name: `job ${job.id}`,
    url: `${repository}/actions/jobs/${job.id}`,
    html_url: `${page}/job/${job.id}`,
    check_run_url: `${repository}/check-runs/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: queuedAt,
    started_at: job.startedAt?.toISOString() ?? queuedAt,
    completed_at: job.endedAt?.toISOString() ?? null,
    steps: [],
    labels: job.labels,
    runner_id: runnerId,
    runner_name: job.runnerName,
    runner_group_id: job.runnerName === null ? null : groupId,
    runner_group_name: job.runnerName === null ? null : 'Default',
  };
};

const commitOf = ({ id, createdAt }: FakeRun) => ({
  id: commitSha(id),
  tree_id: commitSha(-id),
  message: 'A change',
  timestamp: createdAt.toISOString(),
  author: null,
  committer: null,
});

/** A run of a workflow (the schema `workflow-run`). */
export const runBody = (run: FakeRun) => {
  const { id, repository, status, runAttempt, createdAt, headRepository = repository } = run;
  const url = `https://api.github.com/repos/${repository}/actions/runs/${id}`;
  const whole = repositoryBody(repository);
  return {
    id,
    node_id: nodeId('WFR', id),
    name: 'Test',
    display_title: 'A change',
    path: '.github/workflows/test.yml',
    head_branch: 'main',
    head_sha: commitSha(id),
    run_number: id,
    run_attempt: runAttempt,
    event: 'pull_request',
    status,
    conclusion: status === 'completed' ? 'success' : null,
    workflow_id: 1,
    check_suite_id: id,
    url,
    html_url: `https://github.com/${repository}/actions/runs/${id}`,
    created_at: createdAt.toISOString(),
    updated_at: createdAt.toISOString(),
    run_started_at: createdAt.toISOString(),
    pull_requests: [],
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `https://api.github.com/repos/${repository}/check-suites/${id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `https://api.github.com/repos/${repository}/actions/workflows/1`,
    head_commit: commitOf(run),
    repository: whole,
    head_repository: repositoryBody(headRepository),
  };
};
