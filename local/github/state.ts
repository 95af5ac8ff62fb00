import type { RunnerHub, RunnerListener, RunnerSession } from './runner-hub.ts';
import { canTake, type FakeJob, type FakeRun, type FakeRunner } from './runners.ts';

export interface GitHubOptions {
  /** How long the API shows a runner as idle that has a job. */
  readonly staleBusySeconds?: () => number;
  /** How long GitHub shows a dead machine's runner as busy, and refuses to delete it. */
  readonly deadBusySeconds?: number;
  /** After which GitHub notices that a machine is gone. */
  readonly offlineSeconds?: number;
  /** A list shows the registrations as they were so long ago; the answer for an id is always right. */
  readonly listLagSeconds?: () => number;
  /** A runner has come online. */
  readonly onOnline?: (runner: FakeRunner) => void;
  /** A job is queued, has begun, or has ended. */
  readonly onJob?: (job: FakeJob) => void;
}

/** Reports of GitHub's users: `busy` is stale for 25 to 60 seconds, a dead runner busy for a quarter of an hour. */
const defaults: Required<GitHubOptions> = {
  staleBusySeconds: () => 45,
  deadBusySeconds: 900,
  offlineSeconds: 30,
  listLagSeconds: () => 0,
  onOnline: () => undefined,
  onJob: () => undefined,
};

/** From a job's start to the end of a worker that a hook ends. */
const setUpSeconds = 3;

/** A JIT config expires after about an hour. */
const configLifetimeMs = 3_600_000;

/** Nothing in it but what it is a secret for: GitHub's own has a key, and names that are no secret. */
const encode = ({ id }: FakeRunner): string => {
  const once = Array.from({ length: 4 }, () => crypto.randomUUID()).join('-');
  return Buffer.from(JSON.stringify({ once, runner: id })).toString('base64');
};

const decode = (config: string): number | undefined => {
  try {
    const { runner } = JSON.parse(Buffer.from(config, 'base64').toString('utf8')) as { runner: number };
    return runner;
  } catch {
    return undefined;
  }
};

/**
 * GitHub's side of runners and jobs: who is registered, who is connected, who has which job. A JIT runner
 * takes one job, and is deregistered after it
 * (https://docs.github.com/actions/reference/runners/self-hosted-runners#ephemeral-runners-for-autoscaling).
 */
export class GitHub implements RunnerHub {
  readonly #options: Required<GitHubOptions>;
  readonly #runners = new Map<number, FakeRunner>();
  readonly #gone: { readonly runner: FakeRunner; readonly at: number }[] = [];
  readonly #configs = new Map<string, number>();
  readonly #runs = new Map<number, FakeRun>();
  readonly jobs: FakeJob[] = [];
  #lastRunnerId = 100;
  #lastJobId = 5_000;

  constructor(options: GitHubOptions = {}) {
    this.#options = { ...defaults, ...options };
  }

