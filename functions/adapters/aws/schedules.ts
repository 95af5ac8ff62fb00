import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleOutput,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { type DestroyInput, destroyName } from '../../domain/ending/destroy.ts';
import { utcTime } from '../../domain/life/deadline.ts';
import type { ScheduleDeleter, ScheduleLister, ScheduleReader, Scheduler } from '../../domain/ports.ts';
import { type AwsConnection, clientFor } from './aws-connection.ts';
import { asAws, unlessGone } from './aws-errors.ts';

const schedulerClient = clientFor(SchedulerClient);

export interface SchedulerSettings {
  readonly scheduleGroup: string;
  readonly schedulerRoleArn: string;
  readonly deadLetterQueueArn: string;
  readonly destroyStateMachineArn: string;
}

const absent = ['ResourceNotFoundException'];

/** The universal target, for the templated one lets an execution have no name of ours (docs/adr/0002). */
const startExecutionTarget = 'arn:aws:scheduler:::aws-sdk:sfn:startExecution';

/**
 * `at(yyyy-mm-ddThh:mm:ss)` in UTC. Scheduler works to the minute
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
 */
const atExpression = (at: Date): string => `at(${at.toISOString().slice(0, 19)})`;

const startExecutionInput = (destroyStateMachineArn: string, destroy: DestroyInput): string =>
  JSON.stringify({
    StateMachineArn: destroyStateMachineArn,
    Name: destroyName(destroy.life, destroy.reason, 1),
    Input: JSON.stringify(destroy),
  });

/** Creates the schedules that end lives. One that an earlier attempt created is the same schedule. */
export const eventScheduler = (connection: AwsConnection, settings: SchedulerSettings): Scheduler => ({
  create: async (name, at, destroy) => {
    const command = new CreateScheduleCommand({
      Name: name,
      GroupName: settings.scheduleGroup,
      ScheduleExpression: atExpression(at),
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'NONE',
      Target: {
        Arn: startExecutionTarget,
        RoleArn: settings.schedulerRoleArn,
        Input: startExecutionInput(settings.destroyStateMachineArn, destroy),
        DeadLetterConfig: { Arn: settings.deadLetterQueueArn },
        RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 185 },
      },
    });
    await unlessGone('CreateSchedule', ['ConflictException'], () =>
      schedulerClient(connection).send(command),
    );
  },
});

/** The moment of a one-time schedule in UTC; `undefined` for one that is no such, or is switched off. */
const startOf = ({
  State,
  ScheduleExpression = '',
  ScheduleExpressionTimezone = 'UTC',
}: GetScheduleOutput) => {
  const [, at] = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/.exec(ScheduleExpression) ?? [];
  return State === 'ENABLED' && ScheduleExpressionTimezone === 'UTC' ? utcTime(`${at}Z`) : undefined;
};

/** Asks when a schedule will start its destroy. */
export const scheduleReader = (connection: AwsConnection, scheduleGroup: string): ScheduleReader => ({
  startsAt: async (name) => {
    const found = await unlessGone('GetSchedule', absent, () =>
      schedulerClient(connection).send(new GetScheduleCommand({ Name: name, GroupName: scheduleGroup })),
    );
    return found === undefined ? undefined : startOf(found);
  },
});

/** Deletes schedules. */
export const scheduleDeleter = (connection: AwsConnection, scheduleGroup: string): ScheduleDeleter => ({
  delete: async (name) => {
    await unlessGone('DeleteSchedule', absent, () =>
      schedulerClient(connection).send(new DeleteScheduleCommand({ Name: name, GroupName: scheduleGroup })),
    );
  },
});

/** Lists the deployment's schedules. */
export const scheduleLister = (connection: AwsConnection, scheduleGroup: string): ScheduleLister => ({
  all: () =>
    asAws('ListSchedules', async () => {
      const names: string[] = [];
      let token: string | undefined;
      do {
        const { Schedules = [], NextToken } = await schedulerClient(connection).send(
          new ListSchedulesCommand({
            GroupName: scheduleGroup,
            MaxResults: 100,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        );
        names.push(...Schedules.flatMap(({ Name: name }) => name ?? []));
        token = NextToken || undefined;
      } while (token !== undefined);
      return names;
    }),
});
