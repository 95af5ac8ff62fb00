import type { DestroyReader, DestroyStarter } from '../ports.ts';
import { type DestroyInput, type DestroyReason, maximumDestroys } from './destroy.ts';

export interface DestroyPorts {
  readonly destroys: DestroyReader & DestroyStarter;
}

/** Who goes on after a destroy that did not succeed: the sweep, and an operator who removes the deployment. */
const persistent: ReadonlySet<DestroyReason> = new Set(['sweep', 'removal']);

/**
 * Starts the next destroy of a life for a reason, `<life>-<reason>-<k>`, k rising once its predecessor has
 * ended. One that runs is enough. One that did not succeed is left to the sweep, so that nothing restarts
 * itself in a loop. A start that somebody else made first counts as running.
 */
export const startDestroyOnce = async (
  { destroys }: DestroyPorts,
  input: DestroyInput,
): Promise<'started' | 'running' | 'left-to-sweep'> => {
  for (let k = 1; k <= maximumDestroys; k += 1) {
    const predecessor = await destroys.destroy(input.life, input.reason, k);
    if (predecessor === undefined)
      return (await destroys.startDestroy(input, k)) === 'started' ? 'started' : 'running';
    if (predecessor.status === 'RUNNING') return 'running';
    if (predecessor.status !== 'SUCCEEDED' && !persistent.has(input.reason)) return 'left-to-sweep';
  }
  return 'left-to-sweep';
};
