import { isProven, type Unseen, unseen } from '../absence.ts';
import { isLive } from '../life/instance-states.ts';
import type { Instance, Registration } from '../ports.ts';
import { absenceReadingsSeconds, secondsBetween, staleBusySeconds } from '../timing.ts';
import type { KnownLife } from './need.ts';
import { hasEnded } from './run-use.ts';

/** What WithdrawLabels did. */
export interface Withdrawal {
  /** ISO 8601: when the last label was gone, from which the staleness of `busy` counts. */
  readonly withdrawnAt: string;
  /** GitHub's ids of the registrations that have no labels any more. */
  readonly registrationIds: readonly number[];
}

/** What a graceful destroy knows of a life's runner when it asks whether it is idle. */
export interface IdleReading {
  readonly now: Date;
  readonly known: KnownLife;
  readonly withdrawal: Withdrawal;
  /** All that EC2 shows of the life. */
  readonly instances: readonly Instance[];
  /** All that GitHub shows of it. */
  readonly registrations: readonly Registration[];
  readonly earlier?: IdleVerdict;
}

/** Whether the runner may be ended without ending a job. */
export interface IdleVerdict {
  readonly answer: 'idle' | 'perhaps-busy' | 'labelled' | 'past-deadline';
  readonly because: string;
  /** After which it is asked again, when it may be busy. */
  readonly waitSeconds: number;
  /** ISO 8601: when an earlier reading in a row first said "not busy". */
  readonly idleSince?: string;
  readonly unseen?: Unseen<'instance' | 'registration' | 'run'>;
  /** GitHub's ids of the registrations that this reading showed. */
  readonly registrationIds: readonly number[];
}

type Judged = Omit<IdleVerdict, 'registrationIds'>;

/** A machine whose job is over ends by itself: there is no hurry. */
const jobWaitSeconds = 60;
const idleWaitSeconds = 30;

const idle = (because: string): Judged => ({ answer: 'idle', because, waitSeconds: idleWaitSeconds });

const lookAgain = (because: string): Judged => ({
  answer: 'perhaps-busy',
  because,
  waitSeconds: idleWaitSeconds,
});

const busy = (because: string): Judged => ({ answer: 'perhaps-busy', because, waitSeconds: jobWaitSeconds });

/** What one reading does not show may be there; what a second one does not show either is not. */
const unlessSeen = (
  what: NonNullable<IdleVerdict['unseen']>['what'],
  { earlier, now }: IdleReading,
  believed: Judged,
): Judged => {
  const missing = unseen(what, earlier?.unseen, now);
  if (isProven(missing, now)) return believed;
  const because = `one reading does not show its ${what}, which proves nothing`;
  return { answer: 'perhaps-busy', because, waitSeconds: absenceReadingsSeconds, unseen: missing };
};

const afterQuietReading = ({ now, withdrawal, earlier }: IdleReading): Judged => {
  const idleSince = earlier?.idleSince ?? now.toISOString();
  const isProvenIdle =
    earlier?.idleSince !== undefined &&
    secondsBetween(new Date(withdrawal.withdrawnAt), now) >= staleBusySeconds;
  return isProvenIdle
    ? idle('two readings show no job')
    : { ...lookAgain('one reading that shows no job proves nothing'), idleSince };
};

/** An instance that is ending never comes back, however late EC2 is: its runner has no job to lose. */
const mayHaveJob =
  (instances: readonly Instance[]) =>
  ({ id }: Registration): boolean =>
    !instances.some((instance) => instance.registrationId === id && !isLive(instance));

const isWithdrawn =
  ({ registrationIds }: Withdrawal) =>
  ({ id }: Registration): boolean =>
    registrationIds.includes(id);

const judgeRegistered = (reading: IdleReading, registered: readonly Registration[]): Judged => {
  if (registered.some((registration) => registration.busy)) return busy('a job runs');
  if (!reading.known.succeeded && registered.every(({ online }) => !online))
    return idle('the runner never came online');
  if (!registered.every(isWithdrawn(reading.withdrawal)))
    return { ...lookAgain('its labels are still there'), answer: 'labelled' };
  return afterQuietReading(reading);
};

const isSettled = ({ now, known: { settledAt } }: IdleReading): boolean =>
  settledAt === undefined || now >= new Date(settledAt);

const judge = (reading: IdleReading): Judged => {
  const { now, known, instances, registrations } = reading;
  if (now >= new Date(known.deadline))
    return { answer: 'past-deadline', because: 'the deadline has come', waitSeconds: 0 };
  const live = instances.filter(isLive);
  const registered = registrations.filter(mayHaveJob(instances));
  const isMissing = ({ registrationId }: Instance): boolean =>
    !registrations.some(({ id }) => id === registrationId);
  if (isSettled(reading)) {
    if (hasEnded(instances, known.instanceId)) return idle('no instance is live');
    if (live.length === 0) return unlessSeen('instance', reading, idle('EC2 shows no instance'));
  }
  if (live.some(isMissing)) {
    const rest =
      registered.length === 0 ? idle('GitHub has no such runner') : judgeRegistered(reading, registered);
    return unlessSeen('registration', reading, rest);
  }
  if (registered.length === 0) return lookAgain('what was launched last may not show yet');
  return judgeRegistered(reading, registered);
};

/**
 * Whether a runner may be ended without ending a job. GitHub's `busy` is stale, so "not busy" counts only
 * when it is read twice, the second time long enough after the labels were withdrawn. What EC2 or GitHub does not show
 * counts only when two readings do not show it, and what was launched last would show.
 */
export const idleVerdict = (reading: IdleReading): IdleVerdict => ({
  ...judge(reading),
  registrationIds: reading.registrations.map(({ id }) => id),
});

/** The verdict when GitHub does not show the jobs of the life's run. */
export const withoutJobs = (verdict: IdleVerdict, reading: IdleReading): IdleVerdict => {
  const idleSince = reading.earlier?.idleSince;
  return {
    ...unlessSeen('run', reading, verdict),
    ...(idleSince === undefined ? {} : { idleSince }),
    registrationIds: verdict.registrationIds,
  };
};

/** The verdict when a job of the life's run is on the runner. */
export const withJob = ({ registrationIds }: IdleVerdict): IdleVerdict => ({
  ...busy('a job of its run is on it'),
  registrationIds,
});
