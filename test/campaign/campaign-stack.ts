import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Stack } from '../../local/template/stack.ts';

/** The stack as it would be deployed with these settings. Rejects with whatever the synthesis throws. */
export const simulatedStack = async (context: Readonly<Record<string, unknown>>): Promise<Stack> => {
  const synthesis = new Worker(new URL('./synthesis.ts', import.meta.url), { workerData: context });
  const [stack] = (await once(synthesis, 'message')) as [Stack];
  await synthesis.terminate();
  return stack;
};

/** The stack as it would be deployed, but for open admission. */
export const campaignStack = (): Promise<Stack> => simulatedStack({ admission: 'open' });
