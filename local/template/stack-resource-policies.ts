import type { TemplateValue } from '../../infra/cloud-assembly.ts';
import { asList, asProperties, asText } from './properties.ts';
import type { PolicyDocument, Resources } from './stack-roles.ts';
import type { StackResource } from './template.ts';

/** The policies that stand on resources and not on roles, by the resource's ARN. */
export type ResourcePolicies = Readonly<Record<string, PolicyDocument>>;

type Entry = readonly [arn: string, policy: PolicyDocument];

const ofKeys = (template: Resources): readonly Entry[] =>
  template
    .resources('AWS::KMS::Key')
    .map(({ ids, properties }) => [asText(ids.attributes['Arn']), asProperties(properties['KeyPolicy'])]);

/** A queue's policy names its queues by their URLs. */
const ofQueues = (template: Resources): readonly Entry[] => {
  const arns = new Map(
    template.resources('AWS::SQS::Queue').map(({ ids }) => [ids.ref, asText(ids.attributes['Arn'])]),
  );
  return template
    .resources('AWS::SQS::QueuePolicy')
    .flatMap(({ properties }) =>
      asList(properties['Queues']).map(
        (queue) => [arns.get(asText(queue)) ?? '', asProperties(properties['PolicyDocument'])] as const,
      ),
    );
};

const ofTopics = (template: Resources): readonly Entry[] =>
  template
    .resources('AWS::SNS::TopicPolicy')
    .flatMap(({ properties }) =>
      asList(properties['Topics']).map(
        (topic) => [asText(topic), asProperties(properties['PolicyDocument'])] as const,
      ),
    );

const condition = (operator: string, key: string, value: TemplateValue | undefined) =>
  value === undefined ? {} : { [operator]: { [key]: value } };

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const statementOf = ({ properties }: StackResource): TemplateValue => {
  const { Action, FunctionName, Principal, SourceArn, SourceAccount } = properties;
  return {
    Effect: 'Allow',
    Principal: { Service: asText(Principal) },
    Action: asText(Action),
    Resource: asText(FunctionName),
    Condition: {
      ...condition('ArnLike', 'aws:SourceArn', SourceArn),
      ...condition('StringEquals', 'aws:SourceAccount', SourceAccount),
    },
  };
};

/** Lambda makes one policy for each version of a function out of all its permissions. */
const ofFunctions = (template: Resources): readonly Entry[] => {
  const permissions = template.resources('AWS::Lambda::Permission');
  const arnOf = ({ properties }: StackResource): string => asText(properties['FunctionName']);
  return [...Map.groupBy(permissions, arnOf)].map(([arn, own]) => [
    arn,
    { Version: '2012-10-17', Statement: own.map(statementOf) },
  ]);
};

/** The policies of the stack's keys, queues, topics and functions. */
export const stackResourcePolicies = (template: Resources): ResourcePolicies =>
  Object.fromEntries([
    ...ofKeys(template),
    ...ofQueues(template),
    ...ofTopics(template),
    ...ofFunctions(template),
  ]);
