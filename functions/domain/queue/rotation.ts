import type { Clock } from '../ports.ts';

/**
 * So many of the items, others each minute, so that each has its turn however many there are: nobody can keep the others
 * out by being many.
 */
export const ofThisMinute = <T>(items: readonly T[], most: number, clock: Clock): readonly T[] => {
  if (items.length <= most) return items;
  const minute = Math.floor(clock().getTime() / 60_000);
  const from = (minute * most) % items.length;
  return [...items.slice(from), ...items.slice(0, from)].slice(0, most);
};
