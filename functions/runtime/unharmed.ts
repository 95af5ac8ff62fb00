import type { Log } from './log.ts';

/** What is of use and no more is not waited for longer: the step that does it has a time-out of its own. */
const patienceMs = 4_000;

const inTime = async (work: () => Promise<unknown>): Promise<void> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`No answer within ${patienceMs} ms`)), patienceMs);
  try {
    await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** Does what is of use and no more: when it fails, or takes its time, that is logged, and whoever does it goes on. */
export const unharmed = async (log: Log, what: string, work: () => Promise<unknown>): Promise<void> => {
  try {
    await inTime(work);
  } catch (error) {
    log('left undone', { what, reason: String(error) });
  }
};
