import { describe, expect, test } from '@jest/globals';
import { synthesizedStack } from '../synthesized-stack.ts';
import { allows, type IamRequest } from './iam.ts';

const stack = synthesizedStack();
const instance = 'arn:aws:ec2:us-east-2:000000000000:instance/i-0123456789abcdef0';
const ours = { 'aws:ResourceTag/stint:deployment': 'local000' };
const theirs = { 'aws:ResourceTag/stint:deployment': 'deadbeef' };
const key = stack.keyArns[0] ?? '';
const secret = stack.secretArns[0] ?? '';
const sealed = { 'kms:EncryptionContext:runner': 'rr_runner_a_x86_64-1-1-local000' };
const schedules = 'arn:aws:scheduler:us-east-2:000000000000:schedule';
const states = 'arn:aws:states:us-east-2:000000000000';
const schedulerRole = stack.roles.find(({ name }) => name.includes('DeadlineSchedules'))?.arn ?? '';

const terminate: IamRequest = { action: 'ec2:TerminateInstances', resource: instance };
const decrypt: IamRequest = { action: 'kms:Decrypt', resource: key };
const start = (stateMachine: string): IamRequest => ({
  action: 'states:StartExecution',
  resource: `${states}:stateMachine:${stateMachine}`,
});
const pass = (resource: string, service: string): IamRequest => ({
  action: 'iam:PassRole',
  resource,
  context: { 'iam:PassedToService': service },
});

describe('a function may', () => {
  test.each<[string, string, IamRequest]>([
    ['terminate-instances', 'terminate an instance of ours', { ...terminate, context: ours }],
    [
      'check-runner',
      'read the console of an instance of ours',
      {
        action: 'ec2:GetConsoleOutput',
        resource: instance,
        context: ours,
      },
    ],
    [
      'fetch-jit-config',
      'seal for a runner of ours',
      { action: 'kms:GenerateDataKey', resource: key, context: sealed },
    ],
    ['request-spot-instance', 'open what was sealed for a runner of ours', { ...decrypt, context: sealed }],
    ['check-gone', 'read the secret', { action: 'secretsmanager:GetSecretValue', resource: secret }],
    [
      'schedule-destroy',
      'create a schedule in our group',
      {
        action: 'scheduler:CreateSchedule',
        resource: `${schedules}/Stint/rr_runner_a_x86_64-1-local000`,
      },
    ],
    [
      'schedule-destroy',
      'hand the schedules’ role to Scheduler',
      pass(schedulerRole, 'scheduler.amazonaws.com'),
    ],
    ['sweep', 'start a destroy', start('Stint-destroy-runner')],
    [
      'terminate-instances',
      'stop a provision',
      {
        action: 'states:StopExecution',
        resource: `${states}:execution:Stint-provision-runner:rr_runner_a_x86_64-1`,
      },
    ],
  ])('%s: %s', async (stem, _, request) => {
    expect(await allows(stack, stem, request)).toBe(true);
  });
});

describe('a function may not', () => {
  test.each<[string, string, IamRequest]>([
    ['terminate-instances', 'terminate an instance without tags', terminate],
    ['terminate-instances', 'terminate another deployment’s instance', { ...terminate, context: theirs }],
    ['sweep', 'terminate anything', { ...terminate, context: ours }],
    ['request-runners', 'terminate anything', { ...terminate, context: ours }],
    ['check-runner', 'read a stranger’s console', { action: 'ec2:GetConsoleOutput', resource: instance }],
    [
      'request-spot-instance',
      'read the secret',
      { action: 'secretsmanager:GetSecretValue', resource: secret },
    ],
    ['request-runners', 'read the secret', { action: 'secretsmanager:GetSecretValue', resource: secret }],
    ['terminate-instances', 'read the secret', { action: 'secretsmanager:GetSecretValue', resource: secret }],
    [
      'check-gone',
      'read another secret',
      {
        action: 'secretsmanager:GetSecretValue',
        resource: 'arn:aws:secretsmanager:us-east-2:000000000000:secret:other-abcdef',
      },
    ],
    ['fetch-jit-config', 'open what is sealed', { ...decrypt, context: sealed }],
    ['request-spot-instance', 'open what was sealed without a runner’s name', decrypt],
    [
      'request-spot-instance',
      'open what another deployment sealed',
      {
        ...decrypt,
        context: { 'kms:EncryptionContext:runner': 'rr_runner_a_x86_64-1-1-deadbeef' },
      },
    ],
    ['check-runner', 'open what is sealed', { ...decrypt, context: sealed }],
    [
      'schedule-destroy',
      'create a schedule elsewhere',
      {
        action: 'scheduler:CreateSchedule',
        resource: `${schedules}/default/x`,
      },
    ],
    [
      'schedule-destroy',
      'hand the schedules’ role to another service',
      pass(schedulerRole, 'ec2.amazonaws.com'),
    ],
    [
      'schedule-destroy',
      'hand another role to Scheduler',
      pass('arn:aws:iam::000000000000:role/admin', 'scheduler.amazonaws.com'),
    ],
    [
      'delete-schedule',
      'create a schedule',
      {
        action: 'scheduler:CreateSchedule',
        resource: `${schedules}/Stint/x`,
      },
    ],
    ['show-runners', 'start a destroy', start('Stint-destroy-runner')],
    ['sweep', 'start a provision', start('Stint-provision-runner')],
    ['on-instance-terminated', 'start a provision', start('Stint-provision-runner')],
    [
      'terminate-instances',
      'stop a destroy',
      {
        action: 'states:StopExecution',
        resource: `${states}:execution:Stint-destroy-runner:rr_runner_a_x86_64-1-asked-1`,
      },
    ],
    [
      'request-runners',
      'turn its own switch',
      {
        action: 'ssm:PutParameter',
        resource: 'arn:aws:ssm:us-east-2:000000000000:parameter/Stint/admission',
      },
    ],
    [
      'request-runners',
      'read another parameter',
      {
        action: 'ssm:GetParameter',
        resource: 'arn:aws:ssm:us-east-2:000000000000:parameter/production/password',
      },
    ],
  ])('%s: %s', async (stem, _, request) => {
    expect(await allows(stack, stem, request)).toBe(false);
  });
});
