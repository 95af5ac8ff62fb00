import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { clientConfiguration } from '../../../../functions/adapters/aws/aws-connection.ts';
import { fakeStepFunctions, provisionStateMachineArn } from '../../../adapters/aws/fake-step-functions.ts';
import { now, type PassingTime, passingTime } from '../../../adapters/passing-time.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const scene = (answer?: Parameters<typeof fakeStepFunctions>[0]) => {
  const { connection, executions } = fakeStepFunctions(answer);
  const client = new SFNClient({ ...clientConfiguration(connection), maxAttempts: 1 });
  const start = (name: string, input = '{}') =>
    client.send(new StartExecutionCommand({ stateMachineArn: provisionStateMachineArn, name, input }));
  return { client, executions, start };
};
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);

describe('StartExecution', () => {
  test.each([
    ['input that is no JSON', 'a', '{', 'InvalidExecutionInput'],
    ['more than 256 KiB', 'a', JSON.stringify('a'.repeat(262_143)), 'ValidationException'],
    ['a name with a blank', 'a b', '{}', 'InvalidName'],
    ['a name of 81 characters', 'a'.repeat(81), '{}', 'InvalidName'],
  ])('refuses %s', async (_, name, input, error) => {
    const { start, executions } = scene();

    await expect(start(name, input)).rejects.toMatchObject({ name: error });
    expect(executions.all).toEqual([]);
  });

  test('refuses a state machine that is not there', async () => {
    const { client } = scene();
    const command = new StartExecutionCommand({
      stateMachineArn: 'arn:aws:states:us-east-2:0:stateMachine:a',
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });

  test('takes a name again after 90 days', async () => {
    const { start } = scene();
    await start('a');
    await time.advance(120);
    await expect(start('a')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    for (let weeks = 0; weeks < 13; weeks += 1) await time.advance(7 * 86_400);

    await expect(start('a')).resolves.toMatchObject({ startDate: expect.any(Date) });
  });
});

describe('an execution', () => {
  const describeIt = async ({ client }: ReturnType<typeof scene>, executionArn = '') =>
    client.send(new DescribeExecutionCommand({ executionArn }));

  test('has times, input and output as AWS tells them', async () => {
    const world = scene(() => ({ ok: true, payload: { b: 2 } }));
    const { executionArn } = await world.start('a', '{"a":1}');
    await time.advance(120);

    await expect(describeIt(world, executionArn)).resolves.toMatchObject({
      status: 'SUCCEEDED',
      startDate: now,
      stopDate: later(60),
      input: '{"a":1}',
      output: '{"a":1,"step":{"b":2}}',
    });
  });

  test('that was stopped has the error and cause of whoever stopped it', async () => {
    const world = scene();
    const { executionArn } = await world.start('a');
    await time.advance(10);
    await world.client.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'by hand' }));

    await expect(describeIt(world, executionArn)).resolves.toMatchObject({
      status: 'ABORTED',
      stopDate: later(10),
      error: 'Stopped',
      cause: 'by hand',
    });
  });

  test('has a history, in either order, with its data or without', async () => {
    const world = scene();
    const { executionArn } = await world.start('a', '{"a":1}');
    await time.advance(120);
    const history = async (options: object) =>
      (await world.client.send(new GetExecutionHistoryCommand({ executionArn, ...options }))).events ?? [];

    expect((await history({})).map(({ id, type }) => [id, type])).toEqual([
      [1, 'ExecutionStarted'],
      [2, 'TaskStateEntered'],
      [3, 'TaskStateExited'],
      [4, 'WaitStateEntered'],
      [5, 'WaitStateExited'],
      [6, 'SucceedStateEntered'],
      [7, 'SucceedStateExited'],
      [8, 'ExecutionSucceeded'],
    ]);
    expect((await history({ reverseOrder: true, maxResults: 1 })).map(({ id }) => id)).toEqual([8]);
    expect((await history({}))[0]?.executionStartedEventDetails?.input).toBe('{"a":1}');
    expect((await history({ includeExecutionData: false }))[1]?.stateEnteredEventDetails).toEqual({
      name: 'Step',
    });
  });
});

describe('ListExecutions of what is not there', () => {
  test.each([
    [
      'an unknown state machine',
      { stateMachineArn: `${provisionStateMachineArn}x` },
      'StateMachineDoesNotExist',
    ],
    [
      'a status that there is none of',
      { stateMachineArn: provisionStateMachineArn, statusFilter: 'DONE' as never },
      'ValidationException',
    ],
  ])('is refused: %s', async (_, input, name) => {
    const { client } = scene();

    await expect(client.send(new ListExecutionsCommand(input))).rejects.toMatchObject({ name });
  });
});

describe('ListExecutions', () => {
  test('gives pages of the status that was asked for, newest first', async () => {
    const { client, start } = scene();
    for (let index = 0; index < 5; index += 1) await start(`a-${index}`);
    const list = (options: object) =>
      client.send(new ListExecutionsCommand({ stateMachineArn: provisionStateMachineArn, ...options }));
    const first = await list({ maxResults: 3, statusFilter: 'RUNNING' });
    const second = await list({ maxResults: 3, statusFilter: 'RUNNING', nextToken: first.nextToken });

    expect([...(first.executions ?? []), ...(second.executions ?? [])].map(({ name }) => name)).toEqual([
      'a-4',
      'a-3',
      'a-2',
      'a-1',
      'a-0',
    ]);
    expect(second.nextToken).toBeUndefined();
    expect((await list({ statusFilter: 'FAILED' })).executions).toEqual([]);
  });
});
