import { isLive } from '../life/instance-states.ts';
import { runnerNames } from '../life/life.ts';
import type { Instance } from '../ports.ts';
import type { RunJob } from '../workflow-run.ts';

/** Whether one of the jobs has, or had, a runner of the life. */
const isOnLife =
  (life: string, deployment: string) =>
  ({ runnerName }: RunJob): boolean =>
    runnerName !== undefined && runnerNames(life, deployment).includes(runnerName);

/**
 * Whether EC2 says that the life's machine has ended: each that it shows, and the one that got ready among them. A list
 * that lacks one says nothing of it.
 */
export const hasEnded = (shown: readonly Instance[], readyInstanceId: string | undefined): boolean =>
  shown.length > 0 &&
  !shown.some(isLive) &&
  (readyInstanceId === undefined || shown.some(({ id }) => id === readyInstanceId));

/** Whether a job of the run is on a runner of the life at present. */
export const hasUnfinishedJob = (jobs: readonly RunJob[], life: string, deployment: string): boolean =>
  jobs.filter(({ isCompleted }) => !isCompleted).some(isOnLife(life, deployment));

/**
 * The machines that powered off by themselves, as they do when their runner exits. AWS's API ends one with another
 * reason (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html).
 */
export const poweredOff = (shown: readonly Instance[]): readonly Instance[] =>
  shown.filter(
    (instance) => !isLive(instance) && instance.stateReason === 'Client.InstanceInitiatedShutdown',
  );

/** Whether one of the jobs had a runner of the life and is over: then GitHub removes the runner, which takes only one. */
export const hasFinishedJob = (jobs: readonly RunJob[], life: string, deployment: string): boolean =>
  jobs.filter(({ isCompleted }) => isCompleted).some(isOnLife(life, deployment));
