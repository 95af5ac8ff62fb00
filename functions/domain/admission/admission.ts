import type { Architecture } from '../architecture.ts';
import type { CreateRequest } from '../request/runner-request.ts';
import type { RunAttempt } from '../workflow-run.ts';
import type { Pools } from './pools.ts';

/** A request for lives that do not exist yet. */
export interface AdmissionRequest extends CreateRequest {
  /** The architectures for which it would start a life; those of lives that are on their way or ready are not among them. */
  readonly newArchitectures: readonly Architecture[];
}

/** One rule of admission. */
export interface AdmissionRule {
  /** Throws a Problem that says which rule refuses, what to change, and when to come back. */
  admit(request: AdmissionRequest): Promise<void>;
}

/** What admission has found out about who asks. */
export interface Admitted {
  /** The attempt of a run that GitHub has confirmed; absent when nobody was asked. */
  readonly run?: RunAttempt;
  /** Where a life of the architecture needs a seat. */
  readonly pools: (architecture: Architecture) => Pools;
}

/** Decides whether a request may start runners; one mode of admission is one implementation. */
export interface Admission {
  /** Refuses what can be refused without asking anybody. Throws a Problem. */
  screen(request: CreateRequest): void;
  /** Throws a Problem, AwsUnavailable or GitHubUnavailable: whoever cannot be asked has not agreed. */
  admit(request: AdmissionRequest): Promise<Admitted>;
}
