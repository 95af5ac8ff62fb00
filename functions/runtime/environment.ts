import type { AwsConnection } from '../adapters/aws/aws-connection.ts';
import type { GitHubConnection, GitHubTarget } from '../adapters/github/github-connection.ts';
import type { Architecture } from '../domain/architecture.ts';
import { defaultClass, type MachineClasses } from '../domain/machine-class.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const text = (value: string): string => value;

const positiveInteger = (value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new Error('must be a positive whole number');
  return number;
};

const wholeNumber = (value: string): number => (value === '0' ? 0 : positiveInteger(value));

const json = (value: string): unknown => JSON.parse(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');

/** Instance types by class and architecture. */
type InstanceTypes = Readonly<Record<string, Partial<Record<Architecture, readonly string[]>>>>;

const instanceTypes = (value: string): InstanceTypes => {
  const parsed = json(value);
  const lists = isRecord(parsed) ? Object.values(parsed).flatMap((types) => Object.values(types ?? {})) : [];
  if (lists.length === 0 || !lists.every(isTextList))
    throw new Error('must list instance types for each class and architecture');
  return parsed as InstanceTypes;
};

const classes = (value: string): MachineClasses => {
  const parsed = json(value);
  if (!isRecord(parsed) || !isRecord(parsed[defaultClass]))
    throw new Error(`must have a class ${defaultClass}`);
  for (const [name, limits] of Object.entries(parsed))
    if (!isRecord(limits) || !Number.isInteger(limits['lifetimeMinutes']))
      throw new Error(`must give lifetimeMinutes for the class ${name}`);
  return parsed as unknown as MachineClasses;
};

/** A subnet that stands for its Availability Zone. */
export interface ZoneSubnet {
  readonly availabilityZone: string;
  readonly subnetId: string;
}

const subnets = (value: string): readonly ZoneSubnet[] => {
  const parsed = json(value);
  if (!Array.isArray(parsed) || parsed.length === 0) throw new Error('must list at least one subnet');
  return parsed.map((item: unknown) => {
    if (
      !isRecord(item) ||
      typeof item['availabilityZone'] !== 'string' ||
      typeof item['subnetId'] !== 'string'
    )
      throw new Error('must give availabilityZone and subnetId for each subnet');
    return { availabilityZone: item['availabilityZone'], subnetId: item['subnetId'] };
  });
};

const target = (value: string): GitHubTarget => {
  const [owner, repository, ...rest] = value.split('/');
  if (!owner || rest.length > 0 || repository === '')
    throw new Error('must be an organisation or owner/repository');
  return repository === undefined
    ? { kind: 'organization', organization: owner }
    : { kind: 'repository', owner, repository };
};

/** A mode that is not known must not become an open door. */
const admissionMode = (value: string): 'open' | 'verified' => {
  if (value !== 'open' && value !== 'verified') throw new Error('must be open or verified');
  return value;
};

const flag = (value: string): boolean => {
  if (value !== 'true' && value !== 'false') throw new Error('must be true or false');
  return value === 'true';
};

const textList = (value: string): readonly string[] => {
  const parsed = json(value);
  if (!isTextList(parsed)) throw new Error('must be a list of texts that is not empty');
  return parsed;
};

/**
 * Every variable that the stack sets for a function: its name here, in the process, and how it is read.
 * `infra/` sets them by the same names, which a test holds.
 */
export const variables = {
  deployment: { name: 'DEPLOYMENT', read: text },
  /** The namespace of the deployment's metrics in CloudWatch. */
  metricNamespace: { name: 'METRIC_NAMESPACE', read: text },
  labelPrefix: { name: 'LABEL_PREFIX', read: text },
  target: { name: 'TARGET', read: target },
  runnerGroupId: { name: 'RUNNER_GROUP_ID', read: positiveInteger },
  classes: { name: 'CLASSES', read: classes },
  minimumMinutes: { name: 'MINIMUM_MINUTES', read: positiveInteger },
  instanceTypes: { name: 'INSTANCE_TYPES', read: instanceTypes },
  subnets: { name: 'SUBNETS', read: subnets },
  securityGroupId: { name: 'SECURITY_GROUP_ID', read: text },
  /** Whether runners get public addresses. */
  publicAddresses: { name: 'PUBLIC_ADDRESSES', read: flag },
  bootScript: { name: 'BOOT_SCRIPT', read: text },
  liveRunnerCap: { name: 'LIVE_RUNNER_CAP', read: positiveInteger },
  /** So many of the live runners only jobs that GitHub shows as queued can have. */
  queuedSeats: { name: 'QUEUED_SEATS', read: wholeNumber },
  admissionMode: { name: 'ADMISSION_MODE', read: admissionMode },
  allowedRepositories: { name: 'ALLOWED_REPOSITORIES', read: textList },
  /** Whether the runs of the allowed repositories can only be read with a permission. */
  privateRepositories: { name: 'PRIVATE_REPOSITORIES', read: flag },
  runnerHoursPerDay: { name: 'RUNNER_HOURS_PER_DAY', read: positiveInteger },
  /** The name of the SSM parameter by which an operator closes and opens admission. */
  admissionSwitchParameter: { name: 'ADMISSION_SWITCH_PARAMETER', read: text },
  /** The deployment's memory in DynamoDB. */
  tableName: { name: 'TABLE_NAME', read: text },
  provisionStateMachineArn: { name: 'PROVISION_STATE_MACHINE_ARN', read: text },
  destroyStateMachineArn: { name: 'DESTROY_STATE_MACHINE_ARN', read: text },
  scheduleGroup: { name: 'SCHEDULE_GROUP', read: text },
  schedulerRoleArn: { name: 'SCHEDULER_ROLE_ARN', read: text },
  deadLetterQueueArn: { name: 'DEAD_LETTER_QUEUE_ARN', read: text },
  githubSecretArn: { name: 'GITHUB_SECRET_ARN', read: text },
  webhookSecretArn: { name: 'WEBHOOK_SECRET_ARN', read: text },
  sealKeyArn: { name: 'SEAL_KEY_ARN', read: text },
} as const satisfies Record<string, { name: string; read: (value: string) => unknown }>;

export type VariableKey = keyof typeof variables;
export type Settings = { readonly [Key in VariableKey]: ReturnType<(typeof variables)[Key]['read']> };

/** The environment is not what the stack sets; the message names every variable at fault. */
export class EnvironmentInvalid extends Error {
  override readonly name = 'EnvironmentInvalid';
}

export interface Environment {
  /** Reads settings, all problems at once; throws EnvironmentInvalid. An unset BOOT_SCRIPT is empty. */
  settings<Key extends VariableKey>(...keys: readonly Key[]): Pick<Settings, Key>;
  readonly aws: AwsConnection;
  readonly github: GitHubConnection;
}

/** An environment over `source`. Nothing is read before it is asked for. */
export const environmentOf = (source: Variables): Environment => ({
  settings: <Key extends VariableKey>(...keys: readonly Key[]) => {
    const problems: string[] = [];
    const entries = keys.map((key) => {
      const { name, read } = variables[key];
      const value = source[name] ?? (key === 'bootScript' ? '' : undefined);
      if (value === undefined) problems.push(`${name} is not set`);
      else
        try {
          return [key, read(value)];
        } catch (error) {
          problems.push(`${name} ${error instanceof Error ? error.message : String(error)}`);
        }
      return [key, undefined];
    });
    if (problems.length > 0) throw new EnvironmentInvalid(problems.join('; '));
    return Object.fromEntries(entries) as Pick<Settings, Key>;
  },
  get aws() {
    return {
      region: source['AWS_REGION'] ?? '',
      credentials: {
        accessKeyId: source['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: source['AWS_SECRET_ACCESS_KEY'] ?? '',
        ...(source['AWS_SESSION_TOKEN'] === undefined ? {} : { sessionToken: source['AWS_SESSION_TOKEN'] }),
      },
      ...(source['AWS_ENDPOINT_URL'] === undefined ? {} : { endpoint: source['AWS_ENDPOINT_URL'] }),
    };
  },
  get github() {
    return source['GITHUB_API_URL'] === undefined ? {} : { baseUrl: source['GITHUB_API_URL'] };
  },
});

/** The process's own environment. */
export const processEnvironment = (): Environment => environmentOf(process.env);
