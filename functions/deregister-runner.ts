import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubDeregistrar } from './adapters/github/github-deregistrar.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import type { GoneVerdict } from './domain/ending/gone-verdict.ts';
import type { IdleVerdict } from './domain/ending/idle-verdict.ts';
import type { Need } from './domain/ending/need.ts';
import { registrationIdsOfLife } from './domain/life/life-registrations.ts';
import type { Deregistrar, InstanceReader, RegistrationReader } from './domain/ports.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface DeregisterRunnerPorts {
  readonly instances: InstanceReader;
  readonly registrations: Pick<RegistrationReader, 'byName'>;
  readonly deregistrar: Deregistrar;
}

export interface Deregistration {
  /**
   * `refused` when GitHub says of one of them that a job runs on it, `unseen` when it does not show one that CheckIdle has
   * just seen: then nothing has refused.
   */
  readonly outcome: 'gone' | 'refused' | 'unseen';
}

interface Input extends DestroyInput {
  /** These are present in a graceful destroy. */
  readonly need?: Pick<Need, 'instanceId'>;
  readonly idle?: Pick<IdleVerdict, 'registrationIds'>;
  /** What came of it the last time. */
  readonly deregistration?: Deregistration;
  /** Present once the machines were told to end. */
  readonly termination?: object;
  /** Present once what is left was looked for. */
  readonly gone?: Pick<GoneVerdict, 'answer'>;
}

const outcomeOf = (
  outcomes: readonly { readonly id: number; readonly outcome: string }[],
  seen: readonly number[],
): Deregistration => {
  if (outcomes.some(({ outcome }) => outcome === 'refused')) return { outcome: 'refused' };
  const deregistered = outcomes.filter(({ outcome }) => outcome === 'deregistered').map(({ id }) => id);
  return { outcome: seen.every((id) => deregistered.includes(id)) ? 'gone' : 'unseen' };
};

/**
 * Deletes every registration of the life: those its instances carry, and those of its names. Once all are gone, it does
 * so again only for what CheckGone finds.
 */
export const deregisterRunner =
  ({ instances, registrations, deregistrar }: DeregisterRunnerPorts, deployment: string) =>
  async ({ life, need, idle, deregistration, termination, gone }: Input): Promise<Deregistration> => {
    if (deregistration?.outcome === 'gone' && gone?.answer !== 'registration-remains') return deregistration;
    const shown = await instances.ofLife(life);
    const machines = { life, deployment, shown, readyInstanceId: need?.instanceId };
    const ids = await registrationIdsOfLife(registrations, machines);
    const outcomes = await Promise.all(
      ids.map(async (id) => ({ id, outcome: await deregistrar.deregister(id) })),
    );
    return outcomeOf(outcomes, termination === undefined ? (idle?.registrationIds ?? []) : []);
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
