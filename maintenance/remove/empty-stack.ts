import { destroyPatienceSeconds } from '../../functions/domain/timing.ts';
import { apiStage } from '../adapters/api-stage.ts';
import { changeParameter } from '../adapters/parameters.ts';
import { closeDoors } from './doors.ts';
import { Drain, type DrainOutcome } from './drain.ts';
import type { Deployed } from './drainage.ts';
import { inventory } from './inventory.ts';
import type { Drainage } from './ports.ts';
import type { RemoveOptions, RemoveWorld } from './remove-options.ts';

/** What the slowest destroy may take, and as much again for the looks before and after it. */
const forcedPatienceSeconds = destroyPatienceSeconds + 600;

const patienceSeconds = ({ surroundings }: RemoveWorld, { isWaitingForJobs }: RemoveOptions): number =>
  forcedPatienceSeconds + (isWaitingForJobs ? surroundings.config.lifetimeMinutes * 60 : 0);

const again = 'Run npm run remove again: it goes on where it stopped.';

const leave =
  'npm run remove -- --leave-registrations goes on without GitHub, which deletes what is left of such runners by itself within a day.';

const complaintOf = (outcome: DrainOutcome): readonly string[] => {
  if (outcome.kind === 'drained') return [];
  if (outcome.kind === 'not-allowed')
    return [
      `The lives cannot be ended: ${outcome.reason}`,
      `Log in as somebody who may start executions of the destroy-runner state machine. ${again}`,
    ];
  if (outcome.kind === 'refused')
    return [
      `GitHub does not show whether registrations are left: ${outcome.reason}`,
      `Fill the secret again (npm run fill-secret), and run npm run remove again; or ${leave}`,
    ];
  const isGitHubAlone = outcome.remains.every((what) => !/instance|provision|AWS/.test(what));
  return [
    `There is still ${outcome.remains.join(', ')}. The stack stays, with its doors closed.`,
    isGitHubAlone ? `${again} Or ${leave}` : again,
  ];
};

/** Destroys that only wait for GitHub are of no use any more when GitHub is not waited for. */
const stopDestroys = async (drainage: Drainage): Promise<void> => {
  const { destroys } = await drainage.survey();
  await Promise.all(destroys.map((name) => drainage.stopDestroy(name)));
};

export type Emptied = 'emptied' | 'declined' | 'not-emptied';

/** Ends what lives in a stack: the doors first, then the lives. */
export const emptyStack = async (
  world: RemoveWorld,
  options: RemoveOptions,
  deployed: Deployed,
  drainage: Drainage,
): Promise<Emptied> => {
  const { say, confirm, surroundings } = world;
  const { deployment, stackName, apiId, admissionParameter } = deployed;
  const isForced = !options.isWaitingForJobs;
  for (const line of inventory(await drainage.survey(), deployment, isForced)) say(line);
  if (!(await confirm(stackName))) return 'declined';
  await closeDoors({
    throttle: apiStage(surroundings.aws, apiId),
    setSwitch: (position) => changeParameter(surroundings.aws, admissionParameter, position),
  });
  say('the doors are closed: no request gets in any more');
  const isGitHubHeeded = !options.isLeavingRegistrations;
  const limits = { deployment, isForced, isGitHubHeeded, patienceSeconds: patienceSeconds(world, options) };
  const outcome = await new Drain(drainage, world, limits).run();
  for (const line of complaintOf(outcome)) say(line);
  if (outcome.kind !== 'drained') return 'not-emptied';
  if (!isGitHubHeeded) await stopDestroys(drainage);
  return 'emptied';
};
