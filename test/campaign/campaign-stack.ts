import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Stack } from '../../local/template/stack.ts';

/** The stack as it would be deployed, but for open admission. Rejects with whatever the synthesis throws. */
export const campaignStack = async (): Promise<Stack> => {
  const synthesis = new Worker(new URL('./synthesis.ts', import.meta.url));
  const [stack] = (await once(synthesis, 'message')) as [Stack];
  await synthesis.terminate();
  return stack;
};
