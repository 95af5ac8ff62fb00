import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ec2Launcher } from '../../../functions/adapters/aws/ec2-launcher.ts';
import { AwsRefused, AwsUnavailable, QuotaExceeded } from '../../../functions/domain/errors.ts';
import { type PassingTime, passingTime } from '../passing-time.ts';
import { fakeEc2, launchRequest } from './fake-ec2.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const onDemand = { ...launchRequest, market: 'on-demand' } as const;

describe('what EC2 is asked for', () => {
  test('is one instance that cannot reach a credential, ends by its own shutdown and keeps nothing', async () => {
    const { launcher, asked } = fakeEc2();
    await launcher.launch(launchRequest);

    const [request] = asked('RunInstances');
    expect(request).toMatchObject({
      MinCount: '1',
      MaxCount: '1',
      ClientToken: 'token-1',
      ImageId: launchRequest.imageId,
      InstanceType: 'c5.9xlarge',
      InstanceInitiatedShutdownBehavior: 'terminate',
      MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: '1' },
      BlockDeviceMapping: {
        1: {
          DeviceName: '/dev/sda1',
          Ebs: { VolumeSize: '64', VolumeType: 'gp3', Encrypted: 'true', DeleteOnTermination: 'true' },
        },
      },
      NetworkInterface: {
        1: {
          DeviceIndex: '0',
          SubnetId: 'subnet-a',
          SecurityGroupId: { 1: 'sg-runners' },
          AssociatePublicIpAddress: 'true',
          DeleteOnTermination: 'true',
        },
      },
    });
    expect(request).not.toHaveProperty('IamInstanceProfile');
    expect(request).not.toHaveProperty('KeyName');
  });

  test('asks for no public address in a network that is to give none', async () => {
    const { connection, asked } = fakeEc2();
    const settings = { securityGroupId: 'sg-runners', publicAddresses: false };
    await ec2Launcher(connection, settings).launch(launchRequest);

    expect(asked('RunInstances')[0]?.['NetworkInterface']).toMatchObject({
      1: { AssociatePublicIpAddress: 'false' },
    });
  });

  test('asks for nested virtualization where it is wanted, and says nothing of processors elsewhere', async () => {
    const { launcher, asked } = fakeEc2();
    const nesting = {
      pool: { ...launchRequest.pool, instanceType: 'm8i.4xlarge' },
      nestedVirtualization: true,
    };
    await launcher.launch({ ...launchRequest, ...nesting });
    expect(asked('RunInstances')[0]?.['CpuOptions']).toEqual({ NestedVirtualization: 'enabled' });
    await launcher.launch({ ...launchRequest, clientToken: 'other' });
    expect(asked('RunInstances')[1]).not.toHaveProperty('CpuOptions');
  });

  test.each(['c5.9xlarge', 'm8i.metal-48xl', 'm7i.4xlarge'])(
    'of %s with nested virtualization is refused by EC2',
    async (instanceType) => {
      const { launcher } = fakeEc2();
      const pool = { ...launchRequest.pool, instanceType };
      await expect(launcher.launch({ ...launchRequest, pool, nestedVirtualization: true })).rejects.toThrow(
        /UnsupportedOperation/,
      );
    },
  );

  test('carries the user data to the byte', async () => {
    const { launcher, fleet } = fakeEc2();
    await launcher.launch(launchRequest);

    expect(fleet.all[0]?.userData).toBe(launchRequest.userData);
  });

  test('on the spot market is a one-time request whose interruption terminates', async () => {
    const { launcher, asked, fleet } = fakeEc2();
    await launcher.launch(launchRequest);

    expect(asked('RunInstances')[0]?.['InstanceMarketOptions']).toEqual({
      MarketType: 'spot',
      SpotOptions: { SpotInstanceType: 'one-time', InstanceInterruptionBehavior: 'terminate' },
    });
    expect(fleet.all[0]?.market).toBe('spot');
  });

  test('on demand names no market at all', async () => {
    const { launcher, asked, fleet } = fakeEc2();
    await launcher.launch(onDemand);

    expect(asked('RunInstances')[0]).not.toHaveProperty('InstanceMarketOptions');
    expect(fleet.all[0]?.market).toBe('on-demand');
  });

  test.each([
    ['spot', launchRequest, ['instance', 'network-interface', 'spot-instances-request', 'volume']],
    ['on demand', onDemand, ['instance', 'network-interface', 'volume']],
  ])('%s is tagged with everything that is made with it', async (_, request, resources) => {
    const { launcher, asked } = fakeEc2();
    await launcher.launch(request);

    const specifications = Object.values(asked('RunInstances')[0]?.['TagSpecification'] ?? {}) as {
      ResourceType: string;
      Tag: Record<string, { Key: string; Value: string }>;
    }[];
    expect(specifications.map(({ ResourceType }) => ResourceType).toSorted()).toEqual(resources);
    for (const { Tag } of specifications)
      expect(Object.fromEntries(Object.values(Tag).map(({ Key, Value }) => [Key, Value]))).toEqual(
        request.tags,
      );
  });
});

