import { releaseSeats } from '../domain/admission/pools.ts';
import { tellGone } from '../domain/status/life-news.ts';
import type { Runtime } from './runtime.ts';
import { changesItems, deletesItems, listsItems } from './table.ts';
import { unharmed } from './unharmed.ts';

/**
 * What the table is told of a life of which nothing is left. It never fails: the sweep gives the seats back of which
 * this could not.
 */
export const forgettingOf = (runtime: Runtime) => {
  const { clock, log } = runtime;
  const gone = tellGone(changesItems(runtime), clock);
  const seats = { ...listsItems(runtime), ...deletesItems(runtime) };
  return async (life: string): Promise<void> => {
    await unharmed(log, `the status of ${life}`, () => gone(life));
    await unharmed(log, `the seats of ${life}`, () => releaseSeats(seats, life));
  };
};
