import { type VariableKey, variables } from '../functions/runtime/environment.ts';
import type { Config } from './config.ts';
import { defaults } from './config-fields.ts';
import { statementsOf } from './constructs/grants.ts';
import { namesOf } from './constructs/names.ts';
import { type Deployment, grantSubjects, settingValues } from './deployment.ts';
import { functionTable, needsOf } from './function-table.ts';

/** Names and values together (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const mostEnvironmentBytes = 4_096;

/** All inline policies of a role together (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const mostPolicyCharacters = 10_240;

/** As long as an ARN of the kind can be, for what CloudFormation names. */
const longArn = (region: string, service: string, nameLength: number): string =>
  `arn:aws-us-gov:${service}:${region}:000000000000:${'x'.repeat(nameLength)}`;

const ownSubnets = ({ region, zones }: Config) =>
  Array.from({ length: zones }, () => ({
    subnetId: 'subnet-0123456789abcdef0',
    availabilityZone: `${region}a`,
  }));

/** A deployment whose resources have names as long as they can be, before there is one. */
const longestDeployment = (config: Config): Deployment => ({
  config,
  names: namesOf(config.stackName),
  id: '00000000',
  network: {
    subnets: config.network?.subnets ?? ownSubnets(config),
    securityGroupId: 'sg-0123456789abcdef0',
  },
  githubSecretArn: longArn(config.region, 'secretsmanager', 40),
  webhookSecretArn: longArn(config.region, 'secretsmanager', 40),
  sealKeyArn: longArn(config.region, 'kms', 40),
  schedulerRoleArn: longArn('', 'iam', 69),
  deadLetterQueueArn: longArn(config.region, 'sqs', 80),
});

/** A name of the account, the region or the partition that only CloudFormation knows. */
const withoutTokens = (text: string): string => text.replaceAll(/\$\{Token\[[^\]]*\]\}/g, 'x'.repeat(14));

const bytesOf = (text: string): number => Buffer.byteLength(withoutTokens(text));

type Values = Readonly<Record<VariableKey, string>>;

const variableBytes = (key: VariableKey, values: Values): number =>
  bytesOf(variables[key].name) + bytesOf(values[key]);

/** What of a function's environment can be made shorter, by the setting that decides it. */
const shortened: Partial<Record<VariableKey, string>> = {
  allowedRepositories: 'allowedRepositories',
  bootScript: 'bootScript',
  classes: 'classes',
  instanceTypes: 'instanceTypes',
  subnets: 'network',
};

const largest = (reads: readonly VariableKey[], values: Values): VariableKey | undefined =>
  reads
    .filter((key) => shortened[key] !== undefined)
    .toSorted((one, other) => variableBytes(other, values) - variableBytes(one, values))[0];

const environmentTooLarge = (
  stem: string,
  reads: readonly VariableKey[],
  values: Values,
): readonly string[] => {
  const keys = [...new Set(reads)];
  const bytes = keys.reduce((sum, key) => sum + variableBytes(key, values), 0);
  const blamed = largest(keys, values);
  if (bytes <= mostEnvironmentBytes || blamed === undefined) return [];
  return [
    `${shortened[blamed]}: must be at least ${bytes - mostEnvironmentBytes} bytes shorter than its ${bytesOf(values[blamed])}, for the ` +
      `environment of ${stem} would have up to ${bytes}, and Lambda takes ${mostEnvironmentBytes}`,
  ];
};

const policyTooLarge = (stem: string, statements: ReturnType<typeof statementsOf>): readonly string[] => {
  const document = JSON.stringify(statements.map((statement) => statement.toStatementJson()));
  const characters = withoutTokens(document).length;
  return characters <= mostPolicyCharacters
    ? []
    : [
        `instanceTypes: must name fewer types, with those of classes, for the policy of ${stem} would have up to ${characters} characters, and IAM takes ${mostPolicyCharacters}`,
      ];
};

/**
 * Sums that are too large though each part of them may be right. What a setting with a mistake of its own would add is
 * the default's.
 */
export const sumsTooLarge = (read: Partial<Config>): readonly string[] => {
  const config: Config = { ...defaults, bootScript: '', ...read };
  const deployment = longestDeployment(config);
  const values = settingValues({ toJsonString: (value) => JSON.stringify(value) }, deployment);
  const subjects = grantSubjects(deployment);
  const found = Object.keys(functionTable).flatMap((stem) => {
    const { reads, may } = needsOf(stem, config.admission);
    return [
      ...environmentTooLarge(stem, reads, values),
      ...policyTooLarge(stem, statementsOf(may, subjects)),
    ];
  });
  // The same setting is too large for several functions: the worst of them says what is needed.
  const bySetting = Map.groupBy(found, (mistake) => mistake.split(':')[0]);
  return [...bySetting.values()].flatMap((mistakes) => mistakes.toSorted(longestFirst)[0] ?? []);
};

const surplusIn = (mistake: string): number => Number(/at least (\d+) bytes/.exec(mistake)?.[1] ?? 0);

const longestFirst = (one: string, other: string): number => surplusIn(other) - surplusIn(one);
