import type { Stack } from '../../../local/template/stack.ts';
import { type Case, call } from './call.ts';

const name = 'rr_runner_1f_x86_64-1-local000';

const create = (group: string, RoleArn: string) =>
  call('scheduler', 'CreateSchedule', { Name: name, GroupName: group, Target: { Arn: 'x', RoleArn } });

const ofGroup = (operation: string, groupName: string) =>
  call('scheduler', operation, { Name: name, groupName });

/** The schedules that end lives, and the role by which they do. */
export const scheduleCases = ({ functions, roles, scheduleGroups: [group = ''] }: Stack): readonly Case[] => {
  const own = roles.find(({ trust }) => JSON.stringify(trust).includes('scheduler.amazonaws.com'))?.arn ?? '';
  const ofFunction = functions.find(({ stem }) => stem === 'terminate-instances')?.roleArn ?? '';
  return [
    ['create a schedule', create(group, own), ['schedule-destroy']],
    ['create a schedule in the default group', create('default', own)],
    ['create a schedule in another deployment’s group', create('Other', own)],
    [
      'create a schedule with the administrators’ role',
      create(group, 'arn:aws:iam::000000000000:role/admin'),
    ],
    ['create a schedule with a function’s role', create(group, ofFunction)],
    [
      'read a schedule',
      ofGroup('GetSchedule', group),
      ['request-on-demand-instance', 'request-spot-instance'],
    ],
    ['read another deployment’s schedule', ofGroup('GetSchedule', 'Other')],
    ['delete a schedule', ofGroup('DeleteSchedule', group), ['delete-schedule']],
    ['delete another deployment’s schedule', ofGroup('DeleteSchedule', 'Other')],
    ['list schedules', call('scheduler', 'ListSchedules', { ScheduleGroup: group }), ['sweep']],
  ];
};
