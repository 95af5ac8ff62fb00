import { boundedDeadline, earliest } from '../life/deadline.ts';
import { isLive } from '../life/instance-states.ts';
import { parseRunnerName, parseScheduleName } from '../life/life.ts';
import { classOf, deadlineOf } from '../life/provision-input.ts';
import { lifetimeOf, type MachineClasses } from '../machine-class.ts';
import type { Execution, Instance, Registration } from '../ports.ts';
import { addSeconds, destroyTrustSeconds, sweepGraceSeconds } from '../timing.ts';
import type { DestroyMode } from './destroy.ts';

/** What each source showed; a source that did not answer is absent, and nothing is concluded from it. */
export interface FleetReading {
  readonly instances?: readonly Instance[];
  readonly registrations?: readonly Registration[];
  /** Their names. */
  readonly schedules?: readonly string[];
}

/** What is known of one life. */
export interface SweepReading {
  readonly life: string;
  /** By the tags of its instances; absent when EC2 shows none. */
  readonly deadline?: Date;
  /** Absent when EC2 did not answer. */
  readonly hasLiveInstance?: boolean;
  /** Absent when Scheduler did not answer. */
  readonly isScheduled?: boolean;
}

/** A life that should not be there any more, and why. */
export interface Orphan {
  readonly life: string;
  readonly mode: DestroyMode;
  readonly because: string;
  readonly deadline?: Date;
}

/** What a sweep knows of its deployment. */
export interface SweptDeployment {
  readonly deployment: string;
  readonly classes: MachineClasses;
}

/** Everything that belongs to a life of this deployment, by life. What is not ours is not looked at. */
export const livesSeen = (
  reading: FleetReading,
  { deployment, classes }: SweptDeployment,
): readonly SweepReading[] => {
  const { instances, registrations = [], schedules } = reading;
  const scheduled = (schedules ?? []).map((name) => parseScheduleName(name, deployment));
  const registered = registrations.map(({ name }) => parseRunnerName(name, deployment)?.life);
  const names = [...(instances ?? []).map(({ life }) => life), ...registered, ...scheduled];
  return [...new Set(names.filter((name) => name !== undefined))].map((life) => {
    const own = instances?.filter((instance) => instance.life === life);
    const deadlines = (own ?? []).map((instance) =>
      boundedDeadline(instance.deadline, instance.launchedAt, lifetimeOf(classes, instance.class)),
    );
    const deadline = earliest(...deadlines);
    return {
      life,
      ...(deadline === undefined ? {} : { deadline }),
      ...(own === undefined ? {} : { hasLiveInstance: own.some(isLive) }),
      ...(schedules === undefined ? {} : { isScheduled: scheduled.includes(life) }),
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
const noProvision = 'there is no provision of it';
const usedUp = 'its runner is used up';

/**
 * A machine and a schedule are never there without a provision that has made them: they say that there is one which a
 * reading did not show, and each has a deadline that ends it.
 */
const neverHadProvision = ({ hasLiveInstance, isScheduled }: SweepReading): boolean =>
  hasLiveInstance === false && isScheduled === false;

const whyOrphaned = (
  reading: SweepReading,
  { provision, destroyFailed, isRunOver }: LifeEvidence,
): string | undefined => {
  if (provision?.status === 'RUNNING') return undefined;
  if (provision === undefined) return neverHadProvision(reading) ? noProvision : undefined;
  if (provision.status !== 'SUCCEEDED') return `its provision ended as ${provision.status}`;
  if (reading.hasLiveInstance === false) return usedUp;
  if (isRunOver === true) return runOver;
  return destroyFailed ? 'its destroy failed' : undefined;
};

/** The reading of a life with the deadline that its provision gives it, where that is the earlier one. */
export const withDeadline = (
  reading: SweepReading,
  provision: Execution | undefined,
  { classes }: SweptDeployment,
): SweepReading => {
  if (provision === undefined) return reading;
  const { input, startedAt } = provision;
  const given = boundedDeadline(deadlineOf(input), startedAt, lifetimeOf(classes, classOf(input)));
  const deadline = earliest(reading.deadline, given);
  return deadline === undefined ? reading : { ...reading, deadline };
};

/**
 * Whether a destroy that runs is enough. One that has not ended the machine so long after its deadline is not what its
 * name says, or is stuck.
 */
export const isLeftToDestroy = ({ deadline, hasLiveInstance }: SweepReading, now: Date): boolean =>
  hasLiveInstance !== true || deadline === undefined || now < addSeconds(deadline, destroyTrustSeconds);

/** Whether the deadline's schedule has had its time. */
export const isPastDeadline = ({ deadline }: SweepReading, now: Date): boolean =>
  deadline !== undefined && now >= addSeconds(deadline, sweepGraceSeconds);

/**
 * Whether a life that no destroy is ending should be ended. After the deadline by force; before it gracefully,
 * and never while its provision runs, for then its runner may be booting.
 */
export const orphanOf = (reading: SweepReading, evidence: LifeEvidence, now: Date): Orphan | undefined => {
  const { life, deadline } = reading;
  const known = { life, ...(deadline === undefined ? {} : { deadline }) };
  if (isPastDeadline(reading, now)) return { ...known, mode: 'forced', because: 'it is past its deadline' };
  const because = whyOrphaned(reading, evidence);
  return because === undefined ? undefined : { ...known, mode: 'graceful', because };
};

/** Whether another layer should have ended it; the runner of a run that is over is the sweep's own affair. */
export const isLeftByOthers = ({ because }: Orphan): boolean => because !== runOver;

/**
 * Whether an orphan may be ended: what one reading did not show can be there, so `hasEnded` asks EC2 for its word on the
 * machine of a runner that seems used up. GitHub's word on a run is asked for again by the destroy itself.
 */
export const isConfirmed = async ({ because }: Orphan, hasEnded: () => Promise<boolean>): Promise<boolean> =>
  because !== usedUp || hasEnded();
