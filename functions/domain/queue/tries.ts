import type { Architecture } from '../architecture.ts';
import type { Item, ItemKey } from '../table.ts';
import { secondsBetween } from '../timing.ts';

/** So many lives in a row are started for queued jobs that none of them has served. */
export const mostTries = 3;

/** After a life that failed the next one waits so long: what was wrong may pass. */
const pauseSeconds = 300;

/** What was tried for the queued jobs of a label and architecture. */
export interface Tries {
  readonly count: number;
  readonly at: Date;
  /** The jobs that waited then, by GitHub's ids. */
  readonly jobs: readonly number[];
}

export const triesKey = (label: string, architecture: Architecture): ItemKey => ({
  pk: `queue#${label.toLowerCase()}`,
  sk: architecture,
});

const idsIn = (text: unknown): readonly number[] => {
  try {
    const ids: unknown = JSON.parse(String(text));
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : [];
  } catch {
    return [];
  }
};

/** Reads what somebody can have edited by hand; `undefined` for what says nothing. */
export const readTries = (item: Item | undefined): Tries | undefined => {
  const count = item?.['count'];
  const date = new Date(String(item?.['at']));
  return typeof count === 'number' && !Number.isNaN(date.getTime())
    ? { count, at: date, jobs: idsIn(item?.['jobs']) }
    : undefined;
};

/** Tries as they are kept, for a day: a job waits no longer (https://docs.github.com/actions/reference/limits). */
export const triesItem = (key: ItemKey, { count, at, jobs }: Tries): Item => ({
  ...key,
  count,
  at: at.toISOString(),
  jobs: JSON.stringify(jobs),
  ttl: Math.floor(at.getTime() / 1_000) + 86_400,
});

/**
 * The next try for jobs that wait though a life was there for them. Once one of the jobs that waited at the last try does
 * not wait any more, a life has served, and counting begins anew.
 */
export const nextTry = (
  known: Tries | undefined,
  queued: readonly number[],
  hasFailed: boolean,
  now: Date,
): Tries | 'later' | 'enough' => {
  if (known === undefined || known.jobs.some((id) => !queued.includes(id)))
    return { count: 1, at: now, jobs: queued };
  if (known.count >= mostTries) return 'enough';
  if (hasFailed && secondsBetween(known.at, now) < pauseSeconds) return 'later';
  return { count: known.count + 1, at: now, jobs: queued };
};
