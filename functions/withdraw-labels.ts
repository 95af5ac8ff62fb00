import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubLabelWithdrawer } from './adapters/github/github-label-withdrawer.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { registrationsOfLife } from './domain/life/life-registrations.ts';
import type { Clock, InstanceReader, LabelWithdrawer, RegistrationReader } from './domain/ports.ts';
import { withdrawalNews } from './domain/status/step-news.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface WithdrawLabelsPorts {
  readonly instances: InstanceReader;
  readonly registrations: RegistrationReader;
  readonly withdrawer: LabelWithdrawer;
  readonly clock: Clock;
}

/** ISO 8601: when the last label was gone, from which the staleness of `busy` counts. */
interface Withdrawal {
  readonly withdrawnAt: string;
}

/** Takes the labels of the life's runners away, so that no further job can match while idleness is proven. */
export const withdrawLabels =
  ({ instances, registrations, withdrawer, clock }: WithdrawLabelsPorts, deployment: string) =>
  async ({ life }: DestroyInput): Promise<Withdrawal> => {
    const shown = await instances.ofLife(life);
    const registered = await registrationsOfLife(registrations, life, deployment, shown);
    const labelled = registered.filter(({ labels }) => labels.length > 0);
    await Promise.all(labelled.map(({ id }) => withdrawer.withdrawLabels(id)));
    return { withdrawnAt: clock().toISOString() };
  };

export const assemble: Assemble<DestroyInput, Withdrawal> = telling({ news: withdrawalNews }, (runtime) => {
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
