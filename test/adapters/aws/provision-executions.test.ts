import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  provisionReader,
  provisionStarter,
  provisionStopper,
} from '../../../functions/adapters/aws/provision-executions.ts';
import { AwsRefused, AwsUnavailable } from '../../../functions/domain/errors.ts';
import type { ProvisionInput } from '../../../functions/domain/life/provision-input.ts';
import { now, type PassingTime, passingTime } from '../passing-time.ts';
import { deadline, life } from './fake-ec2.ts';
import { fakeStepFunctions, provisionStateMachineArn } from './fake-step-functions.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const input: ProvisionInput = {
  life,
  label: 'rr_runner_1f',
  architecture: 'x86_64',
  requestedAt: now.toISOString(),
  deadline: deadline.toISOString(),
  requestedBy: 'anonymous',
};

const provisions = (answer?: Parameters<typeof fakeStepFunctions>[0]) => {
  const scene = fakeStepFunctions(answer);
  const { connection } = scene;
  return {
    ...scene,
    starter: provisionStarter(connection, provisionStateMachineArn),
    reader: provisionReader(connection, provisionStateMachineArn),
    stopper: provisionStopper(connection, provisionStateMachineArn),
  };
};

describe('starting a provision', () => {
  test('starts it under the name of the life, with its input', async () => {
    const { starter, executions } = provisions();

    await expect(starter.start(input)).resolves.toBe('started');
    expect(executions.all).toMatchObject([{ name: life, input: JSON.stringify(input), status: 'RUNNING' }]);
  });

  test('again with the same input while it runs is the same start', async () => {
    const { starter, executions } = provisions();
    await starter.start(input);

    await expect(starter.start(input)).resolves.toBe('started');
    expect(executions.all).toHaveLength(1);
  });

  test('finds the name taken by another input, and by a life that is over', async () => {
    const { starter } = provisions();
    await starter.start(input);
    await expect(starter.start({ ...input, requestedBy: 'somebody' })).resolves.toBe('taken');
    await time.advance(120);

    await expect(starter.start(input)).resolves.toBe('taken');
  });

  test('whose answer is lost has started, once', async () => {
    const { starter, executions, faults } = provisions();
    faults.add({ service: 'states', operation: 'StartExecution', error: 'AnswerLost', times: 1 });

    await expect(time.until(starter.start(input))).resolves.toBe('started');
    expect(executions.all).toHaveLength(1);
  });

  test.each([
    ['ThrottlingException', AwsUnavailable],
    ['ServiceUnavailable', AwsUnavailable],
    ['500', AwsUnavailable],
    ['StateMachineDoesNotExist', AwsRefused],
    ['AccessDeniedException', AwsRefused],
  ])('that Step Functions answers with %s is an error', async (error, expected) => {
    const { starter, faults } = provisions();
    faults.add({ service: 'states', operation: 'StartExecution', error, times: 9 });

    await expect(time.until(starter.start(input))).rejects.toThrow(expected);
  });

  test('with a name that Step Functions does not take is refused', async () => {
    const { starter } = provisions();
    await expect(starter.start({ ...input, life: 'a b' })).rejects.toThrow(/InvalidName/);
  });
});

describe('reading a provision', () => {
  test('that never was gives nothing', async () => {
    await expect(provisions().reader.provision(life)).resolves.toBeUndefined();
  });

  test('that runs gives when it started and with what', async () => {
    const { starter, reader } = provisions();
    await starter.start(input);

    await expect(reader.provision(life)).resolves.toEqual({
      name: life,
      status: 'RUNNING',
      startedAt: now,
      input,
    });
  });

  test('that succeeded gives when it ended and with what', async () => {
    const { starter, reader } = provisions(() => ({ ok: true, payload: { id: 'i-1' } }));
    await starter.start(input);
    await time.advance(120);

    await expect(reader.provision(life)).resolves.toMatchObject({
      status: 'SUCCEEDED',
      stoppedAt: new Date(now.getTime() + 60_000),
      output: { ...input, step: { id: 'i-1' } },
    });
  });

  test('that failed gives the name of the error, and its cause as text', async () => {
    const failure = {
      ok: false,
      errorType: 'QuotaExceeded',
      errorMessage: 'ask for more',
      trace: [],
    } as const;
    const { starter, reader } = provisions(() => failure);
    await starter.start(input);
    await time.advance(1);

    const { status, error, cause } = (await reader.provision(life)) ?? {};
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'QuotaExceeded' });
    expect(JSON.parse(cause ?? '')).toMatchObject({ errorMessage: 'ask for more' });
  });

  test('that an operator started with some other input gives what there is', async () => {
    const { executions, reader } = provisions();
    executions.start(provisionStateMachineArn, life, '"whatever"');

    await expect(reader.provision(life)).resolves.toMatchObject({ name: life, input: 'whatever' });
  });
});

describe('stopping a provision', () => {
  test('ends it at once, with the cause', async () => {
    const { starter, stopper, reader } = provisions();
    await starter.start(input);
    await stopper.stop(life, 'The deadline has come.');

    await expect(reader.provision(life)).resolves.toMatchObject({
      status: 'ABORTED',
      error: 'Destroyed',
      cause: 'The deadline has come.',
    });
  });

  test('that never was, or that has ended, is nothing', async () => {
    const { starter, stopper, reader } = provisions();
    await expect(stopper.stop(life, 'why')).resolves.toBeUndefined();
    await starter.start(input);
    await time.advance(120);
    await stopper.stop(life, 'why');

    await expect(reader.provision(life)).resolves.toMatchObject({ status: 'SUCCEEDED' });
  });
});
