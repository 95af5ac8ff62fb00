import { eventScheduler } from './adapters/aws/schedules.ts';
import { scheduleName } from './domain/life/life.ts';
import { type ProvisionInput, parseProvisionInput } from './domain/life/provision-input.ts';
import type { Scheduler } from './domain/ports.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface ScheduleDestroySettings {
  readonly deployment: string;
  readonly labelPrefix: string;
  readonly lifetimeMinutes: number;
}

/**
 * Schedules the destroy at the deadline, before anything is there to destroy. Being first, it is also where
 * an execution's input is read: everything after it can rely on its form.
 */
export const scheduleDestroy =
  (scheduler: Scheduler, { deployment, labelPrefix, lifetimeMinutes }: ScheduleDestroySettings) =>
  async (input: Partial<ProvisionInput>): Promise<{ name: string; at: string }> => {
    const { life, deadline } = parseProvisionInput(input, labelPrefix, lifetimeMinutes);
    const name = scheduleName(life, deployment);
    const destroy = { life, deployment, reason: 'deadline', mode: 'forced', deadline } as const;
    await scheduler.create(name, new Date(deadline), destroy);
    return { name, at: deadline };
  };

export const assemble: Assemble<Partial<ProvisionInput>, { name: string; at: string }> = ({
  aws,
  settings,
}) => {
  const own = settings('deployment', 'labelPrefix', 'lifetimeMinutes');
  const place = settings('scheduleGroup', 'schedulerRoleArn', 'deadLetterQueueArn', 'destroyStateMachineArn');
  return scheduleDestroy(eventScheduler(aws, place), own);
};

export const handler = lambda(assemble);
