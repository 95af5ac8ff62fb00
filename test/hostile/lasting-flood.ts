import type { LocalCloud } from '../../local/local-cloud.ts';
import { type Answer, insist, type Patience } from '../campaign/insist.ts';
import { seconds } from '../campaign/seconds.ts';
import { repository } from '../statemachine/verified-world.ts';

/** A stranger's requests, so many a second for as long as the flood lasts. */
export interface Stream {
  readonly perSecond: number;
  readonly request: (index: number) => {
    readonly method: string;
    readonly path: string;
    readonly body?: object;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

type Cloud = Pick<LocalCloud, 'gateway' | 'control' | 'github'>;

/** Sends a stream until the time is over, and waits for no answer before the next request. */
const pour = async ({ gateway }: Cloud, { perSecond, request }: Stream, until: number): Promise<void> => {
  for (let index = 0; Date.now() < until; index += 1) {
    const { method, path, body, headers = {} } = request(index);
    void gateway.request({
      method,
      path,
      headers: { host: 'stint.example', 'content-type': 'application/json', ...headers },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
      sourceIp: '203.0.113.66',
    });
    await seconds(1 / perSecond);
  }
};

/** What the stage lets through: see docs/adr/0008. */
const statusPerSecond = 6;
const postPerSecond = 3;

const status: Stream = {
  perSecond: statusPerSecond,
  request: (index) => ({ method: 'GET', path: `/runners/rr_runner_stranger_${index % 50}` }),
};

const destroys: Stream = {
  perSecond: postPerSecond,
  request: (index) => ({
    method: 'POST',
    path: '/',
    body: {
      operation: 'destroy',
      labels: Array.from({ length: 10 }, (_, n) => `rr_runner_stranger_${index}_${n}`),
    },
  }),
};

const nonsense: Stream = {
  perSecond: statusPerSecond,
  request: (index) => ({ method: 'PUT', path: `/wp-admin/${index}`, body: { index } }),
};

const inventedRuns: Stream = {
  perSecond: postPerSecond,
  request: (index) => ({
    method: 'POST',
    path: '/',
    body: {
      operation: 'create',
      label: `rr_runner_${900_000 + index}_1`,
      architecture: 'x86_64',
      repository,
      run_id: 900_000 + index,
    },
  }),
};

/** As GitHub would deliver that a job is queued, signed by somebody who does not know the secret. */
const forgedDeliveries: Stream = {
  perSecond: statusPerSecond,
  request: (index) => ({
    method: 'POST',
    path: '/github/webhook',
    headers: {
      'x-github-event': 'workflow_job',
      'x-hub-signature-256': `sha256=${index.toString(16).padStart(64, '0')}`,
    },
    body: {
      action: 'queued',
      workflow_job: { id: index, run_id: 1_001, run_attempt: 1, labels: ['rr_runner_1001_1', 'arch_x86_64'] },
      repository: { full_name: repository },
    },
  }),
};

/** The floods of a stranger who knows the endpoint, at the stage's limits. */
export const floods: Readonly<Record<string, readonly Stream[]>> = {
  'of status requests': [status],
  'of destroys of ten invented labels each': [destroys],
  'of nonsense to routes that there are not': [nonsense],
  'of creates for invented runs': [inventedRuns],
  'of forged deliveries': [forgedDeliveries],
  'of all of these together': [status, destroys, nonsense, inventedRuns, forgedDeliveries],
};

/** A workflow's own, as the action has it: for some minutes, and as long as the answer says. */
const usualRetries: Patience = { tries: 40, pauseSeconds: () => 5 };

/** What became of one run in the flood. */
export interface RunInFlood {
  readonly created: Answer<object>;
  readonly destroyed: Answer<object>;
  readonly conclusion: string | null;
}

const jobSeconds = 30;
const longestSeconds = 600;

/** A run that asks for its runner, gives it a job when it is ready, and asks for its end. */
export const liveThroughFlood = async (cloud: Cloud, runId: number): Promise<RunInFlood> => {
  const label = `rr_runner_${runId}_1`;
  const run = { repository, runId, runAttempt: 1 };
  cloud.control.putRun({ ...run, status: 'in_progress' });
  const body = { operation: 'create', label, architecture: 'x86_64', repository, run_id: runId };
  const created = await insist<object>(
    cloud.gateway,
    { method: 'POST', path: '/runners', body },
    usualRetries,
  );
  const { id } = cloud.control.queueJob({
    runId,
    labels: [label, 'arch_x86_64'],
    durationSeconds: jobSeconds,
  });
  const job = () => cloud.github.jobs.find((known) => known.id === id);
  const until = Date.now() + longestSeconds * 1_000;
  while (job()?.status !== 'completed' && Date.now() < until) await seconds(5);
  const conclusion = job()?.conclusion ?? null;
  cloud.control.putRun({ ...run, status: 'completed' });
  const destroyed = await insist<object>(
    cloud.gateway,
    { method: 'POST', path: '/runners', body: { operation: 'destroy', label } },
    usualRetries,
  );
  return { created, destroyed, conclusion };
};

/** After how many seconds a job that asks by itself has had its machine and has ended; `undefined` when it has not. */
export const jobInFlood = async (cloud: Cloud, runId: number): Promise<number | undefined> => {
  const labels = [`rr_runner_${runId}_1`, 'arch_x86_64'];
  cloud.control.putRun({ repository, runId, runAttempt: 1, status: 'in_progress' });
  const from = Date.now();
  const { id } = cloud.control.queueJob({ runId, labels, durationSeconds: jobSeconds });
  const job = () => cloud.github.jobs.find((known) => known.id === id);
  while (job()?.status !== 'completed' && Date.now() < from + longestSeconds * 1_000) await seconds(5);
  const hasSucceeded = job()?.conclusion === 'success';
  cloud.control.putRun({ repository, runId, runAttempt: 1, status: 'completed' });
  return hasSucceeded ? (Date.now() - from) / 1_000 : undefined;
};

/** Pours the streams for so long. */
export const pourAll = (cloud: Cloud, streams: readonly Stream[], minutes: number): Promise<unknown> => {
  const until = Date.now() + minutes * 60_000;
  return Promise.all(streams.map((stream) => pour(cloud, stream, until)));
};
