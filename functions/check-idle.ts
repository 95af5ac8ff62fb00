import { ec2InstanceReader } from './adapters/ec2-instances.ts';
import { githubRegistrations } from './adapters/github-registrations.ts';
import type { ProvisionCheck } from './check-provision.ts';
import type { DestroyInput } from './domain/destroy.ts';
import { type IdleVerdict, idleVerdict } from './domain/idle-verdict.ts';
import { isLive } from './domain/instance-states.ts';
import { registrationsOfLife } from './domain/life-registrations.ts';
import type { Clock, Instance, InstanceReader, Registration, RegistrationReader } from './domain/ports.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface CheckIdlePorts {
  readonly instances: InstanceReader;
  readonly registrations: RegistrationReader;
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

/** Asks whether the life's runner may be ended without ending a job. */
export const checkIdle =
  ({ instances, registrations, clock }: CheckIdlePorts, deployment: string) =>
  async ({ life, provision, withdrawal, idle }: Input): Promise<IdleVerdict> => {
    const shown = await instances.ofLife(life);
    const registered = await registrationsOfLife(registrations, life, deployment, shown);
    return idleVerdict({
      registrations: registered.filter(mayHaveJob(shown)),
      now: clock(),
      withdrawnAt: new Date(withdrawal.withdrawnAt),
      hasLiveInstance: shown.some(isLive),
      provisionSucceeded: provision.succeeded,
      ...(provision.settledAt === undefined ? {} : { settledAt: new Date(provision.settledAt) }),
      ...(provision.deadline === undefined ? {} : { deadline: new Date(provision.deadline) }),
      ...(idle?.idleSince === undefined ? {} : { idleSince: new Date(idle.idleSince) }),
    });
  };

export const assemble: Assemble<Input, IdleVerdict> = (runtime) => {
  const { aws, clock, settings } = runtime;
  const { deployment } = settings('deployment');
  const ports = {
    instances: ec2InstanceReader(aws, deployment),
    registrations: githubRegistrations(githubOf(runtime)),
    clock,
  };
  return checkIdle(ports, deployment);
};

export const handler = lambda(assemble);
