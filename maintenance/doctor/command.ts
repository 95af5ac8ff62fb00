import { parseArgs } from 'node:util';
import { commonOf, commonOptions, commonUsage, orUsageInvalid } from '../command-line.ts';
import { exitStatus, reportLines, summaryOf } from '../report.ts';
import { type CommandOutput, runCommand } from '../run-command.ts';
import { type Input, inputText } from '../secret/credential-input.ts';
import { readCredential } from '../secret/credential-text.ts';
import { type Surroundings, surroundingsOf } from '../surroundings.ts';
import { doctor } from './doctor.ts';
import type { GitHubSectionOptions } from './github-section.ts';

export const doctorUsage = `npm run doctor -- [options]

Looks at everything that a deployment needs, before it and after, and tells you how to
fix each problem. It changes nothing. Exit status 1: a check failed.

  --credential FILE   look at this GitHub credential and not at the stack’s; - is the standard input
  --app-id ID         the App’s id, if FILE is its private key
  --installation-id N where the App is installed, if FILE is its private key
  --try-write         also try to register a runner without a name, which GitHub must refuse
  --json              the findings as JSON
${commonUsage}`;

const options = {
  ...commonOptions,
  credential: { type: 'string' },
  'app-id': { type: 'string' },
  'installation-id': { type: 'string' },
  'try-write': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

const read = (args: readonly string[]) =>
  orUsageInvalid(() => parseArgs({ args: [...args], options }), options).values;

type Values = ReturnType<typeof read>;

export interface DoctorWorld extends CommandOutput {
  readonly stdin: Input;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly surroundings?: Surroundings;
}

const githubOptions = async (values: Values, stdin: Input): Promise<GitHubSectionOptions> => {
  const { credential: file, 'app-id': appId, 'installation-id': installationId } = values;
  const isWriteTried = values['try-write'] === true;
  if (file === undefined) return { isWriteTried };
  const { credential } = readCredential({
    text: await inputText(file, stdin),
    ...(appId === undefined ? {} : { appId }),
    ...(installationId === undefined ? {} : { installationId }),
  });
  return { isWriteTried, credential: { credential, from: file === '-' ? 'the standard input' : file } };
};

const examine = async (args: readonly string[], world: DoctorWorld): Promise<number> => {
  const { print, stdin, variables } = world;
  const values = read(args);
  if (values.help === true) {
    print(doctorUsage);
    return 0;
  }
  const surroundings =
    world.surroundings ??
    surroundingsOf(
      orUsageInvalid(() => commonOf(values)),
      variables,
    );
  const findings = await doctor(surroundings, await githubOptions(values, stdin));
  if (values.json === true) print(JSON.stringify({ findings, summary: summaryOf(findings) }, undefined, 2));
  else for (const line of reportLines(findings)) print(line);
  return exitStatus(findings);
};

/** The command `npm run doctor`, to its exit status. */
export const doctorCommand = (args: readonly string[], world: DoctorWorld): Promise<number> =>
  runCommand(doctorUsage, world, () => examine(args, world));
