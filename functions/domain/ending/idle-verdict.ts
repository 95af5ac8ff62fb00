import type { Registration } from '../ports.ts';
import { secondsBetween, staleBusySeconds } from '../timing.ts';

/** What a graceful destroy knows of a life's runner when it asks whether it is idle. */
export interface IdleReading {
  readonly now: Date;
  readonly deadline: Date;
  readonly withdrawnAt: Date;
  /** When an earlier reading in a row first said "not busy". */
  readonly idleSince?: Date;
  readonly hasLiveInstance: boolean;
  /** The life's registrations that GitHub still knows, but for those whose instance EC2 shows as ending. */
  readonly registrations: readonly Registration[];
  readonly provisionSucceeded: boolean;
  /** From when on EC2 shows all that the provision launched; absent when there never was a provision. */
  readonly settledAt?: Date;
}

/** `end` it, `wait` and look again, soon or once the job may be over, or `force`: the deadline has come. */
export interface IdleVerdict {
  readonly next: 'end' | 'wait' | 'wait-for-job' | 'force';
  /** ISO 8601; kept for the next reading. */
  readonly idleSince?: string;
  readonly because: string;
}

const afterQuietReading = ({ now, withdrawnAt, idleSince }: IdleReading): IdleVerdict => {
  const first = idleSince ?? now;
  const isProven = idleSince !== undefined && secondsBetween(withdrawnAt, now) >= staleBusySeconds;
  return isProven
    ? { next: 'end', because: 'two readings show no job' }
    : { next: 'wait', idleSince: first.toISOString(), because: 'one reading proves nothing' };
};

const isSettled = ({ now, settledAt }: IdleReading): boolean => settledAt === undefined || now >= settledAt;

/**
 * Whether a runner may be ended without ending a job. GitHub's `busy` is stale, so "not busy" counts only
 * when it is read twice, the second time long enough after the labels were withdrawn. EC2's descriptions and
 * GitHub's lists lag, so absence counts only when what was launched last would show.
 */
export const idleVerdict = (reading: IdleReading): IdleVerdict => {
  const { now, deadline, hasLiveInstance, registrations, provisionSucceeded } = reading;
  if (now >= deadline) return { next: 'force', because: 'the deadline has come' };
  if (isSettled(reading)) {
    if (!hasLiveInstance) return { next: 'end', because: 'no instance is live' };
    if (registrations.length === 0) return { next: 'end', because: 'GitHub has no such runner any more' };
  }
  if (registrations.length === 0) return { next: 'wait', because: 'what was launched last may not show yet' };
  if (registrations.some(({ busy }) => busy)) return { next: 'wait-for-job', because: 'a job runs' };
  if (!provisionSucceeded && registrations.every(({ online }) => !online))
    return { next: 'end', because: 'the runner never came online' };
  return afterQuietReading(reading);
};
