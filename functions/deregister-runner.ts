import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubDeregistrar } from './adapters/github/github-deregistrar.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import type { IdleVerdict } from './domain/ending/idle-verdict.ts';
import { registrationsOfLife } from './domain/life/life-registrations.ts';
import type { Deregistrar, InstanceReader, RegistrationReader } from './domain/ports.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface DeregisterRunnerPorts {
  readonly instances: InstanceReader;
  readonly registrations: RegistrationReader;
  readonly deregistrar: Deregistrar;
}

interface Input extends DestroyInput {
  /** Present in a graceful destroy. */
  readonly idle?: Pick<IdleVerdict, 'registrationIds'>;
}

interface Deregistration {
  /**
   * `refused` when GitHub says of one of them that a job runs on it, `unseen` when it does not show one that CheckIdle has
   * just seen: then nothing has refused.
   */
  readonly outcome: 'gone' | 'refused' | 'unseen';
}

/** Deletes every registration of the life: those its instances carry, and those of its names. */
export const deregisterRunner =
  ({ instances, registrations, deregistrar }: DeregisterRunnerPorts, deployment: string) =>
  async ({ life, idle }: Input): Promise<Deregistration> => {
    const shown = await instances.ofLife(life);
    const registered = await registrationsOfLife(registrations, life, deployment, shown);
    const outcomes = await Promise.all(
      registered.map(async ({ id }) => ({ id, outcome: await deregistrar.deregister(id) })),
    );
    if (outcomes.some(({ outcome }) => outcome === 'refused')) return { outcome: 'refused' };
    const deregistered = outcomes.filter(({ outcome }) => outcome === 'deregistered').map(({ id }) => id);
    const isUnseen = idle?.registrationIds.some((id) => !deregistered.includes(id)) ?? false;
    return { outcome: isUnseen ? 'unseen' : 'gone' };
  };

export const assemble: Assemble<Input, Deregistration> = (runtime) => {
  const { aws, settings } = runtime;
  const { deployment } = settings('deployment');
  const github = githubOf(runtime);
  const ports = {
    instances: ec2InstanceReader(aws, deployment),
    registrations: githubRegistrations(github),
    deregistrar: githubDeregistrar(github),
  };
  return deregisterRunner(ports, deployment);
};

export const handler = lambda(assemble);
