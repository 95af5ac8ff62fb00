import type { Architecture } from '../architecture.ts';
import { parseLifeName } from '../life/life.ts';
import type { Clock, Execution, RecentProvisionReader } from '../ports.ts';
import { addSeconds, secondsBetween } from '../timing.ts';

/** How many of the newest provisions say what is usual; fewer than the least say nothing. */
const most = 20;
const least = 3;

/** For how long it is remembered: what is usual does not change within minutes. */
export const usualMemorySeconds = 300;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] =
    sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : [sorted[middle], sorted[middle]];
  return (low + high) / 2;
};

/** How long a provision for the architecture usually takes, from executions that succeeded, newest first. */
export const usualSeconds = (
  succeeded: readonly Execution[],
  architecture: Architecture,
): number | undefined => {
  const durations = succeeded
    .filter(({ name }) => parseLifeName(name)?.architecture === architecture)
    .slice(0, most)
    .flatMap(({ startedAt, stoppedAt }) =>
      stoppedAt === undefined ? [] : [secondsBetween(startedAt, stoppedAt)],
    );
  return durations.length < least ? undefined : Math.round(median(durations));
};

export type UsualTime = (architecture: Architecture) => Promise<number | undefined>;

/** Asks at most once in {@link usualMemorySeconds}. Without an answer nothing is usual: a status does not fail for it. */
export const usualTime = (reader: RecentProvisionReader, clock: Clock): UsualTime => {
  let known: { readonly succeeded: Promise<readonly Execution[]>; readonly until: Date } | undefined;
  return async (architecture) => {
    if (known === undefined || clock() >= known.until)
      // Both architectures share the list, and one may be rarer than the other.
      known = {
        succeeded: reader.succeeded(5 * most).catch(() => []),
        until: addSeconds(clock(), usualMemorySeconds),
      };
    return usualSeconds(await known.succeeded, architecture);
  };
};
