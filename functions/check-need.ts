import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { provisionReader } from './adapters/aws/provision-executions.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import { githubRunJobs, githubRuns } from './adapters/github/github-runs.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import {
  type KnownLife,
  knownLife,
  machineEnded,
  type Need,
  type NeedAnswer,
  notNeeded,
  pastDeadline,
  provisionRuns,
  runIsActive,
  unlessSeen,
  usedUp,
} from './domain/ending/need.ts';
import { hasEnded, hasFinishedJob, hasUnfinishedJob, poweredOff } from './domain/ending/run-use.ts';
import { isLive } from './domain/life/instance-states.ts';
import { registrationsOfInstances } from './domain/life/life-registrations.ts';
import type { MachineClasses } from './domain/machine-class.ts';
import type { Clock, Instance, InstanceReader, ProvisionReader, RegistrationReader } from './domain/ports.ts';
import { useNews } from './domain/status/step-news.ts';
import { isAttemptOver, type RunAttempt, type RunJobReader, type RunReader } from './domain/workflow-run.ts';
import { runsGithubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface CheckNeedPorts {
  readonly provisions: ProvisionReader;
  readonly instances: InstanceReader;
  readonly registrations: Pick<RegistrationReader, 'byId'>;
  readonly runs: RunReader;
  readonly jobs: RunJobReader;
  readonly clock: Clock;
}

export interface CheckNeedSettings {
  readonly deployment: string;
  readonly classes: MachineClasses;
}

interface Input extends DestroyInput {
  /** The answer before this one. */
  readonly need?: Need;
}

/**
 * The machine has ended: who has used its runner? The machine itself cannot say so, for it has no way to us. A job of
 * the life's run names it; when none does and its registration is gone, another run's had it.
 */
const checkUse = async (
  { registrations, jobs, clock }: CheckNeedPorts,
  deployment: string,
  { life, need }: Input,
  run: RunAttempt,
  shown: readonly Instance[],
): Promise<NeedAnswer> => {
  const ended = poweredOff(shown);
  const ofRun = ended.length === 0 ? undefined : await jobs.jobs(run);
  if (ofRun === undefined || hasUnfinishedJob(ofRun, life, deployment)) return machineEnded;
  if (hasFinishedJob(ofRun, life, deployment)) return usedUp;
  const remaining = await registrationsOfInstances(registrations, ended);
  return remaining.length > 0
    ? machineEnded
    : unlessSeen('own job', need, clock(), { ...usedUp, usedBy: 'another run' });
};

/** A run needs its runner while it is active and the runner's machine lives, or may yet show. */
const checkRun = async (
  ports: CheckNeedPorts,
  deployment: string,
  input: Input,
  { run, settledAt, instanceId }: KnownLife,
): Promise<NeedAnswer> => {
  const now = ports.clock();
  const shown = await ports.instances.ofLife(input.life);
  const isSettled = settledAt === undefined || now >= new Date(settledAt);
  if (isSettled && hasEnded(shown, instanceId))
    return run === undefined ? machineEnded : checkUse(ports, deployment, input, run, shown);
  if (run === undefined) return notNeeded('it serves no run of its own');
  if (isSettled && !shown.some(isLive))
    return unlessSeen('instance', input.need, now, notNeeded('EC2 shows no instance'));
  if (input.reason === 'unneeded') return notNeeded('its job has ended without a runner');
  const view = await ports.runs.run(run);
  if (view === undefined) return unlessSeen('run', input.need, now, notNeeded('GitHub has no such run'));
  return isAttemptOver(view, run) ? notNeeded('its run is over') : runIsActive;
};

/**
 * Asks whether the life's runner may still be needed: by its provision, which a graceful destroy lets come to its end,
 * or by the run that it serves, whoever asks for its end. Nothing is believed because one reading did not show it.
 */
export const checkNeed =
  (ports: CheckNeedPorts, { deployment, classes }: CheckNeedSettings) =>
  async (input: Input): Promise<Need> => {
    const provision = await ports.provisions.provision(input.life);
    const now = ports.clock();
    const known = knownLife(input, provision, now, classes);
    const answer = async (): Promise<NeedAnswer> => {
      if (now >= new Date(known.deadline)) return pastDeadline;
      if (provision === undefined)
        return unlessSeen('provision', input.need, now, notNeeded('it has no provision'));
      if (provision.status === 'RUNNING') return provisionRuns;
      if (!known.succeeded) return notNeeded('its provision did not succeed');
      return checkRun(ports, deployment, input, known);
    };
    return { ...known, ...(await answer()) };
  };

export const assemble: Assemble<Input, Need> = telling({ news: useNews }, (runtime) => {
  const { aws, clock, settings } = runtime;
  const { provisionStateMachineArn, ...own } = settings('deployment', 'classes', 'provisionStateMachineArn');
  const github = runsGithubOf(runtime);
  const ports = {
    provisions: provisionReader(aws, provisionStateMachineArn),
    instances: ec2InstanceReader(aws, own.deployment),
    registrations: githubRegistrations(github),
    runs: githubRuns(github),
    jobs: githubRunJobs(github),
    clock,
  };
  return checkNeed(ports, own);
});

export const handler = lambda(assemble);
