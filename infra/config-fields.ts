import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Architecture, architectures } from '../functions/domain/architecture.ts';
import { maximumLabelLength } from '../functions/domain/label.ts';
import { variables } from '../functions/runtime/environment.ts';
import { classes } from './class-fields.ts';
import type { Config, ExistingNetwork } from './config.ts';
import {
  FieldInvalid,
  type FieldReader,
  listField,
  positiveNumberField,
  quote,
  recordOf,
  textField,
  wholeNumberField,
  yesOrNo,
} from './field-readers.ts';
import { instanceType } from './instance-types.ts';

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
  const { vpcId, subnets, securityGroupId, publicAddresses } = recordOf([
    'vpcId',
    'subnets',
    'securityGroupId',
    'publicAddresses',
  ])(value);
  const group = textField(
    /^sg-[0-9a-f]{8,17}$/,
    'a network whose securityGroupId is such as sg-0123456789abcdef0',
  );
  return {
    vpcId: textField(/^vpc-[0-9a-f]{8,17}$/, 'a network with a vpcId such as vpc-0123456789abcdef0')(vpcId),
    subnets: listField(subnet)(subnets),
    ...(securityGroupId === undefined ? {} : { securityGroupId: group(securityGroupId) }),
    ...(publicAddresses === undefined ? {} : { publicAddresses: yesOrNo(publicAddresses) }),
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
      `must be a script that begins with #!, or the path of one; there is no file ${quote(path)}`,
    );
  }
};

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** What a file from another system has, and at which neither bash nor Lambda's environment can do anything good. */
const foreign = [
  { sign: '\ufeff', is: 'has a byte order mark', right: 'save it as UTF-8 without one' },
  { sign: '\r', is: 'has carriage returns', right: 'save it with the line ends of Unix (LF)' },
  { sign: '\u0000', is: 'has a zero byte', right: 'it must be text' },
  { sign: '\ufffd', is: 'is not UTF-8', right: 'save it as UTF-8' },
] as const;

const requireText = (script: string): void => {
  for (const { sign, is, right } of foreign) {
    const at = script.indexOf(sign);
    if (at >= 0) throw new FieldInvalid(`${is}, first in line ${lineOf(script, at)}: ${right}`);
  }
  if (script === '' || /^#!\s*(\/usr)?\/bin\/(env\s+)?(ba)?sh\b/.test(script)) return;
  throw new FieldInvalid(
    `must be a bash script that begins with #!/bin/bash, and begins with ${quote(script.split('\n')[0])}`,
  );
};

const bootScript: FieldReader<string> = (value) => {
  if (typeof value !== 'string') throw new FieldInvalid('must be a path or a script');
  const isScript = value === '' || /^\ufeff?#!/.test(value) || value.includes('\n');
  const script = isScript ? value : fileText(value);
  requireText(script);
  const bytes = Buffer.byteLength(script);
  if (bytes > longestBootScriptBytes)
    throw new FieldInvalid(`must have at most ${longestBootScriptBytes} bytes, and has ${bytes}`);
  return script;
};

/** The first user's. */
export const defaults = {
  stackName: 'Stint',
  region: 'us-east-2',
  unlistedRegion: false,
  target: 'rr-debugger',
  labelPrefix: 'rr_runner_',
  lifetimeMinutes: 60,
  minimumMinutes: 15,
  instanceTypes: { x86_64: ['c5.9xlarge'], arm64: ['c6g.8xlarge'] },
  classes: {},
  liveRunnerCap: 20,
  queuedShare: 50,
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

/** One address without a name beside it, as SNS takes it. */
const emailForm =
  /^(?=.{6,254}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** How each field is read, and so what would be right. */
export const fields: { readonly [Key in keyof Config]-?: FieldReader<NonNullable<Config[Key]>> } = {
  // A parameter's name must not begin with aws or ssm
  // (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html).
  stackName: textField(
    new RegExp(`^(?!aws|ssm)[a-z][a-z0-9-]{0,${longestStackName - 1}}$`, 'i'),
    `letters, digits and hyphens, a letter first and not aws or ssm, at most ${longestStackName} characters`,
  ),
  region: textField(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'an AWS region such as us-east-2'),
  unlistedRegion: yesOrNo,
  target: textField(new RegExp(`^(${owner}|${repository})$`), 'a GitHub organisation, or owner/repository'),
  labelPrefix: textField(
    new RegExp(`^(?!arch_|class_)[a-z][a-z0-9_-]{0,${maximumLabelLength - reservedLabelLength - 1}}$`, 'i'),
    `letters, digits, _ and -, a letter first and not arch_ or class_, at most ${maximumLabelLength - reservedLabelLength} characters, ` +
      `for a label has ${maximumLabelLength} and needs the others for a run's number`,
  ),
  lifetimeMinutes: wholeNumberField(20, 120),
  minimumMinutes: wholeNumberField(1, 110),
  instanceTypes,
  classes,
  liveRunnerCap: wholeNumberField(1, 1_000),
  queuedShare: wholeNumberField(0, 90),
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
  alarmEmail: textField(emailForm, 'one e-mail address such as operator@example.org'),
  requestBurst: wholeNumberField(4, 1_000),
  requestsPerSecond: positiveNumberField(1_000),
};
