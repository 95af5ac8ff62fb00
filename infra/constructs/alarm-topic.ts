import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { arnOf } from './names.ts';

/**
 * A topic without a policy takes what its own account's alarms publish; one with a policy takes only what that allows,
 * and `enforceSSL` makes one that allows nothing
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html).
 */
const fromOwnAlarms = (topic: Topic): PolicyStatement =>
  new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': arnOf('cloudwatch', 'alarm:*') },
    },
  });

/** Mails to `email` whatever the alarms publish, once whoever reads it there has confirmed that they want it. */
export const alarmTopic = (scope: Construct, id: string, email: string): Topic => {
  const topic = new Topic(scope, id, { enforceSSL: true });
  topic.addToResourcePolicy(fromOwnAlarms(topic));
  topic.addSubscription(new EmailSubscription(email));
  return topic;
};
