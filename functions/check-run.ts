import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import { githubRunJobs, githubRuns } from './adapters/github/github-runs.ts';
import type { ProvisionCheck } from './check-provision.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { poweredOff, usedBy } from './domain/ending/run-use.ts';
import { isLive } from './domain/life/instance-states.ts';
import { registrationsOfInstances } from './domain/life/life-registrations.ts';
import type { Clock, Instance, InstanceReader, RegistrationReader } from './domain/ports.ts';
import { useNews } from './domain/status/step-news.ts';
import { isAttemptOver, type RunAttempt, type RunJobReader, type RunReader } from './domain/workflow-run.ts';
import { runsGithubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface CheckRunPorts {
  readonly instances: InstanceReader;
  readonly registrations: RegistrationReader;
  readonly runs: RunReader;
  readonly jobs: RunJobReader;
  readonly clock: Clock;
}

interface Input extends DestroyInput {
  readonly provision: ProvisionCheck & { readonly run: RunAttempt };
}

export interface RunCheck {
  /** `wait` while a job of the run may still come for the runner, else `go-on`. */
  readonly next: 'wait' | 'go-on';
  readonly because: string;
  /** Set when the runner is used up, and no job of its run has had it. */
  readonly usedBy?: 'another run';
}

const checkUse = async (
  { registrations, jobs }: CheckRunPorts,
  deployment: string,
  life: string,
  run: RunAttempt,
  shown: readonly Instance[],
): Promise<RunCheck> => {
  const ended = poweredOff(shown);
  const remaining = await registrationsOfInstances(registrations, ended);
  const ofRun = ended.length > 0 && remaining.length === 0 ? await jobs.jobs(run) : undefined;
  const user = usedBy({
    life,
    deployment,
    ended,
    registrations: remaining,
    ...(ofRun === undefined ? {} : { jobs: ofRun }),
  });
  return {
    next: 'go-on',
    because: 'no instance is live',
    ...(user === undefined ? {} : { usedBy: user }),
  };
};

/**
 * Asks whether the run that the life serves may still need its runner, which then stays whoever asks for its end;
 * and of a runner that is used up, whether its own run has used it.
 */
export const checkRun =
  (ports: CheckRunPorts, deployment: string) =>
  async ({ life, provision }: Input): Promise<RunCheck> => {
    const { run, succeeded, settledAt } = provision;
    if (!succeeded) return { next: 'go-on', because: 'its provision did not succeed' };
    const shown = await ports.instances.ofLife(life);
    const isSettled = settledAt === undefined || ports.clock() >= new Date(settledAt);
    if (isSettled && !shown.some(isLive)) return checkUse(ports, deployment, life, run, shown);
    return isAttemptOver(await ports.runs.run(run), run)
      ? { next: 'go-on', because: 'its run is over' }
      : { next: 'wait', because: 'its run is not over' };
  };

export const assemble: Assemble<Input, RunCheck> = telling({ news: useNews }, (runtime) => {
  const { aws, clock, settings } = runtime;
  const { deployment } = settings('deployment');
  const github = runsGithubOf(runtime);
  const ports = {
    instances: ec2InstanceReader(aws, deployment),
    registrations: githubRegistrations(github),
    runs: githubRuns(github),
    jobs: githubRunJobs(github),
    clock,
  };
  return checkRun(ports, deployment);
});

export const handler = lambda(assemble);
