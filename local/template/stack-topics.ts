import { asText } from './properties.ts';
import type { Template } from './template.ts';

/** A topic of the stack, and to whom it mails. */
export interface StackTopic {
  readonly arn: string;
  readonly emails: readonly string[];
}

/** The stack's topics. */
export const stackTopics = (template: Template): readonly StackTopic[] => {
  const subscriptions = template
    .resources('AWS::SNS::Subscription')
    .map(({ properties }) => properties)
    .filter(({ Protocol }) => Protocol === 'email');
  return template.resources('AWS::SNS::Topic').map(({ ids: { ref: arn } }) => ({
    arn,
    emails: subscriptions.filter(({ TopicArn }) => TopicArn === arn).map(({ Endpoint }) => asText(Endpoint)),
  }));
};
