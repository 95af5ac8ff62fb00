import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ec2Terminator } from '../../../functions/adapters/aws/ec2-terminator.ts';
import { AwsRefused, AwsUnavailable } from '../../../functions/domain/errors.ts';
import { type PassingTime, passingTime } from '../passing-time.ts';
import { fakeEc2 } from './fake-ec2.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const unknown = 'i-0123456789abcdef0';

describe('terminating instances', () => {
  test('ends them, also in the second of their launch', async () => {
    const { connection, fleet, launch } = fakeEc2();
    await ec2Terminator(connection).terminate(await launch({}, {}));

    expect(fleet.all.map(({ state }) => state)).toEqual(['shutting-down', 'shutting-down']);
    expect(fleet.all[0]?.stateReason).toBe('Client.UserInitiatedShutdown');
  });

  test('ends the others when EC2 does not know one of them', async () => {
    const { connection, fleet, launch } = fakeEc2();
    const [first = '', second = ''] = await launch({}, {});
    await ec2Terminator(connection).terminate([first, unknown, second]);

    expect(fleet.all.map(({ state }) => state)).toEqual(['shutting-down', 'shutting-down']);
  });

  test('ends the others when EC2 has forgotten the tags of one, and so refuses it', async () => {
    const { connection, faults, fleet, launch } = fakeEc2();
    const [first = '', second = ''] = await launch({}, {});
    faults.add({ service: 'ec2', operation: 'TerminateInstances', error: 'UnauthorizedOperation', times: 1 });
    await ec2Terminator(connection).terminate([first, second]);

    expect(fleet.all.map(({ state }) => state)).toEqual(['shutting-down', 'shutting-down']);
  });

  test('that are gone already, or twice, is nothing', async () => {
    const { connection, launch } = fakeEc2();
    const terminator = ec2Terminator(connection);
    const ids = await launch({});
    await terminator.terminate(ids);
    await time.advance(60);

    await expect(terminator.terminate(ids)).resolves.toBeUndefined();
    await expect(terminator.terminate([unknown])).resolves.toBeUndefined();
  });

  test('whose answer is lost has happened, and the repeat does no harm', async () => {
    const { connection, fleet, faults, launch } = fakeEc2();
    const ids = await launch({});
    faults.add({ service: 'ec2', operation: 'TerminateInstances', error: 'AnswerLost', times: 1 });
    await time.until(ec2Terminator(connection).terminate(ids));

    expect(fleet.all.map(({ state }) => state)).toEqual(['shutting-down']);
  });

  test.each([
    ['RequestLimitExceeded', AwsUnavailable],
    ['503', AwsUnavailable],
    ['UnauthorizedOperation', AwsRefused],
  ])('that EC2 answers with %s is an error', async (error, expected) => {
    const { connection, faults, launch } = fakeEc2();
    const ids = await launch({});
    faults.add({ service: 'ec2', operation: 'TerminateInstances', error, times: 9 });

    await expect(time.until(ec2Terminator(connection).terminate(ids))).rejects.toThrow(expected);
  });

  test('is an error when EC2 fails for one of several that it looks at alone', async () => {
    const { connection, faults, launch } = fakeEc2();
    const [first = ''] = await launch({});
    faults.add({
      service: 'ec2',
      operation: 'TerminateInstances',
      error: 'InvalidInstanceID.NotFound',
      times: 1,
    });
    faults.add({ service: 'ec2', operation: 'TerminateInstances', error: 'UnauthorizedOperation', times: 1 });

    await expect(ec2Terminator(connection).terminate([first, unknown])).rejects.toThrow(AwsRefused);
  });
});
