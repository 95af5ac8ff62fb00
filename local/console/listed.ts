/** Every text and number in a value, as one text to search in. */
export const textIn = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textIn).join(' ');
  return value === undefined || value === null ? '' : String(value);
};

/** The items whose text has every word of `wanted`, in any order and case; all of them when it has none. */
export const matching = <T>(
  items: readonly T[],
  wanted: string,
  textOf: (item: T) => string = textIn,
): readonly T[] => {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = textOf(item).toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** One page of a list, and where it is in it; a page that there is not is the last one, one that is no number the first. */
export const pageOf = <T>(items: readonly T[], page: number, size: number) => {
  const count = Math.max(1, Math.ceil(items.length / size));
  const number = Math.min(Math.max(1, Math.floor(page) || 1), count);
  const from = (number - 1) * size;
  return { shown: items.slice(from, from + size), number, count, from };
};
