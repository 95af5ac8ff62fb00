import { gzipSync } from 'node:zlib';
import type { Architecture } from '../architecture.ts';
import { InputInvalid } from '../errors.ts';
import type { RunnerDownload } from '../ports.ts';
import { isRepository, type WorkflowRun } from '../workflow-run.ts';
import { machineProgram } from './machine-program.ts';

export interface UserDataInput {
  /** GitHub's single-use runner configuration. A secret until the runner has used it. */
  readonly jitConfig: string;
  /** When the machine must be off. */
  readonly deadline: Date;
  readonly runnerName: string;
  readonly label: string;
  readonly architecture: Architecture;
  readonly download: RunnerDownload;
  /** The deployment's own: bash, run as root before the runner starts. */
  readonly bootScript?: string;
  /** The run whose jobs the machine takes, and no other's; absent when it may take any. */
  readonly run?: WorkflowRun;
}

/** EC2 takes at most 16 KB, packed, before it is encoded (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html). */
export const maximumUserDataBytes = 16_384;

const forms = {
  jitConfig: /^[A-Za-z0-9+/=_-]+$/,
  name: /^[A-Za-z0-9_-]+$/,
  url: /^https:\/\/[A-Za-z0-9._~/-]+$/,
  filename: /^[A-Za-z0-9_][A-Za-z0-9._-]*$/,
  sha256: /^[0-9a-f]{64}$/,
} as const;

/** A value that goes between single quotes in a shell script, and so may hold nothing but harmless letters. */
const quoted = (what: string, value: string, form: RegExp): string => {
  if (!form.test(value)) throw new InputInvalid(`${what} has characters that it cannot have`);
  return `'${value}'`;
};

const epochSeconds = (date: Date): number => {
  const seconds = Math.floor(date.getTime() / 1_000);
  if (!Number.isInteger(seconds)) throw new InputInvalid('deadline is not a time');
  return seconds;
};

/** Both are empty when there is no run. The form of a repository's name holds nothing that could be more to the shell. */
const runSettings = (run: WorkflowRun | undefined): readonly string[] => {
  if (run === undefined) return [`RUN_ID=''`, `RUN_REPOSITORY=''`];
  if (!isRepository(run.repository) || !Number.isSafeInteger(run.id))
    throw new InputInvalid('The run is not one of a repository');
  return [`RUN_ID='${run.id}'`, `RUN_REPOSITORY='${run.repository}'`];
};

const settings = (input: UserDataInput): string => {
  const { jitConfig, deadline, runnerName, label, architecture, download, bootScript = '', run } = input;
  return [
    `JIT_CONFIG=${quoted('The JIT config', jitConfig, forms.jitConfig)}`,
    `DEADLINE_EPOCH=${epochSeconds(deadline)}`,
    `DEADLINE='${deadline.toISOString()}'`,
    `RUNNER_NAME=${quoted('The runner name', runnerName, forms.name)}`,
    `RUNNER_LABEL=${quoted('The label', label, forms.name)}`,
    `ARCHITECTURE=${quoted('The architecture', architecture, forms.name)}`,
    `DOWNLOAD_URL=${quoted('The download URL', download.url, forms.url)}`,
    `DOWNLOAD_FILE=${quoted('The file name', download.filename, forms.filename)}`,
    `DOWNLOAD_SHA256=${quoted('The checksum', download.sha256, forms.sha256)}`,
    ...runSettings(run),
    `BOOT_SCRIPT_BASE64='${Buffer.from(bootScript, 'utf8').toString('base64')}'`,
  ].join('\n');
};

/** Comments are for those who read the source; on the machine they would only take room. */
const withoutComments = (program: string): string => program.replaceAll(/^#.*\n|^\n/gm, '');

/**
 * What EC2 is given: cloud-init unpacks gzip by itself (https://docs.cloud-init.io/en/latest/explanation/format.html).
 * The same script gives the same bytes.
 */
export const packed = (script: string): Buffer => gzipSync(script, { level: 9 });

/**
 * The script that makes an instance a runner: bash, run by cloud-init as root. The same input gives the same
 * text. Throws InputInvalid when a value could be more than a word to the shell, or the whole, packed, is longer than
 * EC2 takes.
 */
export const userData = (input: UserDataInput): string => {
  const script = `#!/bin/bash\n${settings(input)}\n${withoutComments(machineProgram)}`;
  const surplus = packed(script).length - maximumUserDataBytes;
  if (surplus > 0)
    throw new InputInvalid(
      `The user data has, packed, ${surplus} bytes more than the ${maximumUserDataBytes} that EC2 takes: ` +
        'shorten the boot script by so many.',
    );
  return script;
};
