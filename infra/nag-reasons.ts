import type { NagPackSuppression } from 'cdk-nag';

const arn = (service: string, rest: string): string =>
  `^Resource::arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${rest}$`;

/** A wildcard in a resource, and why there is no finer one. */
const wildcard = (resource: string, reason: string): NagPackSuppression => ({
  id: 'AwsSolutions-IAM5',
  appliesTo: [{ regex: `/${resource.replaceAll('/', String.raw`\/`)}/` }],
  reason,
});

/** Where the stack knowingly departs from cdk-nag's AwsSolutions, and why. A test finds those that nothing needs. */
export const nagReasons: readonly NagPackSuppression[] = [
  {
    id: 'AwsSolutions-APIG4',
    reason:
      'Workflows of forks call the endpoint, and a credential in them would be everybody’s. Admission, the cap on live runners and the throttle stand in its place.',
  },
  {
    id: 'AwsSolutions-SMG4',
    reason:
      'One secret holds a GitHub App’s key or a token, the other signs what GitHub delivers: only a person can renew them, at GitHub too. A renewed one takes effect within minutes, without a deployment.',
  },
  {
    id: 'AwsSolutions-SQS3',
    reason:
      'Both queues are dead-letter queues themselves, of schedules and of rules, and an alarm watches them.',
  },
  wildcard(
    String.raw`^Resource::\*$`,
    'EC2’s Describe actions, scheduler:ListSchedules, X-Ray’s actions and the delivery of vended logs have no resource types. A test holds that no other action stands beside this wildcard.',
  ),
  wildcard(
    String.raw`^Resource::<Functions\w+\.Arn>:\*$`,
    'Every published version of one function: an execution that is in flight during a deployment calls the version that it began with.',
  ),
  wildcard(
    arn('states', String.raw`execution:[\w-]+-(provision|destroy)-runner:\*`),
    'The executions of one state machine, whose names are not known before there are requests.',
  ),
  wildcard(
    arn('scheduler', String.raw`schedule/[\w-]+/\*`),
    'The schedules of the deployment’s own group, whose names are not known before there are requests.',
  ),
  wildcard(
    arn('ec2', String.raw`(instance|volume|network-interface|spot-instances-request)/\*`),
    'Their ids do not exist before the launch. Each statement has the deployment’s own tag as a condition, in the request or on the resource.',
  ),
  wildcard(
    String.raw`^Resource::arn:<AWS::Partition>:ec2:<AWS::Region>::image/\*$`,
    'The newest image has another id every few weeks. The statement has its owner as a condition.',
  ),
];
