import { describe, expect, test } from '@jest/globals';
import { templateOf } from './synthesis.ts';
import { defaultTemplate } from './template.ts';

const existing = {
  vpcId: 'vpc-0123456789abcdef0',
  subnets: [
    { subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'us-east-2a' },
    { subnetId: 'subnet-0123456789abcdef1', availabilityZone: 'us-east-2c' },
  ],
};

describe('the synthesis', () => {
  test('gives the same template every time', async () => {
    const [first, second] = [await templateOf({}), await templateOf({})];
    expect(first.template).toEqual(second.template);
  });

  test('takes what cdk.json says, and what is given over it', async () => {
    const { resources, one } = await templateOf({ stackName: 'Other', lifetimeMinutes: '90' });
    expect(JSON.stringify(resources('AWS::Lambda::Function'))).toContain('\\"lifetimeMinutes\\":90');
    expect(one('AWS::Scheduler::ScheduleGroup').properties).toEqual({ Name: 'Other' });
  });

  test('leaves no name of one stack in another', async () => {
    const { template } = await templateOf({ stackName: 'Other', region: 'eu-west-1' });
    expect(JSON.stringify(template)).not.toMatch(/Stint-|us-east-2/);
  });

  test('refuses a configuration with a mistake', async () => {
    await expect(templateOf({ zones: 0 })).rejects.toMatchObject({ name: 'ConfigInvalid' });
  });

  test('knows no account', () => {
    const { template } = defaultTemplate();
    expect(JSON.stringify(template)).not.toMatch(/:\d{12}:/);
  });
});

describe('a network that is there already', () => {
  test('is used as it is, with a security group of its own in it', async () => {
    const { resources, one } = await templateOf({ network: existing });
    expect(resources('AWS::EC2::VPC')).toEqual([]);
    expect(resources('AWS::EC2::Subnet')).toEqual([]);
    expect(one('AWS::EC2::SecurityGroup').properties).toMatchObject({
      VpcId: existing.vpcId,
      SecurityGroupIngress: [],
    });
    const ranking = resources('AWS::Lambda::Function').find(
      ({ properties }) => properties['Handler'] === 'rank-capacity-pools.handler',
    );
    expect(ranking?.properties['Environment']).toMatchObject({
      Variables: { SUBNETS: JSON.stringify(existing.subnets) },
    });
  });

  test('brings its security group, if it has one for runners', async () => {
    const { template, resources } = await templateOf({
      network: { ...existing, securityGroupId: 'sg-0123456789abcdef0' },
    });
    expect(resources('AWS::EC2::SecurityGroup')).toEqual([]);
    expect(JSON.stringify(template)).toContain('security-group/sg-0123456789abcdef0');
  });
});

describe('a network of its own', () => {
  test('has as many zones as are asked for', async () => {
    for (const zones of [1, 6]) {
      const { resources } = await templateOf({ region: 'us-east-1', zones });
      const subnets = resources('AWS::EC2::Subnet').map(({ properties }) => properties);
      expect(new Set(subnets.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(zones);
      expect(new Set(subnets.map(({ CidrBlock }) => CidrBlock)).size).toBe(zones);
    }
  });
});

describe('an address for alarms', () => {
  test('gets every alarm by mail', async () => {
    const { resources, one } = await templateOf({ alarmEmail: 'operator@stint.example' });
    const topic = one('AWS::SNS::Topic').ids.ref;
    expect(one('AWS::SNS::Subscription').properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'operator@stint.example',
      TopicArn: topic,
    });
    for (const { properties } of resources('AWS::CloudWatch::Alarm'))
      expect(properties['AlarmActions']).toContain(topic);
  });

  test('is not needed', () => {
    const { resources } = defaultTemplate();
    expect(resources('AWS::SNS::Topic')).toEqual([]);
    expect(resources('AWS::CloudWatch::Alarm').length).toBeGreaterThan(0);
  });
});
