import type { Fault } from '../wire/faults.ts';
import type { HttpRequest, HttpResponse } from '../wire/http-exchange.ts';
import type { AccountChange } from './account-change.ts';
import type { ExecutionDetail, JobSnapshot, Snapshot } from './snapshot.ts';

/** GitHub's statuses of a workflow run: https://docs.github.com/rest/actions/workflow-runs */
export const runStatuses = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'] as const;

export interface ControlledRun {
  readonly repository: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly status: (typeof runStatuses)[number];
  /** Where its code is; its own repository unless told otherwise. */
  readonly headRepository?: string;
}

export interface ControlledJob {
  readonly runId: number;
  readonly labels: readonly string[];
  readonly durationSeconds: number;
}

/** How an interruption ends: only a spot instance that has not ended can be interrupted. */
export type Interruption = 'interrupted' | 'unknown' | 'on-demand' | 'ended';

/** What the control calls can do to the simulated cloud. */
export interface ControlledCloud {
  /** The services in which faults can be injected. */
  readonly faultServices: readonly string[];
  snapshot(): Snapshot;
  /** Adds a run that GitHub knows, or changes it. */
  putRun(run: ControlledRun): void;
  queueJob(job: ControlledJob): JobSnapshot;
  /** The faults that can still strike. */
  faults(): readonly Fault[];
  addFault(fault: Fault): void;
  /** Clears the faults that agree with all that is given, which is all of them when nothing is. */
  clearFaults(like: Partial<Fault>): void;
  /** Takes a spot instance back as EC2 does, without the two minutes' notice, which Stint does not heed. */
  interrupt(instanceId: string): Interruption;
  /** Makes something different about what a maintainer looks at. */
  changeAccount(change: AccountChange): void;
  /** The execution of that name, `undefined` when there is none. */
  execution(stateMachine: string, name: string): ExecutionDetail | undefined;
}

/** A control call; throws ControlProblem. */
export type Call = (cloud: ControlledCloud, request: HttpRequest) => HttpResponse;

/** The calls of one path, by their method. */
export type Calls = Readonly<Record<string, Call>>;

/** The run that GitHub knows from the start, and that a job belongs to when it does not say. */
export const firstRun = 1001;