describe('a launch that is asked for again', () => {
  test('is the same instance', async () => {
    const { launcher, fleet } = fakeEc2();
    const first = await launcher.launch(launchRequest);

    await expect(launcher.launch(launchRequest)).resolves.toEqual(first);
    expect(fleet.all).toHaveLength(1);
  });

  test('after a lost answer is found by the repeat of the step, and not asked again before', async () => {
    const { launcher, fleet, faults, times } = fakeEc2();
    faults.add({ service: 'ec2', operation: 'RunInstances', error: 'AnswerLost', times: 1 });

    await expect(time.until(launcher.launch(launchRequest))).rejects.toThrow(AwsUnavailable);
    expect(times('RunInstances')).toBe(1);
    await expect(time.until(launcher.launch(launchRequest))).resolves.toEqual({
      kind: 'launched',
      instanceId: fleet.all[0]?.id,
    });
    expect(fleet.all).toHaveLength(1);
  });

  test('with other parameters is refused for good', async () => {
    const { launcher } = fakeEc2();
    await launcher.launch(launchRequest);
    const other = launcher.launch({ ...launchRequest, userData: 'other' });

    await expect(other).rejects.toThrow(AwsRefused);
    await expect(other).rejects.toThrow(/IdempotentParameterMismatch/);
  });

  test('after its instance has ended is that launch still: what became of its runner is for others to say', async () => {
    const { launcher, fleet } = fakeEc2();
    await launcher.launch(launchRequest);
    await time.until(new Promise((resolve) => setTimeout(resolve, 10_000)));
    for (const instance of fleet.all) fleet.end(instance, 'Server.SpotInstanceTermination');

    await expect(launcher.launch(launchRequest)).resolves.toEqual({
      kind: 'launched',
      instanceId: fleet.all[0]?.id,
    });
    expect(fleet.all).toHaveLength(1);
  });

  test('after its instance has ended is tried again while EC2 does not show it yet', async () => {
    const { launcher, fleet } = fakeEc2();
    await launcher.launch(launchRequest);
    for (const instance of fleet.all) fleet.end(instance, 'Server.SpotInstanceTermination');

    await expect(launcher.launch(launchRequest)).rejects.toThrow(AwsUnavailable);
  });
});

