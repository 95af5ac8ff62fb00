import { type Architecture, architectures } from '../architecture.ts';
import { Cache } from '../cache.ts';
import type { Clock } from '../ports.ts';
import { absent, type Item, type ItemKey, type ItemPutter, type ItemReader } from '../table.ts';

/** How many of the newest provisions say what is usual; fewer than the least say nothing. */
const most = 20;
const least = 3;

/** For how long it is cached: what is usual does not change within minutes. */
export const usualCacheSeconds = 300;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] =
    sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : [sorted[middle], sorted[middle]];
  return (low + high) / 2;
};

const keyOf = (architecture: Architecture): ItemKey => ({ pk: 'usual', sk: architecture });

/** The seconds in an item, newest first; whatever is no number is as good as nothing. */
const secondsIn = (item: Item | undefined): readonly number[] =>
  String(item?.['seconds'] ?? '')
    .split(' ')
    .map(Number)
    .filter((seconds) => seconds > 0 && Number.isFinite(seconds));

/** What is usual by the seconds that provisions took, newest first. */
export const usualSeconds = (seconds: readonly number[]): number | undefined =>
  seconds.length < least ? undefined : Math.round(median(seconds.slice(0, most)));

export type UsualTime = (architecture: Architecture) => Promise<number | undefined>;

/**
 * How long a provision for an architecture usually takes, asked at most once in {@link usualCacheSeconds}. Without an
 * answer nothing is usual: a status does not fail for it.
 */
export const usualTime = (table: ItemReader, clock: Clock): UsualTime => {
  const cache = new Cache<Promise<number | undefined>>(clock, architectures.length);
  const ask = async (architecture: Architecture): Promise<number | undefined> =>
    usualSeconds(secondsIn(await table.read(keyOf(architecture)).catch(() => undefined)));
  return (architecture) =>
    cache.get(architecture) ?? cache.set(architecture, ask(architecture), usualCacheSeconds);
};

/**
 * Remembers how long a provision took. When another has been remembered in the same moment, this one is left out.
 * Throws AwsUnavailable or AwsRefused.
 */
export const rememberSeconds = async (
  table: ItemReader & ItemPutter,
  architecture: Architecture,
  seconds: number,
): Promise<void> => {
  const key = keyOf(architecture);
  const known = await table.read(key);
  const newest = [Math.round(seconds), ...secondsIn(known)].slice(0, most);
  const before = known?.['seconds'];
  await table.put(
    { ...key, seconds: newest.join(' ') },
    before === undefined ? absent : [{ seconds: { is: before } }],
  );
};
