import { isProven, type Unseen, unseen } from '../absence.ts';
import { boundedDeadline, earliest } from '../life/deadline.ts';
import { classOf, deadlineOf, runOf } from '../life/provision-input.ts';
import { readProvisionOutput } from '../life/provision-output.ts';
import { lifetimeOf, longestLifetimeOf, type MachineClasses } from '../machine-class.ts';
import type { Execution } from '../ports.ts';
import { absenceReadingsSeconds } from '../timing.ts';
import type { RunAttempt } from '../workflow-run.ts';
import type { DestroyInput } from './destroy.ts';
import { launchesOverAt } from './gone-verdict.ts';

/** What a destroy knows of its life once its provision was read. Times are ISO 8601. */
export interface KnownLife {
  readonly succeeded: boolean;
  readonly deadline: string;
  /** From when on EC2 shows all that it launched; absent when there never was a provision. */
  readonly settledAt?: string;
  /** The attempt of a run that the life serves; absent when it may serve any. */
  readonly run?: RunAttempt;
  /** The instance that got ready. */
  readonly instanceId?: string;
}

/** Whether the life's runner may still be needed. */
export interface Need extends KnownLife {
  readonly answer: 'perhaps-needed' | 'not-needed' | 'machine-ended' | 'used-up' | 'past-deadline';
  readonly because: string;
  /** After which it is asked again, when it may be needed. */
  readonly waitSeconds: number;
  readonly unseen?: Unseen<'provision' | 'run' | 'instance' | 'own job'>;
  /** Set when the runner is used up, and no job of its run has had it. */
  readonly usedBy?: 'another run';
  /** Whether GitHub has said that the registration is gone, or that the one job is over with which it goes. */
  readonly isRunnerGone?: true;
}

export type NeedAnswer = Omit<Need, keyof KnownLife>;

/** A provision is looked for often: whoever asked for the end waits for it. */
const provisionWaitSeconds = 20;
/** Each look at a run is a request to GitHub. */
const runWaitSeconds = 60;

interface Asked extends DestroyInput {
  /** The answer before this one. */
  readonly need?: Need;
}

/**
 * No input keeps a runner beyond its class's lifetime from when its provision began, and beyond the longest one from the
 * first check when there is none: whoever can start a destroy could otherwise keep every other one away.
 */
const deadlineFor = (
  input: Asked,
  provision: Execution | undefined,
  now: Date,
  classes: MachineClasses,
): Date => {
  const asked = earliest(deadlineOf(input), deadlineOf(provision?.input), deadlineOf(input.need));
  return provision === undefined
    ? boundedDeadline(asked, now, longestLifetimeOf(classes))
    : boundedDeadline(asked, provision.startedAt, lifetimeOf(classes, classOf(provision.input)));
};

/** What the provision says of its life. */
export const knownLife = (
  input: Asked,
  provision: Execution | undefined,
  now: Date,
  classes: MachineClasses,
): KnownLife => {
  const deadline = deadlineFor(input, provision, now, classes);
  const settledAt = launchesOverAt(provision, now);
  const run = runOf(provision?.input);
  const instanceId = readProvisionOutput(provision?.output)?.instance.id;
  return {
    succeeded: provision?.status === 'SUCCEEDED',
    deadline: deadline.toISOString(),
    ...(settledAt === undefined ? {} : { settledAt: settledAt.toISOString() }),
    ...(run === undefined ? {} : { run }),
    ...(instanceId === undefined ? {} : { instanceId }),
  };
};

export const pastDeadline: NeedAnswer = {
  answer: 'past-deadline',
  because: 'the deadline has come',
  waitSeconds: 0,
};

export const notNeeded = (because: string): NeedAnswer => ({ answer: 'not-needed', because, waitSeconds: 0 });

/** EC2 says that the machine has ended: there is no job left to spare. */
export const machineEnded: NeedAnswer = {
  answer: 'machine-ended',
  because: 'its machine has ended',
  waitSeconds: 0,
};

/** The machine has ended, and GitHub has nothing of its runner any more. */
export const usedUp: NeedAnswer = {
  answer: 'used-up',
  because: 'its runner had its job',
  waitSeconds: 0,
  isRunnerGone: true,
};

export const provisionRuns: NeedAnswer = {
  answer: 'perhaps-needed',
  because: 'its provision runs',
  waitSeconds: provisionWaitSeconds,
};

export const runIsActive: NeedAnswer = {
  answer: 'perhaps-needed',
  because: 'its run is not over',
  waitSeconds: runWaitSeconds,
};

/** What a reading did not show is believed once a second one, apart from it, does not show it either. */
export const unlessSeen = (
  what: NonNullable<Need['unseen']>['what'],
  earlier: Need | undefined,
  now: Date,
  believed: NeedAnswer,
): NeedAnswer => {
  const missing = unseen(what, earlier?.unseen, now);
  if (isProven(missing, now)) return believed;
  const because = `one reading does not show its ${what}, which proves nothing`;
  return { answer: 'perhaps-needed', because, waitSeconds: absenceReadingsSeconds, unseen: missing };
};
