import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Architecture, architectures } from '../functions/domain/architecture.ts';
import { maximumLabelLength } from '../functions/domain/label.ts';
import { variables } from '../functions/runtime/environment.ts';
import type { Config, ExistingNetwork } from './config.ts';
import {
  FieldInvalid,
  type FieldReader,
  listField,
  positiveNumberField,
  recordOf,
  textField,
  wholeNumberField,
  yesOrNo,
} from './field-readers.ts';

/** GitHub's rules for an account's name and a repository's. */
const owner = '[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}';
const repository = `${owner}/[A-Za-z0-9._-]{1,100}`;

/** Room for a label's own part: a run's number of 11 digits, an attempt, and a short suffix. */
const reservedLabelLength = 18;

/** A function's name is `<stackName>-<file>`, and Lambda takes 64 characters. */
const longestStackName = 32;

/**
 * Lambda takes 4 KB of environment, and the function has other variables too; EC2 takes 16 KB of user data, of which a
 * test holds that they suffice.
 */
export const longestBootScriptBytes = 2_500;

const instanceType = textField(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'EC2 instance types such as c5.9xlarge');

const instanceTypes: FieldReader<Config['instanceTypes']> = (value) => {
  const given = recordOf(architectures)(value);
  const typesFor = (architecture: Architecture): readonly string[] =>
    given[architecture] === undefined
      ? defaults.instanceTypes[architecture]
      : listField(instanceType)(given[architecture]);
  return { x86_64: typesFor('x86_64'), arm64: typesFor('arm64') };
};

const subnet: FieldReader<ExistingNetwork['subnets'][number]> = (value) => {
  const { subnetId, availabilityZone } = recordOf(['subnetId', 'availabilityZone'])(value);
  return {
    subnetId: textField(
      /^subnet-[0-9a-f]{8,17}$/,
      'subnets with a subnetId such as subnet-0123456789abcdef0',
    )(subnetId),
    availabilityZone: textField(
      /^[a-z0-9-]+[a-z]$/,
      'subnets with an availabilityZone such as us-east-2a',
    )(availabilityZone),
  };
};

const network: FieldReader<ExistingNetwork> = (value) => {
  const { vpcId, subnets, securityGroupId } = recordOf(['vpcId', 'subnets', 'securityGroupId'])(value);
  const group = textField(
    /^sg-[0-9a-f]{8,17}$/,
    'a network whose securityGroupId is such as sg-0123456789abcdef0',
  );
  return {
    vpcId: textField(/^vpc-[0-9a-f]{8,17}$/, 'a network with a vpcId such as vpc-0123456789abcdef0')(vpcId),
    subnets: listField(subnet)(subnets),
    ...(securityGroupId === undefined ? {} : { securityGroupId: group(securityGroupId) }),
  };
};

/** A mode that the functions do not know would be deployed as an endpoint that answers nothing. */
const admission: FieldReader<Config['admission']> = (value) => {
  try {
    return variables.admissionMode.read(String(value));
  } catch (error) {
    throw new FieldInvalid(error instanceof Error ? error.message : String(error));
  }
};

const fileText = (path: string): string => {
  try {
    return readFileSync(join(import.meta.dirname, '..', path), 'utf8');
  } catch {
    throw new FieldInvalid(
      `must be a script that begins with #!, or the path of one; there is no file ${path}`,
    );
  }
};

const bootScript: FieldReader<string> = (value) => {
  if (typeof value !== 'string') throw new FieldInvalid('must be a path or a script');
  const script = value === '' || value.startsWith('#!') ? value : fileText(value);
  const bytes = Buffer.byteLength(script);
  if (bytes > longestBootScriptBytes)
    throw new FieldInvalid(`must have at most ${longestBootScriptBytes} bytes, and has ${bytes}`);
  return script;
};

/** The first user's. */
export const defaults = {
  stackName: 'Stint',
  region: 'us-east-2',
  target: 'rr-debugger',
  labelPrefix: 'rr_runner_',
  lifetimeMinutes: 60,
  instanceTypes: { x86_64: ['c5.9xlarge'], arm64: ['c6g.8xlarge'] },
  liveRunnerCap: 20,
  runnersPerRun: 2,
  admission: 'verified',
  allowedRepositories: ['rr-debugger/rr'],
  privateRepositories: false,
  runnerHoursPerDay: 48,
  zones: 3,
  volumeGib: 30,
  runnerGroupId: 1,
  bootScript: 'infra/boot-scripts/tmpfs.sh',
  requestBurst: 4,
  requestsPerSecond: 6,
} as const satisfies Partial<Config>;

/** How each field is read, and so what would be right. */
export const fields: { readonly [Key in keyof Config]-?: FieldReader<NonNullable<Config[Key]>> } = {
  stackName: textField(
    new RegExp(`^[A-Za-z][A-Za-z0-9-]{0,${longestStackName - 1}}$`),
    `letters, digits and hyphens, a letter first, at most ${longestStackName} characters`,
  ),
  region: textField(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as us-east-2'),
  target: textField(new RegExp(`^(${owner}|${repository})$`), 'a GitHub organisation, or owner/repository'),
  labelPrefix: textField(
    new RegExp(`^[A-Za-z][A-Za-z0-9_-]{0,${maximumLabelLength - reservedLabelLength - 1}}$`),
    `letters, digits, _ and -, a letter first, at most ${maximumLabelLength - reservedLabelLength} characters`,
  ),
  lifetimeMinutes: wholeNumberField(20, 120),
  instanceTypes,
  liveRunnerCap: wholeNumberField(1, 1_000),
  runnersPerRun: wholeNumberField(1, 100),
  admission,
  allowedRepositories: listField(
    textField(new RegExp(`^${repository}$`), 'repositories, each as owner/repository'),
  ),
  privateRepositories: yesOrNo,
  runnerHoursPerDay: wholeNumberField(1, 24_000),
  zones: wholeNumberField(1, 6),
  network,
  volumeGib: wholeNumberField(8, 1_024),
  runnerGroupId: wholeNumberField(1, Number.MAX_SAFE_INTEGER),
  bootScript,
  alarmEmail: textField(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'an e-mail address'),
  requestBurst: wholeNumberField(4, 1_000),
  requestsPerSecond: positiveNumberField(1_000),
};
