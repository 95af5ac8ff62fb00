import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { tagNames } from '../../functions/domain/life/tags.ts';
import type { GrantName } from '../function-table.ts';
import { type LaunchLimits, launchStatements } from './launch-grants.ts';
import { arnOf, type Names } from './names.ts';

/** What the grants are about. */
export interface GrantSubjects extends LaunchLimits {
  readonly names: Names;
  readonly schedulerRoleArn: string;
  readonly githubSecretArn: string;
  readonly webhookSecretArn: string;
  readonly sealKeyArn: string;
  readonly labelPrefix: string;
}

const allow = (props: PolicyStatementProps): readonly PolicyStatement[] => [new PolicyStatement(props)];

/**
 * EC2's Describe calls and Scheduler's list have no resource to name; all that they give away is what there is
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html).
 */
const onEverything = (action: string): readonly PolicyStatement[] =>
  allow({ actions: [action], resources: ['*'] });

/** On an instance that carries the deployment's tag, and on no other. */
const onOwnInstances = (action: string, { deployment }: GrantSubjects): readonly PolicyStatement[] =>
  allow({
    actions: [action],
    resources: [arnOf('ec2', 'instance/*')],
    conditions: { StringEquals: { [`aws:ResourceTag/${tagNames.deployment}`]: deployment } },
  });

/** With a runner's name of this deployment as the encryption context, as the sealer has it. */
const withSealKey = (
  action: string,
  { sealKeyArn, labelPrefix, deployment }: GrantSubjects,
): readonly PolicyStatement[] =>
  allow({
    actions: [action],
    resources: [sealKeyArn],
    conditions: { StringLike: { 'kms:EncryptionContext:runner': `${labelPrefix}*-${deployment}` } },
  });

const inScheduleGroup = (action: string, { names }: GrantSubjects): readonly PolicyStatement[] =>
  allow({ actions: [action], resources: [names.scheduleArns] });

/** On items whose partition key is one of these patterns, and on no others of the table. */
const onItems =
  (actions: readonly string[], ...keys: readonly string[]): Grant =>
  ({ names }) =>
    allow({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [names.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
    });

type Grant = (subjects: GrantSubjects) => readonly PolicyStatement[];

const grants: Readonly<Record<GrantName, Grant>> = {
  'describe-instances': () => onEverything('ec2:DescribeInstances'),
  'describe-images': () => onEverything('ec2:DescribeImages'),
  'describe-spot-prices': () => onEverything('ec2:DescribeSpotPriceHistory'),
  'get-console-output': (subjects) => onOwnInstances('ec2:GetConsoleOutput', subjects),
  'terminate-instances': (subjects) => onOwnInstances('ec2:TerminateInstances', subjects),
  'launch-spot-instances': (subjects) => launchStatements('spot', subjects),
  'launch-on-demand-instances': (subjects) => launchStatements('on-demand', subjects),

  'start-provisions': ({ names }) =>
    allow({ actions: ['states:StartExecution'], resources: [names.stateMachineArn('provision-runner')] }),
  'read-provisions': ({ names }) =>
    allow({ actions: ['states:DescribeExecution'], resources: [names.executionArns('provision-runner')] }),
  'list-provisions': ({ names }) =>
    allow({ actions: ['states:ListExecutions'], resources: [names.stateMachineArn('provision-runner')] }),
  'stop-provisions': ({ names }) =>
    allow({ actions: ['states:StopExecution'], resources: [names.executionArns('provision-runner')] }),
  'start-destroys': ({ names }) =>
    allow({ actions: ['states:StartExecution'], resources: [names.stateMachineArn('destroy-runner')] }),
  'read-destroys': ({ names }) =>
    allow({ actions: ['states:DescribeExecution'], resources: [names.executionArns('destroy-runner')] }),
  'list-destroys': ({ names }) =>
    allow({ actions: ['states:ListExecutions'], resources: [names.stateMachineArn('destroy-runner')] }),

  'create-schedules': (subjects) => [
    ...inScheduleGroup('scheduler:CreateSchedule', subjects),
    // A schedule acts by a role that its creator hands over.
    ...allow({
      actions: ['iam:PassRole'],
      resources: [subjects.schedulerRoleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    }),
  ],
  'read-schedules': (subjects) => inScheduleGroup('scheduler:GetSchedule', subjects),
  'list-schedules': () => onEverything('scheduler:ListSchedules'),
  'delete-schedules': (subjects) => inScheduleGroup('scheduler:DeleteSchedule', subjects),

  'read-github-secret': ({ githubSecretArn }) =>
    allow({ actions: ['secretsmanager:GetSecretValue'], resources: [githubSecretArn] }),
  'read-webhook-secret': ({ webhookSecretArn }) =>
    allow({ actions: ['secretsmanager:GetSecretValue'], resources: [webhookSecretArn] }),
  seal: (subjects) => withSealKey('kms:GenerateDataKey', subjects),
  unseal: (subjects) => withSealKey('kms:Decrypt', subjects),
  'share-active-runs': onItems(['GetItem', 'PutItem', 'UpdateItem'], 'reading#active-runs#*'),
  'share-registrations': onItems(['GetItem', 'PutItem', 'UpdateItem'], 'reading#registrations'),
  'spend-run-budget': onItems(['UpdateItem'], 'budget#runs-by-id'),
  'spend-look-budgets': onItems(['UpdateItem'], 'budget#look*'),
  'remember-deliveries': onItems(['GetItem', 'PutItem'], 'delivery#*'),
  'read-lives': onItems(['Query'], 'runner#*'),
  'put-lives': onItems(['PutItem'], 'runner#*'),
  'count-tries': onItems(['GetItem', 'PutItem'], 'queue#*'),
  'write-lives': onItems(['UpdateItem'], 'runner#*'),
  'claim-seats': onItems(['Query', 'PutItem', 'DeleteItem'], 'seats#*'),
  'release-seats': onItems(['Query', 'DeleteItem'], 'seats#*'),
  'take-turns': onItems(['UpdateItem', 'PutItem'], 'turns'),
  'read-shortages': onItems(['Query'], 'shortages'),
  'write-shortages': onItems(['PutItem'], 'shortages'),
  'read-usual-times': onItems(['GetItem'], 'usual'),
  'write-usual-times': onItems(['GetItem', 'PutItem'], 'usual'),
  'read-admission-switch': ({ names }) =>
    allow({ actions: ['ssm:GetParameter'], resources: [names.admissionParameterArn] }),
  'set-admission-switch': ({ names }) =>
    allow({ actions: ['ssm:PutParameter'], resources: [names.admissionParameterArn] }),
};

/** The policy statements of what a function may do. */
export const statementsOf = (
  may: readonly GrantName[],
  subjects: GrantSubjects,
): readonly PolicyStatement[] => may.flatMap((name) => grants[name](subjects));
