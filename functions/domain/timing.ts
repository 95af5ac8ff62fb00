import { isWholeMachine } from './instance-type.ts';

/** Every span of time that a decision depends on, in one place; waits and retries are in the ASL. */

/** A launch needs this much time before the deadline to be worth its money. */
export const launchReserveSeconds = 600;

/**
 * After which a JIT config is not launched with any more. GitHub names no time; others have seen it expire after about an
 * hour, and a machine may take its time to boot.
 */
export const configGoodSeconds = 2_700;

/** For how long a round seeks capacity. */
export const capacitySoughtSeconds = 600;

/**
 * How long a launched instance's runner may take to come online. A whole machine checks its hardware first, which takes
 * up to 20 minutes (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html#instance-hypervisor-type).
 * A class can say otherwise.
 */
export const bootLimitSeconds = (instanceType: string, bootMinutes?: number): number =>
  bootMinutes === undefined ? (isWholeMachine(instanceType) ? 1_800 : 600) : bootMinutes * 60;

/** How often EC2 is asked about a machine that boots: one that it takes away meanwhile is seen so much later. */
export const bootLookSeconds = 30;

/** The time-out of every function, which the stack sets. */
export const functionTimeoutSeconds = 30;

/** By when a launched instance shows up in EC2's descriptions, which are eventually consistent. */
export const ec2LagSeconds = 60;

/** GitHub's `busy` can be false for so long after a job has started, counted from the labels' withdrawal. */
export const staleBusySeconds = 90;

/**
 * Two readings that do not show something lie at least so far apart before it counts as gone. GitHub answers 404 for
 * seconds about what is there, above all to a new token, and a filtered list of EC2's lags.
 */
export const absenceReadingsSeconds = 30;

/** The two readings that show that nothing is left lie so far apart. */
export const goneReadingsSeconds = 60;

/** A destroy that still finds something after so long fails, and is left to the sweep. */
export const destroyPatienceSeconds = 2_400;

/**
 * GitHub's refusal, or a credential that is none, is asked about for so long before a destroy fails by it: a person may
 * mend it meanwhile, and no other layer may be there to try again. Less than destroy-runner's own time-out.
 */
export const refusalPatienceSeconds = 3 * 3_600;

/** Whole seconds from `earlier` to `later`, negative when it is the other way round. */
export const secondsBetween = (earlier: Date, later: Date): number =>
  (later.getTime() - earlier.getTime()) / 1_000;

/** The moment `seconds` after `date`. */
export const addSeconds = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1_000);

/** How often the sweep runs. */
export const sweepIntervalMinutes = 5;

/**
 * How long after a deadline the sweep steps in. The schedule, which fires within a minute, mostly goes first; more
 * than this, and a sweep that stands alone would end a machine more than seven minutes late.
 */
export const sweepGraceSeconds = 30;

/** By so much a function's clock may differ from that of Step Functions or EC2 before we call a date wrong. */
export const clockSkewSeconds = 60;

/** A machine that lives so long after its deadline is ended by the sweep, though a destroy of it seems to run. */
export const destroyTrustSeconds = 600;

/** How far back the sweep looks for destroys that failed: longer than any life, of so many minutes, and its clean-up. */
export const sweepMemorySeconds = (longestLifetimeMinutes: number): number =>
  longestLifetimeMinutes * 60 + 7_200;

/**
 * For how long a seat is kept of which nothing is to be seen: longer than a request takes, and than EC2 can be late in
 * showing what was launched.
 */
export const recountGraceSeconds = 600;
