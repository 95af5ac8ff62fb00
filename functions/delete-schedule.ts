import { scheduleDeleter } from './adapters/aws/schedules.ts';
import type { DestroyInput } from './domain/ending/destroy.ts';
import { scheduleName } from './domain/life/life.ts';
import type { ScheduleDeleter } from './domain/ports.ts';
import { forgettingOf } from './runtime/forgetting.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';

export interface DeleteSchedulePorts {
  readonly schedules: ScheduleDeleter;
  /** Writes down that nothing of the life is left, and gives its seats back; it never fails. */
  readonly forget: (life: string) => Promise<void>;
}

/** Deletes the life's schedule, the last that is left of it. */
export const deleteSchedule =
  ({ schedules, forget }: DeleteSchedulePorts, deployment: string) =>
  async ({ life }: DestroyInput): Promise<{ deleted: string }> => {
    const name = scheduleName(life, deployment);
    await schedules.delete(name);
    await forget(life);
    return { deleted: name };
  };

export const assemble: Assemble<DestroyInput, { deleted: string }> = (runtime) => {
  const { deployment, scheduleGroup } = runtime.settings('deployment', 'scheduleGroup');
  const schedules = scheduleDeleter(runtime.aws, scheduleGroup);
  return deleteSchedule({ schedules, forget: forgettingOf(runtime) }, deployment);
};

export const handler = lambda(assemble);
