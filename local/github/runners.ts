import type { RunnerListener } from './runner-hub.ts';

/** A registered runner. */
export interface FakeRunner {
  readonly id: number;
  readonly name: string;
  labels: readonly string[];
  readonly registeredAt: Date;
  isOnline: boolean;
  /** What the API shows, which is stale. */
  isShownBusy: boolean;
  /** The job that it has, whatever the API shows. */
  job?: FakeJob;
  listener?: RunnerListener;
}

export interface FakeJob {
  readonly id: number;
  readonly runId: number;
  /** The attempt of the run to which it belongs. */
  readonly runAttempt: number;
  readonly labels: readonly string[];
  readonly durationSeconds: number;
  /** A hostile job keeps its machine up, with whichever of its steps runs. */
  readonly isHostile: boolean;
  /** Which of its steps have run on a machine, or do. */
  stepsRun: 'none' | 'always()' | 'all';
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | null;
  /** The name of the runner that took it. */
  runnerName: string | null;
  readonly queuedAt: Date;
  startedAt?: Date;
  endedAt?: Date;
}

export interface FakeRun {
  readonly id: number;
  readonly repository: string;
  status: string;
  runAttempt: number;
  /** Of a private repository, whose runs take a permission to read. */
  isPrivate?: boolean;
  /** Where its code is; its own repository unless told otherwise. */
  readonly headRepository?: string;
  readonly createdAt: Date;
}

/** GitHub compares labels without regard to case (https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/apply-labels). */
const hasLabels = (runner: FakeRunner, wanted: readonly string[]): boolean => {
  const own = new Set(runner.labels.map((label) => label.toLowerCase()));
  return wanted.length > 0 && wanted.every((label) => own.has(label.toLowerCase()));
};

/** Whether the runner would take the job: it asks for one itself, so one that is only still shown online cannot. */
export const canTake = (runner: FakeRunner, job: FakeJob): boolean =>
  runner.listener !== undefined &&
  runner.job === undefined &&
  job.status === 'queued' &&
  hasLabels(runner, job.labels);
