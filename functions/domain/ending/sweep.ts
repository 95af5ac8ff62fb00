import { isLive } from '../life/instance-states.ts';
import { parseRunnerName, parseScheduleName } from '../life/life.ts';
import { deadlineOf } from '../life/provision-input.ts';
import type { Execution, Instance, Registration } from '../ports.ts';
import { addSeconds, sweepGraceSeconds } from '../timing.ts';
import type { DestroyMode } from './destroy.ts';

/** What each source showed; a source that did not answer is absent, and nothing is concluded from it. */
export interface FleetReading {
  readonly instances?: readonly Instance[];
  readonly registrations?: readonly Registration[];
  /** Their names. */
  readonly schedules?: readonly string[];
}

/** What is known of one life. */
export interface LifeReading {
  readonly life: string;
  /** By the tags of its instances; absent when EC2 shows none. */
  readonly deadline?: Date;
  /** Absent when EC2 did not answer. */
  readonly hasLiveInstance?: boolean;
}

/** A life that should not be there any more, and why. */
export interface Orphan {
  readonly life: string;
  readonly mode: DestroyMode;
  readonly because: string;
  readonly deadline?: Date;
}

const earliest = (dates: readonly Date[]): Date | undefined =>
  dates.toSorted((a, b) => a.getTime() - b.getTime())[0];

/** Everything that belongs to a life of this deployment, by life. What is not ours is not looked at. */
export const livesOf = (reading: FleetReading, deployment: string): readonly LifeReading[] => {
  const { instances, registrations = [], schedules = [] } = reading;
  const scheduled = schedules.map((name) => parseScheduleName(name, deployment));
  const registered = registrations.map(({ name }) => parseRunnerName(name, deployment)?.life);
  const names = [...(instances ?? []).map(({ life }) => life), ...registered, ...scheduled];
  return [...new Set(names.filter((name) => name !== undefined))].map((life) => {
    const own = instances?.filter((instance) => instance.life === life);
    const deadline = earliest((own ?? []).map((instance) => instance.deadline));
    return {
      life,
      ...(deadline === undefined ? {} : { deadline }),
      ...(own === undefined ? {} : { hasLiveInstance: own.some(isLive) }),
    };
  });
};

/** What else is known of a life when it is judged. */
export interface LifeEvidence {
  /** Absent when there never was one. */
  readonly provision?: Execution;
  readonly destroyFailed: boolean;
  /** Whether the run that the life serves is over; absent when it serves none of its own, or GitHub is silent. */
  readonly isRunOver?: boolean;
}

const runOver = 'its run is over';

const whyOrphaned = (
  { hasLiveInstance }: LifeReading,
  { provision, destroyFailed, isRunOver }: LifeEvidence,
): string | undefined => {
  if (provision?.status === 'RUNNING') return undefined;
  if (provision === undefined) return 'there is no provision of it';
  if (provision.status !== 'SUCCEEDED') return `its provision ended as ${provision.status}`;
  if (hasLiveInstance === false) return 'its runner is used up';
  if (isRunOver === true) return runOver;
  return destroyFailed ? 'its destroy failed' : undefined;
};

/** The reading of a life with the deadline that its provision was given, where no instance tells it. */
export const withDeadline = (reading: LifeReading, provision: Execution | undefined): LifeReading => {
  const deadline = reading.deadline ?? deadlineOf(provision?.input);
  return deadline === undefined ? reading : { ...reading, deadline };
};

/** Whether the deadline's schedule has had its time. */
export const isPastDeadline = ({ deadline }: LifeReading, now: Date): boolean =>
  deadline !== undefined && now >= addSeconds(deadline, sweepGraceSeconds);

/**
 * Whether a life that no destroy is ending should be ended. After the deadline by force; before it gracefully,
 * and never while its provision runs, for then its runner may be booting.
 */
export const orphanOf = (reading: LifeReading, evidence: LifeEvidence, now: Date): Orphan | undefined => {
  const { life, deadline } = reading;
  const known = { life, ...(deadline === undefined ? {} : { deadline }) };
  if (isPastDeadline(reading, now)) return { ...known, mode: 'forced', because: 'it is past its deadline' };
  const because = whyOrphaned(reading, evidence);
  return because === undefined ? undefined : { ...known, mode: 'graceful', because };
};

/** Whether another layer should have ended it; the runner of a run that is over is the sweep's own affair. */
export const isLeftByOthers = ({ because }: Orphan): boolean => because !== runOver;
