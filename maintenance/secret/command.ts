import { parseArgs } from 'node:util';
import { commonOf, commonOptions, commonUsage, orUsageInvalid, UsageInvalid } from '../command-line.ts';
import { type CommandOutput, runCommand } from '../run-command.ts';
import { type Surroundings, surroundingsOf } from '../surroundings.ts';
import { type Input, inputText } from './credential-input.ts';
import { fillSecret } from './fill-secret.ts';

export const fillSecretUsage = `npm run fill-secret -- [FILE] [options]

Puts the GitHub credential into the stack’s secret. It is read from FILE, or from the standard input: a token, an
App’s private key (.pem), or JSON. docs/credentials.md says how to make one.

  --app-id ID         the App’s id, with its private key
  --installation-id N where the App is installed, with its private key
${commonUsage}`;

const options = {
  ...commonOptions,
  'app-id': { type: 'string' },
  'installation-id': { type: 'string' },
} as const;

const read = (args: readonly string[]) =>
  orUsageInvalid(() => parseArgs({ args: [...args], options, allowPositionals: true }), options);

export interface FillSecretWorld extends CommandOutput {
  readonly stdin: Input;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly surroundings?: Surroundings;
}

const fill = async (args: readonly string[], world: FillSecretWorld): Promise<number> => {
  const { values, positionals } = read(args);
  if (values.help === true) {
    world.print(fillSecretUsage);
    return 0;
  }
  if (positionals.length > 1)
    throw new UsageInvalid(`Give one file, not ${positionals.length}: ${positionals.join(', ')}`);
  const surroundings =
    world.surroundings ??
    surroundingsOf(
      orUsageInvalid(() => commonOf(values)),
      world.variables,
    );
  const { 'app-id': appId, 'installation-id': installationId } = values;
  const { kind, secretArn } = await fillSecret(surroundings, {
    text: await inputText(positionals[0], world.stdin),
    ...(appId === undefined ? {} : { appId }),
    ...(installationId === undefined ? {} : { installationId }),
  });
  world.print(`${secretArn} now holds ${kind === 'app' ? 'a GitHub App’s key' : 'a token'}.`);
  world.print('It takes effect within five minutes. Whether it is good for anything: npm run doctor');
  return 0;
};

/** The command `npm run fill-secret`, to its exit status. */
export const fillSecretCommand = (args: readonly string[], world: FillSecretWorld): Promise<number> =>
  runCommand(fillSecretUsage, world, () => fill(args, world));
