import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

const web = [
  { port: 443, description: 'GitHub and package mirrors' },
  { port: 80, description: 'apt' },
] as const;

/**
 * Nothing reaches a runner, not even its neighbour in the same group. A runner reaches the web and nothing else;
 * the network's own DNS, time and metadata are not subject to security groups
 * (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html).
 */
export const runnerSecurityGroup = (scope: Construct, vpcId: string): CfnSecurityGroup =>
  new CfnSecurityGroup(scope, 'SecurityGroup', {
    groupDescription: 'Runners: no ingress, and egress to the web alone',
    vpcId,
    securityGroupIngress: [],
    securityGroupEgress: web.map(({ port, description }) => ({
      description,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrIp: '0.0.0.0/0',
    })),
  });
