import { provisionReader } from './adapters/aws/provision-executions.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { launchesOverAt } from './domain/ending/gone-verdict.ts';
import { deadlineOf, runOf } from './domain/life/provision-input.ts';
import type { Clock, Execution, ProvisionReader } from './domain/ports.ts';
import type { RunAttempt } from './domain/workflow-run.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface ProvisionCheck {
  /** `wait` while it runs, `force` when the deadline has come, else `end` the life. */
  readonly next: 'wait' | 'end' | 'force';
  readonly succeeded: boolean;
  /** ISO 8601; absent when neither the destroy's nor the provision's input says it. */
  readonly deadline?: string;
  /** ISO 8601: from when on EC2 shows all that it launched; absent when there never was a provision. */
  readonly settledAt?: string;
  /** The attempt of a run that the life serves; absent when it may serve any. */
  readonly run?: RunAttempt;
}

const nextOf = (provision: Execution | undefined, deadline: Date | undefined, now: Date) => {
  if (deadline !== undefined && now >= deadline) return 'force';
  return provision?.status === 'RUNNING' ? 'wait' : 'end';
};

/** Asks whether the life's provision still runs: a graceful destroy lets it come to its end. */
export const checkProvision =
  (provisions: ProvisionReader, clock: Clock) =>
  async (input: DestroyInput): Promise<ProvisionCheck> => {
    const provision = await provisions.provision(input.life);
    const deadline = deadlineOf(input) ?? deadlineOf(provision?.input);
    const now = clock();
    const settledAt = launchesOverAt(provision, now);
    const run = runOf(provision?.input);
    return {
      next: nextOf(provision, deadline, now),
      succeeded: provision?.status === 'SUCCEEDED',
      ...(deadline === undefined ? {} : { deadline: deadline.toISOString() }),
      ...(settledAt === undefined ? {} : { settledAt: settledAt.toISOString() }),
      ...(run === undefined ? {} : { run }),
    };
  };

export const assemble: Assemble<DestroyInput, ProvisionCheck> = ({ aws, clock, settings }) =>
  checkProvision(provisionReader(aws, settings('provisionStateMachineArn').provisionStateMachineArn), clock);

export const handler = lambda(assemble);
