import { LifeRemains } from '../errors.ts';
import type { Execution } from '../ports.ts';
import {
  addSeconds,
  destroyPatienceSeconds,
  ec2LagSeconds,
  functionTimeoutSeconds,
  goneReadingsSeconds,
  refusalPatienceSeconds,
  secondsBetween,
} from '../timing.ts';

export interface GoneReading {
  readonly now: Date;
  /** What is still there at AWS, in words; empty when nothing is. */
  readonly remains: readonly string[];
  /** Whether what remains at AWS ends without being told once more. */
  readonly isEnding?: boolean;
  /** The registrations that are still there, in words; `unknown` while GitHub is silent. */
  readonly registrations: readonly string[] | 'unknown';
  /** What GitHub or the credential refuses; then the registrations are unknown. */
  readonly refusal?: Error;
  /** From when on no launch of the life can still come to light. */
  readonly launchesOverAt?: Date;
  readonly earlier?: GoneVerdict;
}

/** Whether the life has ended. Times are ISO 8601. */
export interface GoneVerdict {
  /** What remains, which has to be ended once more; `perhaps-gone` when all that could be done is done. */
  readonly answer: 'gone' | 'perhaps-gone' | 'instance-remains' | 'registration-remains';
  /** After which it is looked again, when it is perhaps gone. */
  readonly waitSeconds: number;
  /** Since when something is known to be there, or not known to be gone; GitHub's silence does not count. */
  readonly lookingSince: string;
  /** Since when every reading was refused. */
  readonly refusedSince?: string;
  /** Since when every reading has shown nothing. */
  readonly nothingSince?: string;
  /** From when on no launch can come to light, as far as a reading has shown the provision. */
  readonly launchesOverAt?: string;
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

const canLaunchComeToLight = ({ now, launchesOverAt: over }: GoneReading): boolean =>
  over !== undefined && now < over;

const isConfirmed = (reading: GoneReading): boolean =>
  reading.earlier?.nothingSince !== undefined &&
  secondsBetween(new Date(reading.earlier.nothingSince), reading.now) >= goneReadingsSeconds &&
  !canLaunchComeToLight(reading);

/** GitHub may be away, or refuse, for hours; meanwhile no machine is left, and none can show up. */
const silenceWaitSeconds = 180;

const nothing = (reading: GoneReading, lookingSince: string): GoneVerdict => {
  const nothingSince = reading.earlier?.nothingSince ?? reading.now.toISOString();
  const answer = isConfirmed(reading) ? 'gone' : 'perhaps-gone';
  return { answer, waitSeconds: goneReadingsSeconds, lookingSince, nothingSince, remains: [] };
};

const something = (
  now: Date,
  lookingSince: string,
  remains: readonly string[],
  answer: GoneVerdict['answer'],
): GoneVerdict => {
  if (secondsBetween(new Date(lookingSince), now) >= destroyPatienceSeconds)
    throw new LifeRemains(
      `After ${destroyPatienceSeconds / 60} minutes there is still ${remains.join(', ')}. The sweep tries again.`,
    );
  return { answer, waitSeconds: goneReadingsSeconds, lookingSince, remains };
};

/**
 * Nobody knows whether a registration is left. A refusal is told by its own error when it lasts. GitHub is given time
 * only when no machine can show up meanwhile.
 */
const unknown = (reading: GoneReading): GoneVerdict => {
  const { now, refusal, earlier } = reading;
  const waitSeconds = canLaunchComeToLight(reading) ? goneReadingsSeconds : silenceWaitSeconds;
  const wait = { answer: 'perhaps-gone', waitSeconds, lookingSince: now.toISOString() } as const;
  if (refusal === undefined)
    return { ...wait, remains: ['perhaps a registration, for GitHub does not answer'] };
  const refusedSince = earlier?.refusedSince ?? now.toISOString();
  if (secondsBetween(new Date(refusedSince), now) >= refusalPatienceSeconds) throw refusal;
  return { ...wait, refusedSince, remains: [`perhaps a registration, for ${refusal.message}`] };
};

const judge = (reading: GoneReading): GoneVerdict => {
  const { now, remains, isEnding = false, registrations, earlier } = reading;
  const lookingSince = earlier?.lookingSince ?? now.toISOString();
  if (remains.length > 0) {
    const known = registrations === 'unknown' ? [] : registrations;
    return something(
      now,
      lookingSince,
      [...remains, ...known],
      isEnding ? 'perhaps-gone' : 'instance-remains',
    );
  }
  if (registrations === 'unknown') return unknown(reading);
  if (registrations.length > 0) return something(now, lookingSince, registrations, 'registration-remains');
  return nothing(reading, lookingSince);
};

/** A provision that one reading does not show is still the one that an earlier reading has shown. */
const latest = (dates: readonly (Date | undefined)[]): Date | undefined =>
  dates.filter((date) => date !== undefined).toSorted((a, b) => b.getTime() - a.getTime())[0];

/**
 * Judges a reading; throws LifeRemains when something has been there for too long. While GitHub is silent, be
 * it for hours, a registration is neither there nor gone, and giving up would help nobody. A refusal is thrown
 * once it has lasted for {@link refusalPatienceSeconds}.
 */
export const goneVerdict = (reading: GoneReading): GoneVerdict => {
  const { earlier, launchesOverAt: shown } = reading;
  const known = earlier?.launchesOverAt === undefined ? undefined : new Date(earlier.launchesOverAt);
  const over = latest([shown, known]);
  return over === undefined
    ? judge(reading)
    : { ...judge({ ...reading, launchesOverAt: over }), launchesOverAt: over.toISOString() };
};
