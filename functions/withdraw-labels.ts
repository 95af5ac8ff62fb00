import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { githubLabelWithdrawer } from './adapters/github/github-label-withdrawer.ts';
import { githubRegistrations } from './adapters/github/github-registrations.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import type { Withdrawal } from './domain/ending/idle-verdict.ts';
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

/**
 * Takes the labels of the life's runners away, so that no further job can match while idleness is proven. A runner that
 * GitHub does not show keeps its labels, and is told by its id's absence.
 */
export const withdrawLabels =
  ({ instances, registrations, withdrawer, clock }: WithdrawLabelsPorts, deployment: string) =>
  async ({ life }: DestroyInput): Promise<Withdrawal> => {
    const shown = await instances.ofLife(life);
    const registered = await registrationsOfLife(registrations, life, deployment, shown);
    const outcomes = await Promise.all(
      registered.map(async ({ id, labels }) => ({
        id,
        outcome: labels.length > 0 ? await withdrawer.withdrawLabels(id) : 'withdrawn',
      })),
    );
    const withdrawn = outcomes.filter(({ outcome }) => outcome === 'withdrawn');
    return { withdrawnAt: clock().toISOString(), registrationIds: withdrawn.map(({ id }) => id) };
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
