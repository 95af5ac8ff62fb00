import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import { githubRunJobs } from './adapters/github/github-runs.ts';
import type { ProvisionCheck } from './check-provision.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { type IdleVerdict, idleVerdict } from './domain/ending/idle-verdict.ts';
import { hasUnfinishedJob } from './domain/ending/run-use.ts';
import { isLive } from './domain/life/instance-states.ts';
import { registrationsOfLife } from './domain/life/life-registrations.ts';
import type { Clock, Instance, InstanceReader, Registration, RegistrationReader } from './domain/ports.ts';
import type { RunJobReader } from './domain/workflow-run.ts';
import { runsGithubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface CheckIdlePorts {
  readonly instances: InstanceReader;
  readonly registrations: RegistrationReader;
  readonly jobs: RunJobReader;
  readonly clock: Clock;
}

interface Input extends DestroyInput {
  readonly provision: ProvisionCheck;
  readonly withdrawal: { readonly withdrawnAt: string };
  /** The reading before this one. */
  readonly idle?: IdleVerdict;
}

/** An instance that is ending never comes back, however late EC2 is: its runner has no job to lose. */
const mayHaveJob =
  (shown: readonly Instance[]) =>
  ({ id }: Registration): boolean =>
    !shown.some((instance) => instance.registrationId === id && !isLive(instance));

/** A job of the run that the life serves names its runner, and is exact where `busy` is stale. */
const isAtWork = async (
  { jobs }: CheckIdlePorts,
  deployment: string,
  { life, provision: { run } }: Input,
): Promise<boolean> => {
  const ofRun = run === undefined ? undefined : await jobs.jobs(run);
  return ofRun !== undefined && hasUnfinishedJob(ofRun, life, deployment);
};

/** Asks whether the life's runner may be ended without ending a job. The run's jobs are asked for last. */
export const checkIdle =
  (ports: CheckIdlePorts, deployment: string) =>
  async (input: Input): Promise<IdleVerdict> => {
    const { instances, registrations, clock } = ports;
    const { life, provision, withdrawal, idle } = input;
    const shown = await instances.ofLife(life);
    const registered = await registrationsOfLife(registrations, life, deployment, shown);
    const verdict = idleVerdict({
      registrations: registered.filter(mayHaveJob(shown)),
      now: clock(),
      withdrawnAt: new Date(withdrawal.withdrawnAt),
      hasLiveInstance: shown.some(isLive),
      provisionSucceeded: provision.succeeded,
      ...(provision.settledAt === undefined ? {} : { settledAt: new Date(provision.settledAt) }),
      deadline: new Date(provision.deadline),
      ...(idle?.idleSince === undefined ? {} : { idleSince: new Date(idle.idleSince) }),
    });
    if (verdict.next !== 'end' || !shown.some(isLive)) return verdict;
    return (await isAtWork(ports, deployment, input))
      ? { next: 'wait-for-job', because: 'a job of its run is on it' }
      : verdict;
  };

export const assemble: Assemble<Input, IdleVerdict> = (runtime) => {
  const { aws, clock, settings } = runtime;
  const { deployment } = settings('deployment');
  const github = runsGithubOf(runtime);
  const ports = {
    instances: ec2InstanceReader(aws, deployment),
    registrations: githubRegistrations(github),
    jobs: githubRunJobs(github),
    clock,
  };
  return checkIdle(ports, deployment);
};

export const handler = lambda(assemble);
