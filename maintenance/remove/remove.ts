import { cloudFormationStacks } from '../adapters/stacks.ts';
import { requireAws } from '../require-aws.ts';
import { deploymentOf, isOurs, outputsOf, type StackReading, type Stacks } from '../stack.ts';
import { lookBack, lookForLeftovers } from './afterwards.ts';
import { type Deployed, drainageOf } from './drainage.ts';
import { type Emptied, emptyStack } from './empty-stack.ts';
import type { Drainage } from './ports.ts';
import type { RemoveOptions, RemoveWorld } from './remove-options.ts';
import { removeStack } from './stack-removal.ts';

/** Why a stack is not to be touched now; `undefined` when nothing speaks against it. */
const obstacle = (stack: StackReading): string | undefined => {
  const { name, status, isProtected } = stack;
  if (!isOurs(stack))
    return `${name} is not a stack of Stint’s. Set stackName to another name: -c stackName=…`;
  if (isProtected)
    return (
      `${name} is protected from removal. If it shall go: ` +
      `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`
    );
  if (status.endsWith('_IN_PROGRESS') && status !== 'DELETE_IN_PROGRESS')
    return `${name} is ${status}. Run npm run remove again when that has come to its end.`;
  return undefined;
};

const finish = async (
  world: RemoveWorld,
  stacks: Stacks,
  { id, name }: StackReading,
  drainage: Drainage | undefined,
): Promise<number> => {
  const { say } = world;
  const outcome = await removeStack(stacks, world, id);
  if (outcome.kind === 'removed') {
    say(`${name} is removed`);
    return lookForLeftovers(world, stacks, id, drainage);
  }
  say(outcome.kind === 'slow' ? `${name} is still being removed.` : `${name} could not be removed:`);
  if (outcome.kind === 'failed') for (const reason of outcome.reasons) say(`  ${reason}`);
  say('Run npm run remove again: it goes on where it stopped.');
  return 1;
};

/** What lives in a stack is known by its outputs; one that never was whole has none, and no lives. */
const deployedOf = (stack: StackReading): Deployed | undefined => {
  const outputs = outputsOf(stack);
  return outputs === undefined
    ? undefined
    : { ...outputs, deployment: deploymentOf(stack.id), stackName: stack.name };
};

/** A stack whose removal is under way is not emptied, but waited for: if something lives in it, that fails. */
const isToBeEmptied = ({ status }: StackReading): boolean => status !== 'DELETE_IN_PROGRESS';

/**
 * Removes a deployment: closes its doors, ends what lives, and only then removes the stack, which takes the
 * schedules and the sweep with it. Whatever it needs to know it reads from AWS and GitHub, so that it can be run
 * again after any interruption. The result is the command's exit status.
 */
export const remove = async (world: RemoveWorld, options: RemoveOptions): Promise<number> => {
  const { surroundings, say } = world;
  const { stackName } = surroundings.config;
  await requireAws(surroundings);
  const stacks = cloudFormationStacks(surroundings.aws);
  const stack = await stacks.read(stackName);
  if (stack === undefined) return lookBack(world, stacks, stackName);
  const against = obstacle(stack);
  if (against !== undefined) {
    say(against);
    return 1;
  }
  say(`${stackName} in ${surroundings.config.region}, deployment ${deploymentOf(stack.id)}, ${stack.status}`);
  const deployed = deployedOf(stack);
  const drainage = deployed === undefined ? undefined : drainageOf(surroundings, deployed);
  const emptied =
    deployed !== undefined && drainage !== undefined && isToBeEmptied(stack)
      ? await emptyStack(world, options, deployed, drainage)
      : await justConfirmed(world, stackName);
  if (emptied !== 'emptied') return emptied === 'declined' ? 2 : 1;
  return finish(world, stacks, stack, drainage);
};

const justConfirmed = async ({ confirm }: RemoveWorld, stackName: string): Promise<Emptied> =>
  (await confirm(stackName)) ? 'emptied' : 'declined';
