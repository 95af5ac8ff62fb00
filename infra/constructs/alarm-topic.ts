import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/** Mails to `email` whatever is published, once whoever reads it there has confirmed that they want it. */
export const alarmTopic = (scope: Construct, id: string, email: string): Topic => {
  const topic = new Topic(scope, id, { enforceSSL: true });
  topic.addSubscription(new EmailSubscription(email));
  return topic;
};
