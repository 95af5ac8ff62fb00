import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  eventScheduler,
  scheduleDeleter,
  scheduleLister,
  scheduleReader,
} from '../../../functions/adapters/aws/schedules.ts';
import type { DestroyInput } from '../../../functions/domain/ending/destroy.ts';
import { AwsRefused, AwsUnavailable } from '../../../functions/domain/errors.ts';
import { schedulerService } from '../../../local/aws/scheduler/protocol.ts';
import { Schedules } from '../../../local/aws/scheduler/state.ts';
import { type PassingTime, passingTime } from '../passing-time.ts';
import { fakeAws } from './fake-aws.ts';
import { deadline, deployment, life } from './fake-ec2.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const scheduleGroup = 'stint';
const name = `${life}-${deployment}`;
const destroyStateMachineArn = 'arn:aws:states:us-east-2:000000000000:stateMachine:destroy-runner';
const destroy: DestroyInput = {
  life,
  deployment,
  reason: 'deadline',
  mode: 'forced',
  deadline: deadline.toISOString(),
};

const fakeScheduler = () => {
  const started: unknown[] = [];
  const schedules = new Schedules({
    groups: [scheduleGroup],
    startExecution: (arn, executionName, input) => {
      started.push({ arn, name: executionName, input: JSON.parse(input), at: new Date().toISOString() });
    },
    onDeadLetter: () => undefined,
  });
  const aws = fakeAws(schedulerService(schedules));
  const scheduler = eventScheduler(aws.connection, {
    scheduleGroup,
    schedulerRoleArn: 'arn:aws:iam::000000000000:role/scheduler',
    deadLetterQueueArn: 'arn:aws:sqs:us-east-2:000000000000:dead-letters',
    destroyStateMachineArn,
  });
  return { ...aws, schedules, started, scheduler };
};

describe('a schedule', () => {
  test('starts the destroy under its name, within the minute of the deadline', async () => {
    const { scheduler, started } = fakeScheduler();
    await scheduler.create(name, deadline, destroy);
    await time.advance(3_600 + 60);

    expect(started).toEqual([
      {
        arn: destroyStateMachineArn,
        name: `${life}-deadline-1`,
        input: destroy,
        at: expect.stringMatching(/^2026-03-01T11:00/),
      },
    ]);
  });

  test('is tried for an hour by a role of its own, and what fails is a dead letter', async () => {
    const { scheduler, asked } = fakeScheduler();
    await scheduler.create(name, deadline, destroy);

    expect(asked('CreateSchedule')[0]).toMatchObject({
      GroupName: scheduleGroup,
      ScheduleExpression: 'at(2026-03-01T11:00:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        RoleArn: 'arn:aws:iam::000000000000:role/scheduler',
        DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-2:000000000000:dead-letters' },
        RetryPolicy: { MaximumEventAgeInSeconds: 3_600 },
      },
    });
  });

  test('that an earlier attempt created is left as it is', async () => {
    const { scheduler, schedules } = fakeScheduler();
    await scheduler.create(name, deadline, destroy);
    await scheduler.create(name, new Date(deadline.getTime() + 600_000), destroy);

    expect(schedules.all.map(({ at }) => at)).toEqual([deadline]);
  });

  test('whose answer is lost has been created, once', async () => {
    const { scheduler, schedules, faults } = fakeScheduler();
    faults.add({ service: 'scheduler', operation: 'CreateSchedule', error: 'AnswerLost', times: 1 });
    await time.until(scheduler.create(name, deadline, destroy));

    expect(schedules.all).toHaveLength(1);
  });

  test.each([
    ['ThrottlingException', AwsUnavailable],
    ['InternalServerException', AwsUnavailable],
    ['503', AwsUnavailable],
    ['ValidationException', AwsRefused],
    ['ServiceQuotaExceededException', AwsRefused],
    ['AccessDeniedException', AwsRefused],
  ])('that Scheduler answers with %s is an error', async (error, expected) => {
    const { scheduler, faults } = fakeScheduler();
    faults.add({ service: 'scheduler', operation: 'CreateSchedule', error, times: 9 });
    const created = time.until(scheduler.create(name, deadline, destroy));

    await expect(created).rejects.toThrow(expected);
    await expect(created).rejects.toThrow(/^CreateSchedule: /);
  });
});

describe('reading and deleting', () => {
  test('tells when a schedule will start its destroy', async () => {
    const { connection, scheduler } = fakeScheduler();
    const reader = scheduleReader(connection, scheduleGroup);
    await scheduler.create(name, deadline, destroy);

    await expect(reader.startsAt(name)).resolves.toEqual(deadline);
    await expect(reader.startsAt('another-a1b2c3d4')).resolves.toBeUndefined();
  });

  test('is an error when nobody knows, and not an absence', async () => {
    const { connection, faults } = fakeScheduler();
    faults.add({
      service: 'scheduler',
      operation: 'GetSchedule',
      error: 'InternalServerException',
      times: 9,
    });

    await expect(time.until(scheduleReader(connection, scheduleGroup).startsAt(name))).rejects.toThrow(
      AwsUnavailable,
    );
  });

  test('deletes it, once and again', async () => {
    const { connection, scheduler, schedules } = fakeScheduler();
    const deleter = scheduleDeleter(connection, scheduleGroup);
    await scheduler.create(name, deadline, destroy);
    await deleter.delete(name);
    await deleter.delete(name);

    expect(schedules.all).toEqual([]);
  });

  test('deletes it though the answer is lost', async () => {
    const { connection, scheduler, schedules, faults } = fakeScheduler();
    await scheduler.create(name, deadline, destroy);
    faults.add({ service: 'scheduler', operation: 'DeleteSchedule', error: 'AnswerLost', times: 1 });
    await time.until(scheduleDeleter(connection, scheduleGroup).delete(name));

    expect(schedules.all).toEqual([]);
  });
});

describe('the list of schedules', () => {
  const many = async (count: number) => {
    const scene = fakeScheduler();
    for (let index = 0; index < count; index += 1)
      await scene.scheduler.create(`${index}-${deployment}`, deadline, destroy);
    return { ...scene, lister: scheduleLister(scene.connection, scheduleGroup) };
  };

  test('is read to the last page', async () => {
    const { lister, times } = await many(230);
    const all = await lister.all();

    expect(new Set(all).size).toBe(230);
    expect(all).toContain(`229-${deployment}`);
    expect(times('ListSchedules')).toBe(3);
  });

  test('is an error when it cannot be had', async () => {
    const { lister, faults } = await many(1);
    faults.add({ service: 'scheduler', operation: 'ListSchedules', error: 'ThrottlingException', times: 9 });

    await expect(time.until(lister.all())).rejects.toThrow(AwsUnavailable);
  });
});
