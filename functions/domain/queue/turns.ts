import type { Clock } from '../ports.ts';

const rotated = <T>(items: readonly T[], by: number): readonly T[] => {
  const from = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(from), ...items.slice(0, from)];
};

/** The first of each group, then the second of each, and so on. */
const interleaved = <T>(groups: readonly (readonly T[])[]): readonly T[] => {
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    groups.flatMap((group) => group.slice(index, index + 1)),
  ).flat();
};

/**
 * So many of the items, others each minute, and of each group as many as of any other: nobody can keep the others out by
 * being many.
 */
export const turnsOfThisMinute = <T>(
  items: readonly T[],
  groupOf: (item: T) => string,
  most: number,
  clock: Clock,
): readonly T[] => {
  if (items.length <= most) return items;
  const minute = Math.floor(clock().getTime() / 60_000);
  const groups = [...Map.groupBy(items, groupOf).values()];
  const share = Math.max(1, Math.floor(most / groups.length));
  const turned = rotated(groups, minute * most).map((group) => rotated(group, minute * share));
  return interleaved(turned).slice(0, most);
};
