import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueue } from './dead-letters.ts';
import type { Names } from './names.ts';

/**
 * What the schedules that end lives need: a group, which takes its schedules with it; a role, which can start
 * destroy-runner and nothing else; and a queue for a start that Step Functions did not take.
 */
export class DeadlineSchedules extends Construct {
  readonly roleArn: string;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    new CfnScheduleGroup(this, 'Group', { name: names.scheduleGroup });
    this.deadLetters = deadLetterQueue(this, 'DeadLetters');
    const starting = new PolicyStatement({
      actions: ['states:StartExecution'],
      resources: [names.stateMachineArn('destroy-runner')],
    });
    const deadLetterSending = new PolicyStatement({
      actions: ['sqs:SendMessage'],
      resources: [this.deadLetters.queueArn],
    });
    this.roleArn = new Role(this, 'Role', {
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': names.scheduleGroupArn },
        },
      }),
      inlinePolicies: { own: new PolicyDocument({ statements: [starting, deadLetterSending] }) },
    }).roleArn;
  }
}