describe('what EC2 refuses', () => {
  const answerTo = async (error: string, request = launchRequest) => {
    const { launcher, faults, times } = fakeEc2();
    faults.add({ service: 'ec2', operation: 'RunInstances', error, times: 9 });
    const launched = time.until(launcher.launch(request));
    await launched.catch(() => undefined);
    return { launched, tries: times('RunInstances') };
  };

  test.each([
    'InsufficientInstanceCapacity',
    'InsufficientReservedInstanceCapacity',
    'InsufficientHostCapacity',
    'InsufficientCapacityOnHost',
    'InsufficientCapacity',
    'InsufficientVolumeCapacity',
    'InsufficientAddressCapacity',
    'VolumeTypeNotAvailableInZone',
    'UnfulfillableCapacity',
    'Unsupported',
    'InsufficientFreeAddressesInSubnet',
  ])('with %s leads to the next pool', async (error) => {
    const { launched } = await answerTo(error);
    await expect(launched).resolves.toEqual({ kind: 'no-capacity', code: error });
  });

  test.each([
    'MaxSpotInstanceCountExceeded',
    'SpotMaxPriceTooLow',
    'VcpuLimitExceeded',
    'InstanceLimitExceeded',
  ])('of spot with %s leads straight to on-demand', async (error) => {
    const { launched } = await answerTo(error);
    await expect(launched).resolves.toEqual({ kind: 'no-spot', code: error });
  });

  test.each(['VcpuLimitExceeded', 'InstanceLimitExceeded', 'VolumeLimitExceeded', 'MaxIOPSLimitExceeded'])(
    'on demand with %s is a quota, and the text says what to ask for',
    async (error) => {
      const { launched } = await answerTo(error, onDemand);
      await expect(launched).rejects.toThrow(QuotaExceeded);
      await expect(launched).rejects.toThrow(new RegExp(`${error}.*Service Quotas`));
    },
  );

  test.each(['RequestLimitExceeded', 'Throttling', 'ThrottlingException', 'EC2ThrottledException', '429'])(
    'with %s it has not looked at, which is for another turn',
    async (error) => {
      const { launched } = await answerTo(error);
      expect(await launched).toMatchObject({ kind: 'throttled' });
    },
  );

  test.each([
    'InternalError',
    'InternalFailure',
    'ServiceUnavailable',
    'Unavailable',
    '503',
    '500',
    'ConnectionLost',
  ])('with %s is asked for again later', async (error) => {
    const { launched } = await answerTo(error);
    await expect(launched).rejects.toThrow(AwsUnavailable);
    await expect(launched).rejects.toThrow(/^RunInstances: /);
  });

  test.each([
    'UnauthorizedOperation',
    'InvalidParameterValue',
    'InvalidParameterCombination',
    'InvalidAMIID.NotFound',
    'InvalidAMIID.Unavailable',
    'InvalidSubnetID.NotFound',
    'AuthFailure',
    'OptInRequired',
    '403',
  ])('with %s is refused for good, and asked for once', async (error) => {
    const { launched, tries } = await answerTo(error);
    await expect(launched).rejects.toThrow(AwsRefused);
    expect(tries).toBe(1);
  });

  test('for want of a permission is refused with the code in the text', async () => {
    const { launched } = await answerTo('UnauthorizedOperation');
    await expect(launched).rejects.toThrow(/RunInstances: UnauthorizedOperation/);
  });

  test.each(['RequestLimitExceeded', 'InsufficientInstanceCapacity', '503'])(
    'with %s is not asked again by the SDK, for a turn is one call',
    async (error) => {
      const { tries } = await answerTo(error);
      expect(tries).toBe(1);
    },
  );
});

describe('the quotas', () => {
  const vcpuQuotas = { spot: 36, 'on-demand': 72 };

  test('of the two markets are counted apart, in vCPUs', async () => {
    const { launch, launcher } = fakeEc2({ vcpuQuotas });
    await launch({}, { market: 'on-demand' }, { market: 'on-demand' });

    await expect(launcher.launch({ ...launchRequest, clientToken: 'over' })).resolves.toEqual({
      kind: 'no-spot',
      code: 'MaxSpotInstanceCountExceeded',
    });
    await expect(launcher.launch({ ...onDemand, clientToken: 'over' })).rejects.toThrow(QuotaExceeded);
  });

  test('are free again when an instance has ended', async () => {
    const { launch, fleet } = fakeEc2({ vcpuQuotas });
    await launch({});
    for (const instance of fleet.all) fleet.end(instance, 'Client.UserInitiatedShutdown');

    await expect(launch({})).resolves.toHaveLength(1);
  });
});
