import type { Log } from './log.ts';

/** What is of use and no more is not waited for longer: the step that does it has a time-out of its own. */
const patienceMs = 4_000;

const inTime = async <T>(work: () => Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`No answer within ${patienceMs} ms`)), patienceMs);
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Does what is of use and no more: when it fails, or takes its time, that is logged, there is no result, and whoever does
 * it goes on.
 */
export const unharmed = async <T>(log: Log, what: string, work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await inTime(work);
  } catch (error) {
    log('left undone', { what, reason: String(error) });
    return undefined;
  }
};
