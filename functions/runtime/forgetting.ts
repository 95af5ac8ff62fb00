import { releaseSeats } from '../domain/admission/pools.ts';
import { tellGone } from '../domain/status/life-news.ts';
import type { Runtime } from './runtime.ts';
import { changesItems, deletesItems, listsItems } from './table.ts';
import { unharmed } from './unharmed.ts';

/**
 * What the table is told of a life of which nothing is left. It never fails: a seat that it leaves is found by the sweep,
 * which tells the end then.
 */
export const forgettingOf = (runtime: Runtime) => {
  const { clock, log } = runtime;
  const gone = tellGone(changesItems(runtime), clock);
  const seats = { ...listsItems(runtime), ...deletesItems(runtime) };
  return async (life: string): Promise<void> => {
    await unharmed(log, `the end of ${life}`, async () => {
      await gone(life);
      await releaseSeats(seats, life);
    });
  };
};
