import type { CapacityPool, Market, RunnerDownload, Sealed } from '../ports.ts';

/** A launch round: one registration, one instance. */
export interface Round {
  readonly number: number;
  /** The first round tries spot first; after a loss only on-demand is asked for. */
  readonly markets: 'spot-first' | 'on-demand-only';
}

/** A capacity pool that had no capacity. */
export interface Refusal extends Pick<CapacityPool, 'instanceType' | 'availabilityZone'> {
  readonly market: Market;
  readonly code: string;
}

/** Where the search for capacity stands; each launch attempt takes one and returns the next. */
export interface CapacitySearch {
  /** The launch round that it is of. */
  readonly round: number;
  readonly pools: readonly CapacityPool[];
  /** The pool that the next attempt asks. */
  readonly poolIndex: number;
  /** How often all pools have been asked before; absent for never. */
  readonly passes?: number;
  /** How often in a row EC2 has throttled the attempt that comes next; absent for never. */
  readonly throttles?: number;
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

/** A turn to call RunInstances. */
export interface Turn {
  /** ISO 8601, in whole seconds. */
  readonly at: string;
  /** From when it was taken. */
  readonly waitSeconds: number;
}

/** What FetchJitConfig leaves in the state: a registration and the sealed way to become it. */
export interface FetchedRunner {
  /** The launch round that it is of. */
  readonly round: number;
  /** ISO 8601; what is launched later needs another. */
  readonly goodUntil: string;
  readonly name: string;
  readonly registrationId: number;
  readonly sealedJitConfig: Sealed;
  readonly download: RunnerDownload;
}
