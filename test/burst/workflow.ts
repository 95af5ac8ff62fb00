import type { LocalCloud } from '../../local/local-cloud.ts';
import { type Answer, insist, type Patience } from '../campaign/insist.ts';
import type { Random } from '../campaign/random.ts';
import { seconds } from '../campaign/seconds.ts';

/** The repository whose runs the burst's are. */
const repository = 'rr-debugger/rr';

const jobSeconds = 60;

/** Between two looks at the status, as the action has it. */
const pollSeconds = 5;

/** For so long a workflow waits for its runners; the burst must not end because its callers give up. */
const patienceSeconds = 3_000;

export interface WorkflowOptions {
  readonly cloud: Pick<LocalCloud, 'gateway' | 'control'>;
  readonly runId: number;
  readonly architectures: readonly string[];
  readonly random: Random;
}

interface Runner {
  readonly architecture: string;
  readonly status: string;
}

interface Body {
  readonly runners?: readonly Runner[];
}

/** How a workflow's asking ended. */
export type Outcome = 'ready' | 'refused' | 'failed' | 'gave-up';

/** One run: it asks for its runners, looks until they are ready, and gives each a job. */
export class Workflow {
  readonly label: string;
  readonly architectures: readonly string[];
  readonly jobs: number[] = [];
  outcome: Outcome | undefined;
  /** How the last answer that refused read. */
  refusal: string | undefined;
  readonly #options: WorkflowOptions;

  constructor(options: WorkflowOptions) {
    this.#options = options;
    this.architectures = options.architectures;
    this.label = `rr_runner_${options.runId}_1`;
    options.cloud.control.putRun({ repository, runId: options.runId, runAttempt: 1, status: 'in_progress' });
  }

  async run(): Promise<void> {
    this.outcome = await this.#getRunners();
    if (this.outcome === 'ready') this.#queueJobs();
  }

  /** GitHub's own runner of the workflow ends it when its jobs are over. */
  end(): void {
    const { cloud, runId } = this.#options;
    cloud.control.putRun({ repository, runId, runAttempt: 1, status: 'completed' });
  }

  async #getRunners(): Promise<Outcome> {
    const { cloud, runId, architectures } = this.#options;
    const body = { operation: 'create', label: this.label, architectures, repository, run_id: runId };
    const until = Date.now() + patienceSeconds * 1_000;
    const created = await insist<Body>(
      cloud.gateway,
      { method: 'POST', path: '/runners', body },
      this.#patience,
    );
    if (created.status !== 202) return this.#refused(created);
    while (Date.now() < until) {
      await seconds(pollSeconds);
      const { body } = await insist<Body>(
        cloud.gateway,
        { method: 'GET', path: `/runners/${this.label}` },
        this.#patience,
      );
      const statuses = body.runners?.map(({ status }) => status) ?? [];
      if (statuses.length === architectures.length && statuses.every((status) => status === 'ready'))
        return 'ready';
      if (statuses.includes('failed')) return 'failed';
    }
    return 'gave-up';
  }

  #refused(answer: Answer<unknown>): Outcome {
    this.refusal = `${answer.status} ${JSON.stringify(answer.body)}`;
    return 'refused';
  }

  /** Waits that are not all of the same length, as those of separate machines are not. */
  get #patience(): Patience {
    return { tries: 400, pauseSeconds: () => this.#options.random.between(3, 15) };
  }

  #queueJobs(): void {
    const { cloud, runId, architectures } = this.#options;
    for (const architecture of architectures) {
      const labels = [this.label, `arch_${architecture}`];
      this.jobs.push(cloud.control.queueJob({ runId, labels, durationSeconds: jobSeconds }).id);
    }
  }
}
