import type { Ration } from './ration.ts';

/** What AWS publishes for one account in us-east-2, or in every region but the largest where that is all it says. */

const ec2Page = 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html';
const statesPage = 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html';
const schedulerPage = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html';
const ssmPage = 'https://docs.aws.amazon.com/general/latest/gr/ssm.html';
const secretsPage = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html';
const kmsPage = 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html';
const stsPage = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const gatewayPage = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
const logsPage = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html';
const dynamoPage =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html';

const bucket = (
  service: string,
  operations: readonly string[],
  [size, refillPerSecond]: readonly [size: number, refillPerSecond: number],
  page: string,
): Ration => ({ service, operations, size, refillPerSecond, page });

/** A quota of so many a second, with nothing saved up beyond the second. */
const perSecond = (service: string, operations: readonly string[], rate: number, page: string): Ration =>
  bucket(service, operations, [rate, rate], page);

type Parameters = Readonly<Record<string, unknown>>;

const isNarrowed = ({ Filter, MaxResults }: Parameters): boolean =>
  Filter !== undefined || MaxResults !== undefined;

/** A description that has neither a filter nor a page size takes of a smaller bucket. */
const described = (operation: string): readonly Ration[] => [
  {
    ...bucket('ec2', [operation], [100, 20], ec2Page),
    costOf: ({ parameters }) => (isNarrowed(parameters) ? 1 : 0),
  },
  {
    ...bucket('ec2', [operation], [50, 10], ec2Page),
    name: `${operation} without a filter`,
    costOf: ({ parameters }) => (isNarrowed(parameters) ? 0 : 1),
  },
];

const lengthOf = (list: unknown): number => Object.keys(list ?? {}).length;

const ec2: readonly Ration[] = [
  ...[
    'DescribeAvailabilityZones',
    'DescribeImages',
    'DescribeInstanceTypeOfferings',
    'DescribeInstanceTypes',
    'DescribeInstances',
    'DescribeRouteTables',
    'DescribeSecurityGroups',
    'DescribeSpotPriceHistory',
    'DescribeSubnets',
  ].flatMap(described),
  bucket('ec2', ['GetConsoleOutput'], [100, 20], ec2Page),
  bucket('ec2', ['CreateTags'], [100, 10], ec2Page),
  bucket('ec2', ['RunInstances'], [5, 2], ec2Page),
  {
    ...bucket('ec2', ['RunInstances'], [1_000, 2], ec2Page),
    name: 'instances of RunInstances',
    costOf: ({ parameters }) => Number(parameters['MaxCount'] ?? 1),
  },
  bucket('ec2', ['TerminateInstances'], [100, 5], ec2Page),
  {
    ...bucket('ec2', ['TerminateInstances'], [1_000, 20], ec2Page),
    name: 'instances of TerminateInstances',
    costOf: ({ parameters }) => lengthOf(parameters['InstanceId']),
  },
];

const states: readonly Ration[] = [
  bucket('states', ['StartExecution'], [800, 150], statesPage),
  bucket('states', ['DescribeExecution'], [250, 10], statesPage),
  bucket('states', ['ListExecutions'], [100, 2], statesPage),
  bucket('states', ['GetExecutionHistory'], [400, 20], statesPage),
  bucket('states', ['StopExecution'], [500, 25], statesPage),
];

/** The page has had 1,000 and 5,000 for the first three; the stricter of them. */
const scheduler: readonly Ration[] = [
  perSecond('scheduler', ['CreateSchedule'], 1_000, schedulerPage),
  perSecond('scheduler', ['GetSchedule'], 1_000, schedulerPage),
  perSecond('scheduler', ['DeleteSchedule'], 1_000, schedulerPage),
  perSecond('scheduler', ['ListSchedules'], 50, schedulerPage),
];

/** Units of a table that nobody has used yet: a kilobyte that is written, four that are read. */
const unitsOf =
  (bytes: number) =>
  ({ parameters }: { readonly parameters: Parameters }): number =>
    Math.max(1, Math.ceil(JSON.stringify(parameters).length / bytes));

const dynamodb: readonly Ration[] = [
  {
    ...perSecond('dynamodb', ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'], 4_000, dynamoPage),
    name: 'write units',
    costOf: unitsOf(1_024),
  },
  {
    ...perSecond('dynamodb', ['GetItem', 'Query', 'Scan', 'BatchGetItem'], 12_000, dynamoPage),
    name: 'read units',
    costOf: unitsOf(4_096),
  },
];

/** AWS's rations by service and operation. What is not here has none that is published. */
export const awsRations: readonly Ration[] = [
  ...ec2,
  ...states,
  ...scheduler,
  ...dynamodb,
  perSecond('ssm', ['GetParameter'], 40, ssmPage),
  perSecond('ssm', ['PutParameter'], 3, ssmPage),
  perSecond('secretsmanager', ['GetSecretValue'], 10_000, secretsPage),
  perSecond('secretsmanager', ['PutSecretValue'], 50, secretsPage),
  perSecond('kms', ['GenerateDataKey', 'Decrypt', 'Encrypt'], 20_000, kmsPage),
  perSecond('sts', ['GetCallerIdentity'], 600, stsPage),
  perSecond('logs', ['DescribeLogGroups'], 10, logsPage),
  { service: 'apigateway', size: 40, refillPerSecond: 10, page: gatewayPage },
];

/** Of one account's state machines together; a transition that finds none left waits for one. */
export const stateTransitions: Ration = {
  service: 'states',
  name: 'state transitions',
  size: 800,
  refillPerSecond: 500,
  page: statesPage,
};

const codes: Readonly<Record<string, string>> = {
  ec2: 'RequestLimitExceeded',
  sts: 'Throttling',
  apigateway: 'TooManyRequestsException',
};

/** The code by which a service says that a ration is used up. */
export const throttlingCode = (service: string): string => codes[service] ?? 'ThrottlingException';

/** What it says. */
export const throttlingText = (service: string): string =>
  service === 'ec2' ? 'Request limit exceeded.' : 'Rate exceeded';
