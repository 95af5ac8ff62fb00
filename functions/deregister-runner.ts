import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubDeregistrar } from './adapters/github/github-deregistrar.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { registrationsOfLife } from './domain/life/life-registrations.ts';
import type { Deregistrar, InstanceReader, RegistrationReader } from './domain/ports.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface DeregisterRunnerPorts {
  readonly instances: InstanceReader;
  readonly registrations: RegistrationReader;
  readonly deregistrar: Deregistrar;
}

interface Deregistration {
  /** `refused` when GitHub says of one of them that a job runs on it. */
  readonly outcome: 'gone' | 'refused';
}

/** Deletes every registration of the life: those its instances carry, and those of its names. */
export const deregisterRunner =
  ({ instances, registrations, deregistrar }: DeregisterRunnerPorts, deployment: string) =>
  async ({ life }: DestroyInput): Promise<Deregistration> => {
    const shown = await instances.ofLife(life);
    const registered = await registrationsOfLife(registrations, life, deployment, shown);
    const outcomes = await Promise.all(registered.map(({ id }) => deregistrar.deregister(id)));
    return { outcome: outcomes.includes('refused') ? 'refused' : 'gone' };
  };

export const assemble: Assemble<DestroyInput, Deregistration> = (runtime) => {
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
