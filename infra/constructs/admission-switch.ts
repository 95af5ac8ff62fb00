import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Names } from './names.ts';

/**
 * The switch that closes admission without a deployment: `open`, or `closed` with or without a reason, which whoever
 * is refused reads. A deployment leaves it as it is, for CloudFormation touches only what changed in the template.
 */
export const switchParameter = (scope: Construct, id: string, { admissionParameter }: Names): CfnParameter =>
  new CfnParameter(scope, id, {
    name: admissionParameter,
    type: 'String',
    value: 'open',
    allowedPattern: '^(open|closed(: .{1,300})?)$',
    description: 'Whether Stint admits new runners: open, closed, or closed: <the reason that callers read>',
  });
