import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { commonOf, commonOptions, commonUsage, orUsageInvalid, UsageInvalid } from '../command-line.ts';
import { type CommandOutput, runCommand } from '../run-command.ts';
import type { Input } from '../secret/credential-input.ts';
import { surroundingsOf } from '../surroundings.ts';
import { remove } from './remove.ts';

export const removeUsage = `npm run remove -- [options]

Closes the endpoint, ends whatever lives, and then removes the stack with all that it made. It can be interrupted
and run again at any time.

  --wait-for-jobs        let jobs come to their end, which can take as long as a runner may live
  --leave-registrations  do without GitHub’s word that no registration is left
  --yes                  do not ask
${commonUsage}`;

const options = {
  ...commonOptions,
  'wait-for-jobs': { type: 'boolean' },
  'leave-registrations': { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

export interface RemoveCommandWorld extends CommandOutput {
  readonly stdin: Input;
  readonly stdout: NodeJS.WritableStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The stack's name is typed, so that nobody removes another one by a key too many. */
const confirmation =
  (isAssumed: boolean, { stdin, stdout }: RemoveCommandWorld) =>
  async (stackName: string): Promise<boolean> => {
    if (isAssumed) return true;
    if (stdin.isTTY !== true) throw new UsageInvalid('Nobody is there to be asked: give --yes.');
    const asking = createInterface({ input: stdin, output: stdout });
    try {
      return (await asking.question(`Type ${stackName} to remove it: `)).trim() === stackName;
    } finally {
      asking.close();
    }
  };

const run = async (args: readonly string[], world: RemoveCommandWorld): Promise<number> => {
  const { values } = orUsageInvalid(() => parseArgs({ args: [...args], options }), options);
  if (values.help === true) {
    world.print(removeUsage);
    return 0;
  }
  return remove(
    {
      surroundings: surroundingsOf(
        orUsageInvalid(() => commonOf(values)),
        world.variables,
      ),
      confirm: confirmation(values.yes === true, world),
      clock: () => new Date(),
      sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
      say: (what) => world.print(`${new Date().toLocaleTimeString('en-GB')}  ${what}`),
    },
    {
      isWaitingForJobs: values['wait-for-jobs'] === true,
      isLeavingRegistrations: values['leave-registrations'] === true,
    },
  );
};

/** The command `npm run remove`, to its exit status. 2: it was not confirmed. */
export const removeCommand = (args: readonly string[], world: RemoveCommandWorld): Promise<number> =>
  runCommand(removeUsage, world, () => run(args, world));
