import { eventScheduler } from './adapters/aws/schedules.ts';
import { boundedDeadline } from './domain/life/deadline.ts';
import { scheduleName } from './domain/life/life.ts';
import { type ProvisionInput, parseProvisionInput } from './domain/life/provision-input.ts';
import { lifetimeOf, type MachineClasses } from './domain/machine-class.ts';
import type { Clock, Scheduler } from './domain/ports.ts';
import { begunNews } from './domain/status/step-news.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { telling } from './runtime/telling.ts';

export interface ScheduleDestroyPorts {
  readonly scheduler: Scheduler;
  readonly clock: Clock;
}

export interface ScheduleDestroySettings {
  readonly deployment: string;
  readonly labelPrefix: string;
  readonly classes: MachineClasses;
}

/**
 * Schedules the destroy at the deadline, before anything is there to destroy. Being first, it is also where
 * an execution's input is read: everything after it can rely on its form, and on a deadline within the lifetime.
 */
export const scheduleDestroy =
  ({ scheduler, clock }: ScheduleDestroyPorts, { deployment, ...bounds }: ScheduleDestroySettings) =>
  async (input: Partial<ProvisionInput>): Promise<{ name: string; at: string }> => {
    const now = clock();
    const { life, deadline, class: name } = parseProvisionInput(input, { ...bounds, now });
    const at = boundedDeadline(new Date(deadline), now, lifetimeOf(bounds.classes, name));
    const schedule = scheduleName(life, deployment);
    const destroy = { life, deployment, reason: 'deadline', mode: 'forced', deadline } as const;
    await scheduler.create(schedule, at, destroy);
    return { name: schedule, at: at.toISOString() };
  };

export const assemble: Assemble<Partial<ProvisionInput>, { name: string; at: string }> = telling(
  { news: begunNews },
  ({ aws, clock, settings }) => {
    const own = settings('deployment', 'labelPrefix', 'classes');
    const place = settings(
      'scheduleGroup',
      'schedulerRoleArn',
      'deadLetterQueueArn',
      'destroyStateMachineArn',
    );
    return scheduleDestroy({ scheduler: eventScheduler(aws, place), clock }, own);
  },
);

export const handler = lambda(assemble);
