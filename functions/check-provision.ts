import { provisionReader } from './adapters/aws/provision-executions.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { launchesOverAt } from './domain/ending/gone-verdict.ts';
import { boundedDeadline, earliest } from './domain/life/deadline.ts';
import { deadlineOf, runOf } from './domain/life/provision-input.ts';
import type { Clock, Execution, ProvisionReader } from './domain/ports.ts';
import type { RunAttempt } from './domain/workflow-run.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface ProvisionCheck {
  /** `wait` while it runs, `force` when the deadline has come, else `end` the life. */
  readonly next: 'wait' | 'end' | 'force';
  readonly succeeded: boolean;
  /** ISO 8601. */
  readonly deadline: string;
  /** ISO 8601: from when on EC2 shows all that it launched; absent when there never was a provision. */
  readonly settledAt?: string;
  /** The attempt of a run that the life serves; absent when it may serve any. */
  readonly run?: RunAttempt;
}

interface Input extends DestroyInput {
  /** The check before this one. */
  readonly provision?: ProvisionCheck;
}

/**
 * No input keeps a runner beyond the lifetime from when its provision began, and from the first check when there is
 * none: whoever can start a destroy could otherwise keep every other one away.
 */
const deadlineFor = (
  input: Input,
  provision: Execution | undefined,
  now: Date,
  lifetimeMinutes: number,
): Date => {
  const asked = earliest(deadlineOf(input), deadlineOf(provision?.input), deadlineOf(input.provision));
  return boundedDeadline(asked, provision?.startedAt ?? now, lifetimeMinutes);
};

const nextOf = (provision: Execution | undefined, deadline: Date, now: Date) => {
  if (now >= deadline) return 'force';
  return provision?.status === 'RUNNING' ? 'wait' : 'end';
};

/** Asks whether the life's provision still runs: a graceful destroy lets it come to its end. */
export const checkProvision =
  (provisions: ProvisionReader, clock: Clock, lifetimeMinutes: number) =>
  async (input: Input): Promise<ProvisionCheck> => {
    const provision = await provisions.provision(input.life);
    const now = clock();
    const deadline = deadlineFor(input, provision, now, lifetimeMinutes);
    const settledAt = launchesOverAt(provision, now);
    const run = runOf(provision?.input);
    return {
      next: nextOf(provision, deadline, now),
      succeeded: provision?.status === 'SUCCEEDED',
      deadline: deadline.toISOString(),
      ...(settledAt === undefined ? {} : { settledAt: settledAt.toISOString() }),
      ...(run === undefined ? {} : { run }),
    };
  };

export const assemble: Assemble<Input, ProvisionCheck> = ({ aws, clock, settings }) => {
  const { provisionStateMachineArn, lifetimeMinutes } = settings(
    'provisionStateMachineArn',
    'lifetimeMinutes',
  );
  return checkProvision(provisionReader(aws, provisionStateMachineArn), clock, lifetimeMinutes);
};

export const handler = lambda(assemble);
