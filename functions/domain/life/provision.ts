import type { Architecture } from '../architecture.ts';
import type { CapacityPool, Market, RunnerDownload, Sealed } from '../ports.ts';
import type { RunAttempt } from '../workflow-run.ts';

/** The input of a provision-runner execution, made once when the request is admitted. */
export interface ProvisionInput {
  readonly life: string;
  readonly label: string;
  readonly architecture: Architecture;
  /** ISO 8601. */
  readonly requestedAt: string;
  /** ISO 8601; when the runner must be gone. */
  readonly deadline: string;
  /** Who asked, for the tags: `owner/repo run 1001 attempt 1`, or `anonymous`. */
  readonly requestedBy: string;
  /** The attempt of a run for which the life was admitted, and which alone it serves; absent when nobody asked GitHub. */
  readonly run?: RunAttempt;
}

/** A launch round: one registration, one instance. */
export interface Round {
  readonly number: number;
  /** The first round tries spot first; after a loss only on-demand is asked for. */
  readonly markets: 'spot-first' | 'on-demand-only';
}

/** A capacity pool that had no room. */
export interface Refusal extends Pick<CapacityPool, 'instanceType' | 'availabilityZone'> {
  readonly market: Market;
  readonly code: string;
}

/** Where the search for capacity stands; each launch attempt takes one and returns the next. */
export interface CapacitySearch {
  readonly pools: readonly CapacityPool[];
  /** The pool that the next attempt asks. */
  readonly poolIndex: number;
  /** ISO 8601; when the search began. */
  readonly since: string;
  /** The newest refusal of each market, type and code, for whoever reads the cause. */
  readonly refusals: readonly Refusal[];
  readonly next: 'spot' | 'on-demand' | 'wait' | 'launched';
}

/** The instance that a launch attempt got. */
export interface LaunchedInstance extends CapacityPool {
  readonly id: string;
  readonly market: Market;
  /** ISO 8601. */
  readonly launchedAt: string;
}

/** What FetchJitConfig leaves in the state: a registration and the sealed way to become it. */
export interface FetchedRunner {
  readonly name: string;
  readonly registrationId: number;
  readonly sealedJitConfig: Sealed;
  readonly download: RunnerDownload;
}
