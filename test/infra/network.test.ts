import { describe, expect, test } from '@jest/globals';
import { defaultTemplate } from './template.ts';

const { template, resources, one } = defaultTemplate();

describe('the network of its own', () => {
  test('has a public subnet in each of three zones, without an address in common', () => {
    const subnets = resources('AWS::EC2::Subnet').map(({ properties }) => properties);
    expect(subnets.map(({ AvailabilityZone }) => AvailabilityZone)).toEqual([
      'us-east-2a',
      'us-east-2b',
      'us-east-2c',
    ]);
    expect(new Set(subnets.map(({ CidrBlock }) => CidrBlock)).size).toBe(3);
    expect(one('AWS::EC2::Route').properties).toMatchObject({
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: one('AWS::EC2::InternetGateway').ids.ref,
    });
    expect(resources('AWS::EC2::SubnetRouteTableAssociation')).toHaveLength(3);
  });

  test('has no NAT, no address that costs while nothing runs, and no Lambda function of CDK’s own', () => {
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    const unwanted = /NatGateway|EIP|VPCEndpoint|CustomResource|^Custom::|TransitGateway/;
    expect(types.filter((type) => unwanted.test(type))).toEqual([]);
  });

  test('lets nothing in, and lets out what the runner and apt need', () => {
    const { properties } = one('AWS::EC2::SecurityGroup');
    expect(properties['SecurityGroupIngress']).toEqual([]);
    expect(resources('AWS::EC2::SecurityGroupIngress')).toEqual([]);
    expect(properties['SecurityGroupEgress']).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' },
    ]);
  });

  test('keeps who spoke to whom, for a month', () => {
    expect(one('AWS::EC2::FlowLog').properties).toMatchObject({
      ResourceId: one('AWS::EC2::VPC').ids.ref,
      TrafficType: 'ALL',
      LogGroupName: '/Stint/network',
    });
  });
});

describe('a machine', () => {
  test('gets no instance profile, for there is none', () => {
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    expect(types).not.toContain('AWS::IAM::InstanceProfile');
    expect(JSON.stringify(template.Resources)).not.toContain('ec2.amazonaws.com');
  });
});
