import type { CloudBase } from '../../cloud-base.ts';
import { throttlingCode, throttlingText } from '../../rations/aws-rations.ts';
import { AwsFault } from '../../wire/aws-json.ts';
import type { CloudAuthorization } from '../iam/cloud-authorization.ts';
import type { Executions } from '../step-functions/state.ts';
import { schedulerService } from './protocol.ts';
import { type FakeSchedule, Schedules } from './state.ts';

/** Scheduler, which starts executions by itself, as far as its schedules' roles may. */
export const registerScheduler = (
  cloud: CloudBase,
  authorization: CloudAuthorization,
  executions: Executions,
): Schedules => {
  const startExecution = async (
    arn: string,
    name: string | undefined,
    input: string,
    schedule: FakeSchedule,
  ) => {
    await authorization.requireScheduledStart(schedule, arn);
    const call = { service: 'states', operation: 'StartExecution', parameters: {} };
    if (!cloud.rations.take(call)) throw new AwsFault(throttlingCode('states'), throttlingText('states'));
    const struck = cloud.faults.take(call, { caller: 'scheduler' });
    if (struck !== undefined) throw new AwsFault(struck.error, 'An injected fault');
    executions.start(arn, name ?? crypto.randomUUID(), input);
  };
  const schedules = new Schedules({
    groups: cloud.stack.scheduleGroups,
    startExecution,
    onDeadLetter: (queueArn, payload, schedule) =>
      void cloud.sendDeadLetter(queueArn, payload, (queue) => authorization.mayScheduleSend(schedule, queue)),
    isOn: cloud.layers.isScheduleOn,
    firings: cloud.misfortunes.firings,
  });
  cloud.serve(schedulerService(schedules));
  cloud.stackRemoval.add(() => {
    for (const { name, group } of schedules.all) schedules.delete(name, group);
  });
  cloud.ending.add(() => schedules.close());
  return schedules;
};
