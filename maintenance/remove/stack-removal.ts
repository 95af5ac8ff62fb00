import { addSeconds } from '../../functions/domain/timing.ts';
import type { Stacks } from '../stack.ts';
import type { RemovalPace } from './ports.ts';

export type StackRemovalOutcome =
  | { readonly kind: 'removed' }
  | { readonly kind: 'failed'; readonly reasons: readonly string[] }
  | { readonly kind: 'slow' };

const pollSeconds = 10;

/** Networks and key policies take minutes; an hour means that a person must look. */
const patienceSeconds = 3_600;

/** Removes the stack, or goes on waiting for a removal that was begun before. */
export const removeStack = async (
  stacks: Stacks,
  { clock, sleep, say }: RemovalPace,
  stackId: string,
): Promise<StackRemovalOutcome> => {
  const until = addSeconds(clock(), patienceSeconds);
  if ((await stacks.read(stackId))?.status !== 'DELETE_IN_PROGRESS') {
    await stacks.remove(stackId);
    say('CloudFormation removes the stack');
  }
  while (clock() < until) {
    const status = (await stacks.read(stackId))?.status;
    if (status === undefined || status === 'DELETE_COMPLETE') return { kind: 'removed' };
    if (status === 'DELETE_FAILED') return { kind: 'failed', reasons: await stacks.failures(stackId) };
    await sleep(pollSeconds);
  }
  return { kind: 'slow' };
};
