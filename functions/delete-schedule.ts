import { scheduleDeleter } from './adapters/aws/schedules.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { scheduleName } from './domain/life/life.ts';
import type { ScheduleDeleter } from './domain/ports.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

/** Deletes the life's schedule, the last that is left of it. */
export const deleteSchedule =
  (schedules: ScheduleDeleter, deployment: string) =>
  async ({ life }: DestroyInput): Promise<{ deleted: string }> => {
    const name = scheduleName(life, deployment);
    await schedules.delete(name);
    return { deleted: name };
  };

export const assemble: Assemble<DestroyInput, { deleted: string }> = ({ aws, settings }) => {
  const { deployment, scheduleGroup } = settings('deployment', 'scheduleGroup');
  return deleteSchedule(scheduleDeleter(aws, scheduleGroup), deployment);
};

export const handler = lambda(assemble);
