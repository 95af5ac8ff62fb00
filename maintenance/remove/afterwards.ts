import { deploymentInstances } from '../adapters/deployment-instances.ts';
import { existingLogGroups } from '../adapters/log-groups.ts';
import { deploymentOf, type Stacks } from '../stack.ts';
import { leftoversOf } from './leftovers.ts';
import type { Drainage } from './ports.ts';
import type { RemoveWorld } from './remove-options.ts';

/** Looks for what a removed stack has left, and says so. The result is the exit status: 1 when something is left. */
export const lookForLeftovers = async (
  { surroundings, say }: RemoveWorld,
  stacks: Stacks,
  stackId: string,
  drainage: Drainage | undefined,
): Promise<0 | 1> => {
  const { aws } = surroundings;
  const left = await leftoversOf(
    {
      stacks,
      instances: () => deploymentInstances(aws, deploymentOf(stackId)),
      existingLogGroups: existingLogGroups(aws),
      ...(drainage === undefined
        ? {}
        : { registrations: async () => (await drainage.survey()).registrations }),
    },
    stackId,
  );
  if (left.length === 0) {
    say('Nothing is left. (KMS deletes the sealing key for good in 7 days; until then it costs nothing.)');
    return 0;
  }
  say('This is left, and has to be removed by hand:');
  for (const what of left) say(`  ${what}`);
  return 1;
};

/** What there is to do when the stack is not there: to look whether one that was has left anything. */
export const lookBack = async (world: RemoveWorld, stacks: Stacks, name: string): Promise<0 | 1> => {
  const { say, surroundings } = world;
  const removed = await stacks.lastDeleted(name);
  if (removed === undefined) {
    say(
      `There is no stack ${name} in ${surroundings.config.region}, and there was none in the last 90 days.`,
    );
    return 0;
  }
  say(`${name} has been removed already. Looking for what it left.`);
  return lookForLeftovers(world, stacks, removed, undefined);
};
