import { LifeRemains } from './errors.ts';
import type { Execution } from './ports.ts';
import {
  addSeconds,
  destroyPatienceSeconds,
  ec2LagSeconds,
  functionTimeoutSeconds,
  goneReadingsSeconds,
  secondsBetween,
} from './timing.ts';

export interface GoneReading {
  readonly now: Date;
  /** What is still there, in words; empty when nothing is. */
  readonly remains: readonly string[];
  /** From when on no launch of the life can still come to light. */
  readonly launchesOverAt?: Date;
  readonly earlier?: GoneVerdict;
}

/** Whether the life has ended. Times are ISO 8601. */
export interface GoneVerdict {
  readonly next: 'end' | 'wait';
  readonly lookingSince: string;
  /** Since when every reading has shown nothing. */
  readonly nothingSince?: string;
  readonly remains: readonly string[];
}

/**
 * From when on no launch of a provision can still come to light: a Lambda that is running cannot be stopped,
 * and EC2 shows what it launched only after a while. `undefined` when there never was a provision.
 */
export const launchesOverAt = (provision: Execution | undefined, now: Date): Date | undefined => {
  if (provision === undefined) return undefined;
  return addSeconds(provision.stoppedAt ?? now, functionTimeoutSeconds + ec2LagSeconds);
};

const isConfirmed = ({ now, launchesOverAt: over, earlier }: GoneReading): boolean =>
  earlier?.nothingSince !== undefined &&
  secondsBetween(new Date(earlier.nothingSince), now) >= goneReadingsSeconds &&
  (over === undefined || now >= over);

/** Judges a reading; throws LifeRemains when something has been there for too long. */
export const goneVerdict = (reading: GoneReading): GoneVerdict => {
  const { now, remains, earlier } = reading;
  const lookingSince = earlier?.lookingSince ?? now.toISOString();
  if (remains.length === 0) {
    const nothingSince = earlier?.nothingSince ?? now.toISOString();
    return { next: isConfirmed(reading) ? 'end' : 'wait', lookingSince, nothingSince, remains };
  }
  if (secondsBetween(new Date(lookingSince), now) >= destroyPatienceSeconds)
    throw new LifeRemains(
      `After ${destroyPatienceSeconds / 60} minutes there is still ${remains.join(', ')}. The sweep tries again.`,
    );
  return { next: 'wait', lookingSince, remains };
};
