import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AccountRations } from '../../../local/rations/account-rations.ts';
import { awsRations } from '../../../local/rations/aws-rations.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-03-01T10:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

const filtered = { Filter: { 1: { Name: 'tag:a' } } };

/** How many of the calls go on, asked for at once. */
const goOn = (rations: AccountRations, count: number, call: Parameters<AccountRations['take']>[0]): number =>
  Array.from({ length: count }, () => rations.take(call)).filter(Boolean).length;

describe('a ration of an account', () => {
  test.each([
    ['ec2', 'RunInstances', {}, 5, 2],
    ['ec2', 'DescribeInstances', filtered, 100, 20],
    ['ec2', 'DescribeInstances', { MaxResults: '5' }, 100, 20],
    ['ec2', 'DescribeInstances', {}, 50, 10],
    ['ec2', 'DescribeImages', filtered, 100, 20],
    ['ec2', 'GetConsoleOutput', {}, 100, 20],
    ['ec2', 'TerminateInstances', { InstanceId: { 1: 'i-0123456789abcdef0' } }, 100, 5],
    ['ec2', 'CreateTags', {}, 100, 10],
    ['states', 'StartExecution', {}, 800, 150],
    ['states', 'DescribeExecution', {}, 250, 10],
    ['states', 'ListExecutions', {}, 100, 2],
    ['states', 'GetExecutionHistory', {}, 400, 20],
    ['states', 'StopExecution', {}, 500, 25],
    ['scheduler', 'CreateSchedule', {}, 1_000, 1_000],
    ['scheduler', 'ListSchedules', {}, 50, 50],
    ['ssm', 'GetParameter', {}, 40, 40],
    ['ssm', 'PutParameter', {}, 3, 3],
    ['secretsmanager', 'GetSecretValue', {}, 10_000, 10_000],
    ['kms', 'GenerateDataKey', {}, 20_000, 20_000],
    ['sts', 'GetCallerIdentity', {}, 600, 600],
    ['logs', 'DescribeLogGroups', {}, 10, 10],
    ['apigateway', 'UpdateStage', {}, 40, 10],
    ['dynamodb', 'UpdateItem', {}, 4_000, 4_000],
    ['dynamodb', 'GetItem', {}, 12_000, 12_000],
  ])('%s %s %j: %d at once, and %d a second after them', (service, operation, parameters, size, refill) => {
    const rations = new AccountRations(awsRations);
    const call = { service, operation, parameters };

    expect(goOn(rations, size + 1, call)).toBe(size);
    jest.advanceTimersByTime(1_000);
    expect(goOn(rations, size + 1, call)).toBe(refill);
  });

  test('fills up to its size and no further', () => {
    const rations = new AccountRations(awsRations);
    const call = { service: 'ec2', operation: 'RunInstances', parameters: {} };
    goOn(rations, 5, call);

    jest.advanceTimersByTime(3_600_000);

    expect(goOn(rations, 10, call)).toBe(5);
  });

  test('counts instances as well as requests, and takes of neither when one is used up', () => {
    const rations = new AccountRations(awsRations);
    const many = { service: 'ec2', operation: 'RunInstances', parameters: { MaxCount: '600' } };
    const one = { service: 'ec2', operation: 'RunInstances', parameters: { MaxCount: '1' } };

    expect(goOn(rations, 2, many)).toBe(1);
    expect(goOn(rations, 9, one)).toBe(4);
  });

  test('of one operation, and of one way to call it, leaves the others theirs', () => {
    const rations = new AccountRations(awsRations);
    const describe = { service: 'ec2', operation: 'DescribeInstances' };
    goOn(rations, 100, { ...describe, parameters: {} });

    expect(goOn(rations, 1, { ...describe, parameters: filtered })).toBe(1);
    expect(goOn(rations, 1, { service: 'ec2', operation: 'DescribeImages', parameters: {} })).toBe(1);
  });

  test('weighs what is written and read in a table', () => {
    const rations = new AccountRations(awsRations);
    const parameters = { Item: { note: { S: 'x'.repeat(4_000) } } };

    expect(goOn(rations, 4_000, { service: 'dynamodb', operation: 'PutItem', parameters })).toBe(1_000);
  });

  test('is none where AWS publishes none', () => {
    const call = { service: 'cloudformation', operation: 'DescribeStacks', parameters: {} };

    expect(goOn(new AccountRations(awsRations), 10_000, call)).toBe(10_000);
  });

  test('is reported with what is left and what it refused, once it was used', () => {
    const rations = new AccountRations(awsRations);
    goOn(rations, 7, { service: 'ec2', operation: 'RunInstances', parameters: {} });

    expect(rations.report()).toEqual([
      { service: 'ec2', operation: 'RunInstances', tokens: 0, size: 5, total: 7, refused: 2 },
      {
        service: 'ec2',
        operation: 'instances of RunInstances',
        tokens: 995,
        size: 1_000,
        total: 7,
        refused: 0,
      },
    ]);
  });

  test('says where it is published', () => {
    expect(awsRations.filter(({ page }) => !page.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
  });
});
