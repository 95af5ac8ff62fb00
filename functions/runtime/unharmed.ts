import type { Log } from './log.ts';

/** Does what is of use and no more: when it fails, that is logged, and whoever does it goes on. */
export const unharmed = async (log: Log, what: string, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    log('left undone', { what, reason: String(error) });
  }
};
