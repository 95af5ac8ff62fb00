import type { Architecture } from '../architecture.ts';
import { isPast } from '../status/life-status.ts';
import { lifeName, maximumLives } from './life.ts';
import { type LifePorts, type LifeReading, readLife } from './life-reading.ts';

/** A label's newest life for an architecture. */
export interface NewestLife {
  readonly n: number;
  readonly reading: LifeReading;
}

/**
 * The largest n that exists. Lives are counted up without gaps, so doubling and then halving finds it in few
 * calls. (Step Functions forgets an execution 90 days after its end; a label that is used again on that very
 * day can lose sight of a later life for the hour that this one lives.)
 */
const lastExisting = async (exists: (n: number) => Promise<boolean>): Promise<number> => {
  let known = 1;
  let absent = 2;
  while (absent <= maximumLives && (await exists(absent))) {
    known = absent;
    absent *= 2;
  }
  absent = Math.min(absent, maximumLives + 1);
  while (absent - known > 1) {
    const middle = Math.floor((known + absent) / 2);
    if (await exists(middle)) known = middle;
    else absent = middle;
  }
  return known;
};

/**
 * Finds the newest life of a label and architecture, `undefined` when there is none. While the first is not
 * past no other can have begun, and nearly every label has only one: that case costs no search.
 */
export const newestLife = async (
  ports: LifePorts,
  label: string,
  architecture: Architecture,
): Promise<NewestLife | undefined> => {
  const nameOf = (n: number): string => lifeName({ label, architecture, n });
  const first = await readLife(ports, nameOf(1));
  if (first === undefined) return undefined;
  if (!isPast(first)) return { n: 1, reading: first };
  const n = await lastExisting(
    async (candidate) => (await ports.provisions.provision(nameOf(candidate))) !== undefined,
  );
  const reading = n === 1 ? first : await readLife(ports, nameOf(n));
  return reading === undefined ? { n: 1, reading: first } : { n, reading };
};
