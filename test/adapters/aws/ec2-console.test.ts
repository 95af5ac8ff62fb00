import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ec2ConsoleReader } from '../../../functions/adapters/aws/ec2-console.ts';
import { AwsRefused, AwsUnavailable } from '../../../functions/domain/errors.ts';
import type { CapacityPool } from '../../../functions/domain/ports.ts';
import { type PassingTime, passingTime } from '../passing-time.ts';
import { fakeEc2, launchRequest } from './fake-ec2.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const machine = async (change: Partial<CapacityPool> = {}) => {
  const ec2 = fakeEc2();
  const [id = ''] = await ec2.launch({ pool: { ...launchRequest.pool, ...change } });
  await time.advance(10);
  const write = (text: string) => {
    const instance = ec2.fleet.find(id);
    if (instance !== undefined) instance.console += text;
  };
  return { ...ec2, id, write, read: () => ec2ConsoleReader(ec2.connection).consoleOutput(id) };
};

describe("a machine's console", () => {
  test('is what stands there now, not what EC2 posted at the boot', async () => {
    const { read, write } = await machine();
    write('stint: the checksum of größe does not match\n');

    await expect(read()).resolves.toBe('stint: the checksum of größe does not match\n');
  });

  test('is what EC2 posted, on a type that cannot tell what stands there now', async () => {
    const { read, write, fleet } = await machine({ instanceType: 'c4.8xlarge' });
    write('stint: powering off\n');
    for (const instance of fleet.all) fleet.end(instance, 'Client.InstanceInitiatedShutdown');

    await expect(read()).resolves.toBe('stint: powering off\n');
  });

  test('is nothing when EC2 has none', async () => {
    const { read } = await machine();
    await expect(read()).resolves.toBeUndefined();
  });

  test('of an instance that EC2 does not know is refused', async () => {
    const { connection } = await machine();
    await expect(ec2ConsoleReader(connection).consoleOutput('i-0123456789abcdef0')).rejects.toThrow(
      AwsRefused,
    );
  });

  test('that EC2 cannot give now is unavailable', async () => {
    const { read, faults } = await machine();
    faults.add({ service: 'ec2', operation: 'GetConsoleOutput', error: 'RequestLimitExceeded', times: 9 });
    await expect(time.until(read())).rejects.toThrow(AwsUnavailable);
  });
});
