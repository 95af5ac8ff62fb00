import type { CloudCall } from '../../wire/wire.ts';
import { leadingKeysOf } from '../dynamodb/leading-keys.ts';
import { arnIn } from './arns.ts';
import type { KnownResources, RequestsOf, RequestsOfOperations } from './call-requests.ts';
import { ec2Requests } from './ec2-requests.ts';
import { type IamRequest, IamRequestUnknown } from './iam-request.ts';

const text = (value: unknown): string => String(value ?? '');

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
const onArn =
  (action: string, parameter: string): RequestsOf =>
  (parameters) => [{ action: `states:${action}`, resource: text(parameters[parameter]), context: {} }];

const states: RequestsOfOperations = {
  StartExecution: onArn('StartExecution', 'stateMachineArn'),
  ListExecutions: onArn('ListExecutions', 'stateMachineArn'),
  DescribeExecution: onArn('DescribeExecution', 'executionArn'),
  GetExecutionHistory: onArn('GetExecutionHistory', 'executionArn'),
  StopExecution: onArn('StopExecution', 'executionArn'),
};

/** The group is in the body when a schedule is created, and in the query otherwise. */
const onSchedule =
  (action: string): RequestsOf =>
  ({ Name, GroupName, groupName }, { place }) => [
    {
      action: `scheduler:${action}`,
      resource: arnIn(
        place,
        'scheduler',
        `schedule/${text(GroupName ?? groupName ?? 'default')}/${text(Name)}`,
      ),
      context: {},
    },
  ];

/** Whoever creates a schedule hands Scheduler the role by which it acts (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html). */
const createSchedule: RequestsOf = (parameters, known) => [
  ...onSchedule('CreateSchedule')(parameters, known),
  {
    action: 'iam:PassRole',
    resource: text((parameters['Target'] as { readonly RoleArn?: string } | undefined)?.RoleArn),
    context: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
  },
];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html */
const scheduler: RequestsOfOperations = {
  CreateSchedule: createSchedule,
  GetSchedule: onSchedule('GetSchedule'),
  DeleteSchedule: onSchedule('DeleteSchedule'),
  ListSchedules: () => [{ action: 'scheduler:ListSchedules', resource: '*', context: {} }],
};

/**
 * The encryption context is a condition key for each of its own keys
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context).
 */
const onKey =
  (action: string): RequestsOf =>
  ({ KeyId, EncryptionContext }, { keyArns }) => {
    const entries = Object.entries((EncryptionContext ?? {}) as Readonly<Record<string, string>>);
    return [
      {
        action: `kms:${action}`,
        resource: text(KeyId ?? keyArns[0]),
        context: {
          ...Object.fromEntries(entries.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
          ...(entries.length === 0 ? {} : { 'kms:EncryptionContextKeys': entries.map(([key]) => key) }),
        },
      },
    ];
  };

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
const kms: RequestsOfOperations = { GenerateDataKey: onKey('GenerateDataKey'), Decrypt: onKey('Decrypt') };

const onSecret =
  (action: string): RequestsOf =>
  ({ SecretId }) => [{ action: `secretsmanager:${action}`, resource: text(SecretId), context: {} }];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
const secretsmanager: RequestsOfOperations = {
  GetSecretValue: onSecret('GetSecretValue'),
  PutSecretValue: onSecret('PutSecretValue'),
};

/** A name that is a path begins with a slash, which its ARN has only once. */
const onParameter =
  (action: string): RequestsOf =>
  ({ Name }, { place }) => [
    {
      action: `ssm:${action}`,
      resource: arnIn(place, 'ssm', `parameter/${text(Name).replace(/^\//, '')}`),
      context: {},
    },
  ];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
const ssm: RequestsOfOperations = {
  GetParameter: onParameter('GetParameter'),
  PutParameter: onParameter('PutParameter'),
};

/**
 * The partition keys are a condition key
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html).
 */
const onTable =
  (operation: string): RequestsOf =>
  (parameters, { place }) => [
    {
      action: `dynamodb:${operation}`,
      resource: arnIn(place, 'dynamodb', `table/${text(parameters['TableName'])}`),
      context: { 'dynamodb:LeadingKeys': leadingKeysOf(operation, parameters) },
    },
  ];

const dynamodb: RequestsOfOperations = {
  GetItem: onTable('GetItem'),
  PutItem: onTable('PutItem'),
  UpdateItem: onTable('UpdateItem'),
  DeleteItem: onTable('DeleteItem'),
  Query: onTable('Query'),
};

const services: Readonly<Record<string, RequestsOfOperations>> = {
  ec2: ec2Requests,
  states,
  scheduler,
  kms,
  secretsmanager,
  ssm,
  dynamodb,
};

/**
 * What a call to AWS needs to be allowed. Throws IamRequestUnknown for a call of which that is not known here, so
 * that none goes by unjudged.
 */
export const requestsOfCall = (
  { service, operation, parameters }: CloudCall,
  known: KnownResources,
): readonly IamRequest[] => {
  const requestsOf = services[service]?.[operation];
  if (requestsOf === undefined)
    throw new IamRequestUnknown(`What ${operation} of ${service} needs is not known here.`);
  return requestsOf(parameters, known);
};
