import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  DescribeSpotPriceHistoryCommand,
  EC2Client,
  GetConsoleOutputCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { clientConfiguration } from '../../../../functions/adapters/aws/aws-connection.ts';
import { newestImageIds } from '../../../../local/aws/ec2/catalogue.ts';
import { fakeEc2 } from '../../../adapters/aws/fake-ec2.ts';
import { now, type PassingTime, passingTime } from '../../../adapters/passing-time.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const scene = (options: Parameters<typeof fakeEc2>[0] = {}) => {
  const ec2 = fakeEc2(options);
  const client = new EC2Client({ ...clientConfiguration(ec2.connection), maxAttempts: 1 });
  const describeInstances = (input: DescribeInstancesCommandInput = {}) =>
    client.send(new DescribeInstancesCommand(input));
  const run = (change: Partial<RunInstancesCommandInput> = {}) =>
    client.send(
      new RunInstancesCommand({
        MinCount: 1,
        MaxCount: 1,
        ImageId: newestImageIds.x86_64,
        InstanceType: 'c5.9xlarge',
        NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-a', Groups: ['sg-runners'] }],
        ...change,
      }),
    );
  return { ...ec2, client, describeInstances, run };
};

describe('RunInstances', () => {
  const tagged = (ResourceType: string, Tags: { Key: string; Value: string }[] = []) => ({
    TagSpecifications: [{ ResourceType, Tags }],
  });
  const long = (length: number): string => 'a'.repeat(length);

  test('answers with a pending instance', async () => {
    const { run } = scene();
    await expect(run()).resolves.toMatchObject({
      Instances: [{ State: { Code: 0, Name: 'pending' }, LaunchTime: now, InstanceType: 'c5.9xlarge' }],
    });
  });

  test.each([
    ['an image that is not there', { ImageId: 'ami-00000000000000000' }, 'InvalidAMIID.NotFound'],
    ['an image of another architecture', { ImageId: newestImageIds.arm64 }, 'InvalidParameterValue'],
    [
      'a subnet that is not there',
      { NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-z' }] },
      'InvalidSubnetID.NotFound',
    ],
    [
      'a group that is not there',
      { NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-a', Groups: ['sg-z'] }] },
      'InvalidGroup.NotFound',
    ],
    ['a token of 65 characters', { ClientToken: long(65) }, 'InvalidParameterValue'],
    ['user data that is not encoded', { UserData: '#!/bin/bash' }, 'InvalidUserData.Malformed'],
    [
      'more than 16 KB of user data',
      { UserData: Buffer.alloc(16_385).toString('base64') },
      'InvalidParameterValue',
    ],
    ['a tag for a spot request that is none', tagged('spot-instances-request'), 'InvalidParameterValue'],
    ['a tag for what it does not make', tagged('vpc'), 'InvalidParameterValue'],
    [
      'a tag whose key is reserved',
      tagged('instance', [{ Key: 'aws:a', Value: '' }]),
      'InvalidParameterValue',
    ],
    [
      'a tag whose key is too long',
      tagged('instance', [{ Key: long(129), Value: '' }]),
      'InvalidParameterValue',
    ],
    [
      'a tag whose value is too long',
      tagged('instance', [{ Key: 'a', Value: long(257) }]),
      'InvalidParameterValue',
    ],
    [
      'more than 50 tags',
      tagged(
        'instance',
        Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
      ),
      'TagLimitExceeded',
    ],
  ])('refuses %s', async (_, change, name) => {
    const { run, fleet } = scene();

    await expect(run(change as Partial<RunInstancesCommandInput>)).rejects.toMatchObject({ name });
    expect(fleet.all).toEqual([]);
  });

  test('takes exactly 16 KB of user data', async () => {
    const { run } = scene();
    await expect(run({ UserData: Buffer.alloc(16_384).toString('base64') })).resolves.toBeDefined();
  });

  test('does not take the token of a request that it refuses', async () => {
    const { run } = scene();
    await run({ ClientToken: 'a', ImageId: 'ami-00000000000000000' }).catch(() => undefined);

    await expect(run({ ClientToken: 'a' })).resolves.toMatchObject({ Instances: [{}] });
  });
});

describe('the states of an instance', () => {
  const stateNow = async ({ describeInstances }: ReturnType<typeof scene>) =>
    (await describeInstances()).Reservations?.flatMap(({ Instances = [] }) =>
      Instances.map(({ State }) => State?.Name),
    );

  test('follow each other, in descriptions some seconds late, until EC2 forgets it an hour after', async () => {
    const ec2 = scene({ pendingSeconds: 5, endingSeconds: 30, lagSeconds: () => 2 });
    const { Instances = [] } = await ec2.run();
    const ids = Instances.map(({ InstanceId = '' }) => InstanceId);
    const seen: unknown[] = [];
    const look = async (seconds: number) => {
      await time.advance(seconds);
      seen.push(await stateNow(ec2));
    };
    await look(0);
    await look(3);
    await look(5);
    const { TerminatingInstances } = await ec2.client.send(
      new TerminateInstancesCommand({ InstanceIds: ids }),
    );
    await look(0);
    await look(3);
    await look(30);
    await look(3_000);
    await look(600);

    expect(TerminatingInstances).toMatchObject([
      { PreviousState: { Name: 'running' }, CurrentState: { Name: 'shutting-down' } },
    ]);
    expect(seen).toEqual([
      [],
      ['pending'],
      ['running'],
      ['running'],
      ['shutting-down'],
      ['terminated'],
      ['terminated'],
      [],
    ]);
  });
});

describe('DescribeInstances', () => {
  test.each([
    [
      'a page size and ids together',
      { MaxResults: 5, InstanceIds: ['i-00000000000000001'] },
      'InvalidParameterCombination',
    ],
    ['a page of four', { MaxResults: 4 }, 'InvalidParameterValue'],
    ['a page of 1,001', { MaxResults: 1_001 }, 'InvalidParameterValue'],
    ['a token that is none', { NextToken: 'two' }, 'InvalidNextToken'],
    ['an id that is none', { InstanceIds: ['whatever'] }, 'InvalidInstanceID.Malformed'],
    ['an id that is not there', { InstanceIds: ['i-0123456789abcdef0'] }, 'InvalidInstanceID.NotFound'],
    [
      'a filter that is not simulated',
      { Filters: [{ Name: 'vpc-id', Values: ['a'] }] },
      'InvalidParameterValue',
    ],
    [
      'a filter that there is none of',
      { Filters: [{ Name: 'tagg:a', Values: ['b'] }] },
      'InvalidParameterValue',
    ],
    [
      'a state that there is none of',
      { Filters: [{ Name: 'instance-state-name', Values: ['runing'] }] },
      'InvalidParameterValue',
    ],
    [
      'a wrong filter after one that nothing passes',
      {
        Filters: [
          { Name: 'tag:a', Values: ['b'] },
          { Name: 'stat', Values: ['a'] },
        ],
      },
      'InvalidParameterValue',
    ],
  ])('refuses %s', async (_, input, name) => {
    const { run, describeInstances } = scene();
    await run();
    await time.advance(10);

    await expect(describeInstances(input)).rejects.toMatchObject({ name });
  });

  test('refuses a filter that there is none of, also when there is no instance', async () => {
    const wrong = scene().describeInstances({ Filters: [{ Name: 'tagg:a', Values: ['b'] }] });

    await expect(wrong).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('gives pages by an opaque token', async () => {
    const { run, describeInstances } = scene();
    for (let index = 0; index < 12; index += 1) await run();
    await time.advance(10);
    const sizes: number[] = [];
    let token: string | undefined;
    do {
      const page = await describeInstances({
        MaxResults: 5,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      sizes.push(page.Reservations?.length ?? 0);
      token = page.NextToken;
    } while (token !== undefined);

    expect(sizes).toEqual([5, 5, 2]);
  });

  test('filters by tags and states, with wildcards', async () => {
    const { run, describeInstances } = scene();
    for (const Value of ['life-1', 'life-2', 'other'])
      await run({ TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'life', Value }] }] });
    await time.advance(10);
    const count = async (Name: string, ...Values: string[]) =>
      (await describeInstances({ Filters: [{ Name, Values }] })).Reservations?.length ?? 0;

    await run();
    await time.advance(10);

    expect(await count('tag:life', 'life-1')).toBe(1);
    expect(await count('tag:life', 'life-?', 'nothing')).toBe(2);
    expect(await count('tag:life', '*')).toBe(3);
    expect(await count('instance-state-name', 'terminated', 'pending')).toBe(0);
    expect(await count('instance-state-name', 'running')).toBe(4);
  });
});

describe('the other reads', () => {
  test('DescribeSpotPriceHistory gives one present price for each type and zone, and an empty token', async () => {
    const { client } = scene();
    const command = new DescribeSpotPriceHistoryCommand({
      InstanceTypes: ['c5.9xlarge'],
      ProductDescriptions: ['Linux/UNIX'],
      StartTime: now,
    });

    await expect(client.send(command)).resolves.toMatchObject({
      SpotPriceHistory: [
        { AvailabilityZone: 'us-east-2a', SpotPrice: expect.stringMatching(/^0\.\d{6}$/), Timestamp: now },
        { AvailabilityZone: 'us-east-2b' },
      ],
      NextToken: '',
    });
  });

  test('DescribeSpotPriceHistory does not pretend to know the past', async () => {
    const { client } = scene();
    const command = new DescribeSpotPriceHistoryCommand({ InstanceTypes: ['c5.9xlarge'] });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('DescribeImages gives a name, a date and a state, and refuses a page of none', async () => {
    const { client } = scene();
    const { Images = [] } = await client.send(new DescribeImagesCommand({ Owners: ['099720109477'] }));

    expect(Images).toContainEqual(
      expect.objectContaining({
        ImageId: newestImageIds.arm64,
        OwnerId: '099720109477',
        Architecture: 'arm64',
        State: 'available',
        CreationDate: '2026-02-12T06:12:00.000Z',
      }),
    );
    await expect(
      client.send(new DescribeImagesCommand({ Owners: ['099720109477'], MaxResults: 0 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('GetConsoleOutput gives the newest 64 KB, in base64', async () => {
    const { client, run, fleet } = scene();
    await run();
    const [instance] = fleet.all;
    if (instance !== undefined) instance.console = `${'a'.repeat(70_000)}the end`;
    const { Output = '' } = await client.send(
      new GetConsoleOutputCommand({ InstanceId: instance?.id, Latest: true }),
    );
    const text = Buffer.from(Output, 'base64').toString('utf8');

    expect(text).toHaveLength(65_536);
    expect(text.endsWith('the end')).toBe(true);
  });
});
