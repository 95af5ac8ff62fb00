import { parseArgs } from 'node:util';
import { commonOf, orUsageInvalid } from '../command-line.ts';
import { requireAws } from '../require-aws.ts';
import { type CommandOutput, runCommand } from '../run-command.ts';
import { surroundingsOf } from '../surroundings.ts';

export const deployUsage = `npm run deploy -- [options of cdk deploy]

Checks the configuration and whether AWS knows you, and then runs cdk deploy, which shows what it will be allowed to
do and asks. npm run diff shows what it would change.

  -c KEY=VALUE        a setting over what cdk.json says; may be repeated
  --profile NAME      a profile of the AWS command line
  --help              this text`;

export interface DeployWorld extends CommandOutput {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Runs cdk with arguments and gives its exit status. */
  readonly cdk: (args: readonly string[]) => Promise<number>;
}

const options = {
  context: { type: 'string', short: 'c', multiple: true },
  profile: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The options that matter here; all others are cdk's. */
const read = (args: readonly string[]) => {
  const { values } = parseArgs({ args: [...args], options, strict: false });
  const texts = (value: unknown): readonly string[] =>
    [value].flat().filter((text) => typeof text === 'string');
  return { context: texts(values.context), profile: texts(values.profile)[0], isHelp: values.help === true };
};

/** The synthesis takes half a minute: what would fail after it is found before it. */
const deploy = async (args: readonly string[], world: DeployWorld): Promise<number> => {
  const { context, profile, isHelp } = read(args);
  if (isHelp) {
    world.print(deployUsage);
    return 0;
  }
  const surroundings = surroundingsOf(
    orUsageInvalid(() => commonOf({ context })),
    world.variables,
  );
  // Another profile's credentials are cdk's to find.
  if (profile === undefined) await requireAws(surroundings);
  return world.cdk(['deploy', ...args]);
};

/** The command `npm run deploy`, to its exit status. */
export const deployCommand = (args: readonly string[], world: DeployWorld): Promise<number> =>
  runCommand(deployUsage, world, () => deploy(args, world));