  get runners(): readonly FakeRunner[] {
    return [...this.#runners.values()];
  }

  /** What a list shows, which lags behind. */
  get listed(): readonly FakeRunner[] {
    const asOf = Date.now() - this.#options.listLagSeconds() * 1_000;
    const stillShown = this.#gone.filter(({ at }) => at > asOf).map(({ runner }) => runner);
    return [...this.#runners.values(), ...stillShown].filter(
      ({ registeredAt }) => registeredAt.getTime() <= asOf,
    );
  }

  runner(id: number): FakeRunner | undefined {
    return this.#runners.get(id);
  }

  /** Oldest first. */
  get runs(): readonly FakeRun[] {
    return [...this.#runs.values()];
  }

  run(id: number): FakeRun | undefined {
    return this.#runs.get(id);
  }

  /** The runs that a list shows, which lags behind. */
  get listedRuns(): readonly FakeRun[] {
    const asOf = Date.now() - this.#options.listLagSeconds() * 1_000;
    return this.runs.filter(({ createdAt }) => createdAt.getTime() <= asOf);
  }

  /** Adds a run, or changes it. The jobs of an attempt that is over, as it is when it was cancelled, are over too. */
  putRun(run: Omit<FakeRun, 'createdAt'>): void {
    const createdAt = this.#runs.get(run.id)?.createdAt ?? new Date();
    this.#runs.set(run.id, { createdAt, ...run });
    const isOver = ({ runId, runAttempt }: FakeJob): boolean =>
      runId === run.id && (runAttempt < run.runAttempt || run.status === 'completed');
    for (const job of this.jobs.filter(isOver)) this.#cancel(job);
  }

  /** Registers an offline runner at once; `undefined` when the name is taken. */
  register(name: string, labels: readonly string[]): { runner: FakeRunner; config: string } | undefined {
    if (this.runners.some((runner) => runner.name === name)) return undefined;
    this.#lastRunnerId += 1;
    const runner: FakeRunner = {
      id: this.#lastRunnerId,
      name,
      labels,
      registeredAt: new Date(),
      isOnline: false,
      isShownBusy: false,
    };
    this.#runners.set(runner.id, runner);
    const config = encode(runner);
    this.#configs.set(config, runner.id);
    return { runner, config };
  }

  /** Deletes a registration, unless GitHub takes it for busy. The job of one that it takes for idle dies. */
  delete(runner: FakeRunner): 'deleted' | 'busy' {
    if (runner.isShownBusy) return 'busy';
    this.#remove(runner);
    if (runner.job !== undefined) this.#finish(runner.job, 'failure');
    runner.listener?.ended();
    return 'deleted';
  }

  connect(jitConfig: string, listener: RunnerListener): RunnerSession | undefined {
    const runner = this.#runners.get(this.#configs.get(jitConfig) ?? decode(jitConfig) ?? 0);
    const isKnown = this.#configs.delete(jitConfig);
    if (runner === undefined || !isKnown) return undefined;
    if (Date.now() - runner.registeredAt.getTime() > configLifetimeMs) return undefined;
    runner.isOnline = true;
    runner.listener = listener;
    this.#options.onOnline(runner);
    this.#assign();
    return { disconnect: () => this.#disconnect(runner) };
  }

  queueJob(job: Pick<FakeJob, 'runId' | 'labels' | 'durationSeconds'> & { isHostile?: boolean }): FakeJob {
    this.#lastJobId += 1;
    const queued: FakeJob = {
      isHostile: false,
      ...job,
      runAttempt: this.#runs.get(job.runId)?.runAttempt ?? 1,
      id: this.#lastJobId,
      stepsRun: 'none',
      status: 'queued',
      conclusion: null,
      runnerName: null,
      queuedAt: new Date(),
    };
    this.jobs.push(queued);
    this.#options.onJob(queued);
    this.#assign();
    return queued;
  }

  /** Cancels one job, as GitHub does with those of a matrix when one has failed. */
  cancelJob(id: number): void {
    const job = this.jobs.find((known) => known.id === id);
    if (job !== undefined) this.#cancel(job);
  }

  #assign(): void {
    for (const job of this.jobs) {
      const runner = this.runners.find((candidate) => canTake(candidate, job));
      if (runner !== undefined) this.#begin(runner, job);
    }
  }

  #begin(runner: FakeRunner, job: FakeJob): void {
    runner.job = job;
    job.status = 'in_progress';
    job.runnerName = runner.name;
    job.startedAt = new Date();
    this.#options.onJob(job);
    setTimeout(() => {
      if (runner.job === job) runner.isShownBusy = true;
    }, this.#options.staleBusySeconds() * 1_000);
    const repository = this.#runs.get(job.runId)?.repository ?? 'unknown/unknown';
    const outcome = runner.listener?.hook?.({ runId: job.runId, repository }) ?? 'passes';
    const conclusion = outcome === 'passes' ? 'success' : 'failure';
    if (outcome !== 'ends-worker') this.#runSteps(runner, job, outcome === 'passes' ? 'all' : 'always()');
    const seconds = outcome === 'ends-worker' ? setUpSeconds : job.durationSeconds;
    setTimeout(() => this.#complete(runner, job, conclusion), seconds * 1_000);
  }

  #runSteps(runner: FakeRunner, job: FakeJob, which: 'all' | 'always()'): void {
    job.stepsRun = which;
    if (job.isHostile) runner.listener?.seized();
  }

  #complete(runner: FakeRunner, job: FakeJob, conclusion: 'success' | 'failure'): void {
    const { listener } = runner;
    if (job.status === 'completed' || listener === undefined) return;
    this.#finish(job, conclusion);
    this.#forget(runner);
    listener.ended();
  }

  #cancel(job: FakeJob): void {
    const runner = this.runners.find((candidate) => candidate.job === job);
    if (runner !== undefined) this.#complete(runner, job, 'failure');
    if (job.status !== 'completed') this.#finish(job, 'failure');
  }

  #finish(job: FakeJob, conclusion: 'success' | 'failure'): void {
    job.status = 'completed';
    job.conclusion = conclusion;
    job.endedAt = new Date();
    this.#options.onJob(job);
  }

  #forget(runner: FakeRunner): void {
    delete runner.job;
    runner.isShownBusy = false;
    this.#remove(runner);
  }

  #remove(runner: FakeRunner): void {
    if (this.#runners.delete(runner.id)) this.#gone.push({ runner, at: Date.now() });
  }

  /** The machine is gone. An idle runner is offline soon; one with a job is busy until GitHub gives the job up. */
  #disconnect(runner: FakeRunner): void {
    const { deadBusySeconds, offlineSeconds } = this.#options;
    const { job } = runner;
    delete runner.listener;
    if (!this.#runners.has(runner.id)) return;
    setTimeout(() => {
      runner.isOnline = false;
    }, offlineSeconds * 1_000);
    if (job === undefined) return;
    runner.isShownBusy = true;
    setTimeout(() => {
      this.#finish(job, 'failure');
      this.#forget(runner);
    }, deadBusySeconds * 1_000);
  }
}
