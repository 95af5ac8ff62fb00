import { ec2InstanceReader } from './adapters/ec2-instances.ts';
import { githubRegistrations } from './adapters/github-registrations.ts';
import type { ProvisionCheck } from './check-provision.ts';
import type { DestroyInput } from './domain/destroy.ts';
import { type IdleVerdict, idleVerdict } from './domain/idle-verdict.ts';
import { isLive } from './domain/instance-states.ts';
import { registrationsOfInstances } from './domain/life-registrations.ts';
import type { Clock, InstanceReader, RegistrationReader } from './domain/ports.ts';
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

/** Asks whether the life's runner may be ended without ending a job. */
export const checkIdle =
  ({ instances, registrations, clock }: CheckIdlePorts) =>
  async ({ life, provision, withdrawal, idle }: Input): Promise<IdleVerdict> => {
    const live = (await instances.ofLife(life)).filter(isLive);
    return idleVerdict({
      registrations: await registrationsOfInstances(registrations, live),
      now: clock(),
      withdrawnAt: new Date(withdrawal.withdrawnAt),
      hasLiveInstance: live.length > 0,
      provisionSucceeded: provision.succeeded,
      ...(provision.deadline === undefined ? {} : { deadline: new Date(provision.deadline) }),
      ...(idle?.idleSince === undefined ? {} : { idleSince: new Date(idle.idleSince) }),
    });
  };

export const assemble: Assemble<Input, IdleVerdict> = (runtime) => {
  const { aws, clock, settings } = runtime;
  return checkIdle({
    instances: ec2InstanceReader(aws, settings('deployment').deployment),
    registrations: githubRegistrations(githubOf(runtime)),
    clock,
  });
};

export const handler = lambda(assemble);
