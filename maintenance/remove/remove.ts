import { deploymentInstances } from '../adapters/deployment-instances.ts';
import { logGroupExists } from '../adapters/log-groups.ts';
import { cloudFormationStacks } from '../adapters/stacks.ts';
import { deploymentOf, isOurs, outputsOf, type StackReading, type Stacks } from '../stack.ts';
import { drainageOf } from './drainage.ts';
import { type Emptied, emptyStack } from './empty-stack.ts';
import { leftoversOf } from './leftovers.ts';
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

const afterwards = async (
  { surroundings, say }: RemoveWorld,
  stacks: Stacks,
  stackId: string,
  drainage: Drainage | undefined,
): Promise<number> => {
  const { aws } = surroundings;
  const left = await leftoversOf(
    {
      stacks,
      instances: () => deploymentInstances(aws, deploymentOf(stackId)),
      logGroupExists: logGroupExists(aws),
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

const remains = async (world: RemoveWorld, stacks: Stacks, name: string): Promise<number> => {
  const { say, surroundings } = world;
  const removed = await stacks.lastDeleted(name);
  if (removed === undefined) {
    say(
      `There is no stack ${name} in ${surroundings.config.region}, and there was none in the last 90 days.`,
    );
    return 0;
  }
  say(`${name} has been removed already. Looking for what it left.`);
  return afterwards(world, stacks, removed, undefined);
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
    return afterwards(world, stacks, id, drainage);
  }
  say(outcome.kind === 'slow' ? `${name} is still being removed.` : `${name} could not be removed:`);
  if (outcome.kind === 'failed') for (const reason of outcome.reasons) say(`  ${reason}`);
  say('Run npm run remove again: it goes on where it stopped.');
  return 1;
};

const isDraining = ({ status }: StackReading): boolean => status !== 'DELETE_IN_PROGRESS';

/**
 * Removes a deployment: closes its doors, ends what lives, and only then removes the stack, which takes the
 * schedules and the sweep with it. Whatever it needs to know it reads from AWS and GitHub, so that it can be run
 * again after any interruption. The result is the command's exit status.
 */
export const remove = async (world: RemoveWorld, options: RemoveOptions): Promise<number> => {
  const { surroundings, say } = world;
  const { stackName } = surroundings.config;
  const stacks = cloudFormationStacks(surroundings.aws);
  const stack = await stacks.read(stackName);
  if (stack === undefined) return remains(world, stacks, stackName);
  const against = obstacle(stack);
  if (against !== undefined) {
    say(against);
    return 1;
  }
  say(`${stackName} in ${surroundings.config.region}, deployment ${deploymentOf(stack.id)}, ${stack.status}`);
  const outputs = outputsOf(stack);
  const drainage =
    outputs === undefined
      ? undefined
      : drainageOf(surroundings, { ...outputs, deployment: deploymentOf(stack.id), stackName });
  const emptied = await empty(world, options, stack, drainage);
  if (emptied !== 'emptied') return emptied === 'declined' ? 2 : 1;
  return finish(world, stacks, stack, drainage);
};

/** A stack that never was whole has no lives; one that is being removed has none any more. */
const empty = async (
  world: RemoveWorld,
  options: RemoveOptions,
  stack: StackReading,
  drainage: Drainage | undefined,
): Promise<Emptied> => {
  const outputs = outputsOf(stack);
  if (outputs !== undefined && drainage !== undefined && isDraining(stack)) {
    const deployed = { ...outputs, deployment: deploymentOf(stack.id), stackName: stack.name };
    return emptyStack(world, options, deployed, drainage);
  }
  return (await world.confirm(stack.name)) ? 'emptied' : 'declined';
};
