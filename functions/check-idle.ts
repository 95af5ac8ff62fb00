import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import { githubRunJobs } from './adapters/github/github-runs.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import {
  type IdleReading,
  type IdleVerdict,
  idleVerdict,
  type Withdrawal,
  withJob,
  withoutJobs,
} from './domain/ending/idle-verdict.ts';
import type { Need } from './domain/ending/need.ts';
import { hasUnfinishedJob } from './domain/ending/run-use.ts';
import { isLive } from './domain/life/instance-states.ts';
import { registrationsOfLife } from './domain/life/life-registrations.ts';
import type { Clock, InstanceReader, RegistrationReader } from './domain/ports.ts';
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
  readonly need: Need;
  readonly withdrawal: Withdrawal;
  /** The reading before this one. */
  readonly idle?: IdleVerdict;
}

const read = async (
  { instances, registrations, clock }: CheckIdlePorts,
  deployment: string,
  { life, need, withdrawal, idle }: Input,
): Promise<IdleReading> => {
  const shown = await instances.ofLife(life);
  return {
    registrations: await registrationsOfLife(registrations, {
      life,
      deployment,
      shown,
      readyInstanceId: need.instanceId,
    }),
    instances: shown,
    known: need,
    withdrawal,
    now: clock(),
    ...(idle === undefined ? {} : { earlier: idle }),
  };
};

/** A job of the run that the life serves names its runner, and is exact where `busy` is stale. */
const afterJobs = async (
  { jobs }: CheckIdlePorts,
  deployment: string,
  { life, need: { run } }: Input,
  reading: IdleReading,
  verdict: IdleVerdict,
): Promise<IdleVerdict> => {
  if (run === undefined) return verdict;
  const ofRun = await jobs.jobs(run);
  if (ofRun === undefined) return withoutJobs(verdict, reading);
  return hasUnfinishedJob(ofRun, life, deployment) ? withJob(verdict) : verdict;
};

/** Asks whether the life's runner may be ended without ending a job. The run's jobs are asked for last. */
export const checkIdle =
  (ports: CheckIdlePorts, deployment: string) =>
  async (input: Input): Promise<IdleVerdict> => {
    const reading = await read(ports, deployment, input);
    const verdict = idleVerdict(reading);
    const isDecided = verdict.answer !== 'idle' || !reading.instances.some(isLive);
    return isDecided ? verdict : afterJobs(ports, deployment, input, reading, verdict);
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
