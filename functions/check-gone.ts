import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { provisionReader } from './adapters/aws/provision-executions.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import type { Deregistration } from './deregister-runner.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import {
  type GoneReading,
  type GoneVerdict,
  goneVerdict,
  launchesOverAt,
} from './domain/ending/gone-verdict.ts';
import type { Need } from './domain/ending/need.ts';
import { AwsUnavailable, CredentialUnusable, GitHubRefused, GitHubUnavailable } from './domain/errors.ts';
import { isLive, isTerminated } from './domain/life/instance-states.ts';
import { type LifeMachines, registrationsOfLife } from './domain/life/life-registrations.ts';
import { readProvisionOutput } from './domain/life/provision-output.ts';
import type {
  Clock,
  ExecutionStatus,
  Instance,
  InstanceReader,
  ProvisionReader,
  RegistrationReader,
} from './domain/ports.ts';
import type { Tell } from './domain/status/life-news.ts';
import { failureFacts } from './domain/status/life-of-provision.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { tellingOf } from './runtime/telling.ts';

export interface CheckGonePorts {
  readonly instances: InstanceReader;
  readonly registrations: RegistrationReader;
  readonly provisions: ProvisionReader;
  readonly clock: Clock;
  /** Tells why a provision failed, when the event of its end did not; it never fails. */
  readonly tell: Tell;
}

interface Input extends DestroyInput {
  /** Present in a graceful destroy. */
  readonly need?: Pick<Need, 'isRunnerGone'>;
  readonly deregistration?: Deregistration;
  /** The reading before this one. */
  readonly gone?: GoneVerdict;
}

/**
 * Whether a step before has GitHub's word that no registration is left, which then is the first of the two readings:
 * GitHub is asked again for the second.
 */
const isWordGiven = ({ need, deregistration, gone }: Input): boolean =>
  gone?.nothingSince === undefined && (need?.isRunnerGone === true || deregistration?.outcome === 'gone');

const unsuccessful: ReadonlySet<ExecutionStatus> = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

const instancesThatRemain = (shown: readonly Instance[]): readonly string[] =>
  shown
    .filter((instance) => !isTerminated(instance))
    .map(({ id, state }) => `the instance ${id}, which is ${state}`);

type GitHubReading = Pick<GoneReading, 'registrations' | 'refusal'>;

/** GitHub being silent, or refusing, is a reading too: nobody knows that the registration is gone. */
const registrationsThatRemain = async (
  registrations: RegistrationReader,
  machines: LifeMachines,
): Promise<GitHubReading> => {
  try {
    const found = await registrationsOfLife(registrations, machines);
    return { registrations: found.map(({ name }) => `the registration ${name}`) };
  } catch (error) {
    if (error instanceof GitHubUnavailable || error instanceof AwsUnavailable)
      return { registrations: 'unknown' };
    if (error instanceof GitHubRefused || error instanceof CredentialUnusable)
      return { registrations: 'unknown', refusal: error };
    throw error;
  }
};

/**
 * Asks EC2 what of the life is still there, and when nothing is, GitHub: whatever that answers must not end a
 * destroy while a machine runs. Throws LifeRemains when something has been there for too long,
 * and GitHubRefused or CredentialUnusable when that has lasted for hours.
 */
export const checkGone =
  ({ instances, registrations, provisions, clock, tell }: CheckGonePorts, deployment: string) =>
  async (input: Input): Promise<GoneVerdict> => {
    const { life, gone } = input;
    const [shown, provision] = await Promise.all([instances.ofLife(life), provisions.provision(life)]);
    if (provision !== undefined && unsuccessful.has(provision.status))
      await tell(life, failureFacts(provision));
    const remains = [
      ...instancesThatRemain(shown),
      ...(provision?.status === 'RUNNING' ? ['the provision, which runs'] : []),
    ];
    const github = async (): Promise<GitHubReading> => {
      if (remains.length > 0) return { registrations: 'unknown' };
      if (isWordGiven(input)) return { registrations: [] };
      const readyInstanceId = readProvisionOutput(provision?.output)?.instance.id;
      return registrationsThatRemain(registrations, { life, deployment, shown, readyInstanceId });
    };
    const now = clock();
    const over = launchesOverAt(provision, now);
    return goneVerdict({
      now,
      remains,
      isEnding: provision?.status !== 'RUNNING' && !shown.some(isLive),
      ...(await github()),
      ...(over === undefined ? {} : { launchesOverAt: over }),
      ...(gone === undefined ? {} : { earlier: gone }),
    });
  };

export const assemble: Assemble<Input, GoneVerdict> = (runtime) => {
  const { aws, clock, settings } = runtime;
  const { deployment, provisionStateMachineArn } = settings('deployment', 'provisionStateMachineArn');
  const ports = {
    instances: ec2InstanceReader(aws, deployment),
    registrations: githubRegistrations(githubOf(runtime)),
    provisions: provisionReader(aws, provisionStateMachineArn),
    clock,
    tell: tellingOf(runtime),
  };
  return checkGone(ports, deployment);
};

export const handler = lambda(assemble);
