import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubLabelWithdrawer } from './adapters/github/github-label-withdrawer.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import type { Withdrawal } from './domain/ending/idle-verdict.ts';
import type { Need } from './domain/ending/need.ts';
import { registrationIdsOfLife } from './domain/life/life-registrations.ts';
import type { Clock, InstanceReader, LabelWithdrawer, RegistrationReader } from './domain/ports.ts';
import { withdrawalNews } from './domain/status/step-news.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface WithdrawLabelsPorts {
  readonly instances: InstanceReader;
  readonly registrations: Pick<RegistrationReader, 'byName'>;
  readonly withdrawer: LabelWithdrawer;
  readonly clock: Clock;
}

interface Input extends DestroyInput {
  readonly need?: Pick<Need, 'instanceId'>;
}

/**
 * Takes the labels of the life's runners away, so that no further job can match while idleness is proven. A runner that
 * GitHub does not show keeps its labels, and is told by its id's absence.
 */
export const withdrawLabels =
  ({ instances, registrations, withdrawer, clock }: WithdrawLabelsPorts, deployment: string) =>
  async ({ life, need }: Input): Promise<Withdrawal> => {
    const shown = await instances.ofLife(life);
    const machines = { life, deployment, shown, readyInstanceId: need?.instanceId };
    const ids = await registrationIdsOfLife(registrations, machines);
    const outcomes = await Promise.all(
      ids.map(async (id) => ({ id, outcome: await withdrawer.withdrawLabels(id) })),
    );
    const withdrawn = outcomes.filter(({ outcome }) => outcome === 'withdrawn');
    return { withdrawnAt: clock().toISOString(), registrationIds: withdrawn.map(({ id }) => id) };
  };

export const assemble: Assemble<Input, Withdrawal> = telling({ news: withdrawalNews }, (runtime) => {
  const { aws, clock, settings } = runtime;
  const { deployment } = settings('deployment');
  const github = githubOf(runtime);
  const ports = {
    instances: ec2InstanceReader(aws, deployment),
    registrations: githubRegistrations(github),
    withdrawer: githubLabelWithdrawer(github),
    clock,
  };
  return withdrawLabels(ports, deployment);
});

export const handler = lambda(assemble);
