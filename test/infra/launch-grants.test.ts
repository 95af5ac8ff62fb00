import { describe, expect, test } from '@jest/globals';
import { synthesizedStack } from '../synthesized-stack.ts';
import { allows } from './iam.ts';

const stack = synthesizedStack();
const account = 'arn:aws:ec2:us-east-2:000000000000';
const tag = { 'aws:RequestTag/stint:deployment': 'local000' };
const told = {
  ...tag,
  'aws:RequestTag/stint:life': 'rr_runner_1001_1_x86_64-1',
  'aws:RequestTag/stint:deadline': '2026-03-01T11:00:00.000Z',
};
const subnet = `${account}:subnet/${stack.subnets[0]?.subnetId}`;
const securityGroup = `${account}:security-group/${stack.securityGroupIds[0]}`;

type Context = Readonly<Record<string, string | string[]>>;

/** The keys that EC2 gives to IAM for our own launch, for each resource that takes part in it. */
const launch = (market: 'spot' | 'on-demand'): Readonly<Record<string, Context>> => ({
  [`${account}:instance/*`]: {
    ...told,
    'ec2:InstanceType': 'c6g.8xlarge',
    'ec2:InstanceMarketType': market,
    'ec2:MetadataHttpTokens': 'required',
    'ec2:MetadataHttpPutResponseHopLimit': '1',
  },
  'arn:aws:ec2:us-east-2::image/ami-0123456789abcdef0': { 'ec2:Owner': 'amazon' },
  [subnet]: {},
  [securityGroup]: {},
  [`${account}:volume/*`]: { ...tag, 'ec2:Encrypted': 'true', 'ec2:VolumeSize': '30' },
  [`${account}:network-interface/*`]: tag,
  ...(market === 'spot' ? { [`${account}:spot-instances-request/*`]: tag } : {}),
});

const functions = { spot: 'request-spot-instance', 'on-demand': 'request-on-demand-instance' } as const;
const markets = ['spot', 'on-demand'] as const;

const mayLaunch = (market: 'spot' | 'on-demand', resource: string, context: Context): Promise<boolean> =>
  allows(stack, functions[market], { action: 'ec2:RunInstances', resource, context });

const without = (context: Context, key: string): Context =>
  Object.fromEntries(Object.entries(context).filter(([name]) => name !== key));

describe.each(markets)('the function that launches %s', (market) => {
  const own = launch(market);
  const instance = `${account}:instance/*`;
  const volume = `${account}:volume/*`;

  test.each(Object.entries(own))('may use %s for our own launch', async (resource, context) => {
    expect(await mayLaunch(market, resource, context)).toBe(true);
  });

  test('may launch an image of Canonical’s whether or not EC2 has an alias for its owner', async () => {
    const image = 'arn:aws:ec2:us-east-2::image/ami-0123456789abcdef0';
    expect(await mayLaunch(market, image, { 'ec2:Owner': '099720109477' })).toBe(true);
  });

  test.each<[string, string, Context]>([
    ['an instance of another type', instance, { ...own[instance], 'ec2:InstanceType': 'p5.48xlarge' }],
    [
      'an instance without our tag',
      instance,
      without(own[instance] ?? {}, 'aws:RequestTag/stint:deployment'),
    ],
    [
      'an instance with another deployment’s tag',
      instance,
      { ...own[instance], 'aws:RequestTag/stint:deployment': 'deadbeef' },
    ],
    ['an instance that names no life', instance, without(own[instance] ?? {}, 'aws:RequestTag/stint:life')],
    [
      'an instance whose life is none',
      instance,
      { ...own[instance], 'aws:RequestTag/stint:life': 'rr_runner_1001_1' },
    ],
    [
      'an instance that does not say when it ends',
      instance,
      without(own[instance] ?? {}, 'aws:RequestTag/stint:deadline'),
    ],
    [
      'an instance whose end is no time',
      instance,
      { ...own[instance], 'aws:RequestTag/stint:deadline': 'never' },
    ],
    ['an instance with IMDSv1', instance, { ...own[instance], 'ec2:MetadataHttpTokens': 'optional' }],
    [
      'an instance whose containers reach IMDS',
      instance,
      { ...own[instance], 'ec2:MetadataHttpPutResponseHopLimit': '2' },
    ],
    [
      'an instance with a profile',
      instance,
      { ...own[instance], 'ec2:InstanceProfile': 'arn:aws:iam::000000000000:instance-profile/admin' },
    ],
    [
      'an instance of the other market',
      instance,
      { ...own[instance], 'ec2:InstanceMarketType': market === 'spot' ? 'on-demand' : 'spot' },
    ],
    [
      'an image of another owner',
      'arn:aws:ec2:us-east-2::image/ami-0123456789abcdef1',
      { 'ec2:Owner': '123456789012' },
    ],
    [
      'an image from the Marketplace',
      'arn:aws:ec2:us-east-2::image/ami-1',
      { 'ec2:Owner': 'aws-marketplace' },
    ],
    ['a volume that is not encrypted', volume, { ...own[volume], 'ec2:Encrypted': 'false' }],
    ['a larger volume', volume, { ...own[volume], 'ec2:VolumeSize': '31' }],
    ['a volume without our tag', volume, without(own[volume] ?? {}, 'aws:RequestTag/stint:deployment')],
    ['a network interface without our tag', `${account}:network-interface/*`, {}],
    ['another subnet', `${account}:subnet/subnet-00000000000000000`, {}],
    ['another security group', `${account}:security-group/sg-00000000000000000`, {}],
    ['a key pair', `${account}:key-pair/rr-testing`, {}],
    ['a launch template', `${account}:launch-template/lt-0123456789abcdef0`, {}],
  ])('may not use %s', async (_, resource, context) => {
    expect(await mayLaunch(market, resource, context)).toBe(false);
  });

  test('may tag what it launches, while it launches it', async () => {
    for (const type of ['instance', 'volume', 'network-interface'])
      expect(
        await allows(stack, functions[market], {
          action: 'ec2:CreateTags',
          resource: `${account}:${type}/x-0123456789abcdef0`,
          context: { ...tag, 'ec2:CreateAction': 'RunInstances' },
        }),
      ).toBe(true);
  });

  test.each<[string, Context]>([
    ['that is there already', tag],
    ['by another action', { ...tag, 'ec2:CreateAction': 'CreateVolume' }],
    [
      'as another deployment’s',
      { 'aws:RequestTag/stint:deployment': 'deadbeef', 'ec2:CreateAction': 'RunInstances' },
    ],
  ])('may not tag an instance %s', async (_, context) => {
    const resource = `${account}:instance/i-0123456789abcdef0`;
    expect(await allows(stack, functions[market], { action: 'ec2:CreateTags', resource, context })).toBe(
      false,
    );
  });
});

test('on-demand has no spot request to make', async () => {
  const resource = `${account}:spot-instances-request/*`;
  expect(await mayLaunch('on-demand', resource, tag)).toBe(false);
});

test('no other function may launch, or tag, anything', () => {
  const launching = stack.functions.filter(({ roleArn }) =>
    JSON.stringify(stack.roles.find(({ arn }) => arn === roleArn)?.policies).match(/RunInstances|CreateTags/),
  );
  expect(launching.map(({ stem }) => stem).sort()).toEqual(Object.values(functions).sort());
});
