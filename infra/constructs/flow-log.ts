import { Aws, Stack } from 'aws-cdk-lib';
import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { logGroup } from './log-group.ts';

/**
 * Who spoke to whom, and no content. Runners run strangers' code: when somebody complains of the account's
 * addresses, this is all that there is to tell which run it was.
 */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, vpcId: string) {
    super(scope, id);
    const { logGroupName, logGroupArn } = logGroup(this, 'Logs', `/${Stack.of(this).stackName}/network`);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        write: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
              resources: [logGroupArn],
            }),
          ],
        }),
      },
    });
    new CfnFlowLog(this, 'Resource', {
      resourceType: 'VPC',
      resourceId: vpcId,
      trafficType: 'ALL',
      logGroupName,
      deliverLogsPermissionArn: role.roleArn,
      maxAggregationInterval: 600,
    });
  }
}
