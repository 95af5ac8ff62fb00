/** Numbers that follow from a seed alone, so that whatever is drawn from them can be drawn again. */
export interface Random {
  /** From 0, up to but without 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  /** One of them; there must be one. */
  pick<T>(items: readonly T[]): T;
  /** Another sequence, by the seed and a name: what is drawn from one changes nothing in the other. */
  fork(name: string | number): Random;
}

/** FNV-1a over the text, 32 bits. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
};

/** The generator sfc32 of PractRand, by Chris Doty-Humphrey: 128 bits of state, chaotic, with a counter. */
const sfc32 = (seed: string): (() => number) => {
  let a = hash(`${seed}/a`);
  let b = hash(`${seed}/b`);
  let c = hash(`${seed}/c`);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  for (let warm = 0; warm < 12; warm += 1) next();
  return next;
};

/** The numbers of a seed. */
export const randomOf = (seed: string): Random => {
  const next = sfc32(seed);
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: <T>(items: readonly T[]): T => items[between(0, items.length - 1)] as T,
    fork: (name) => randomOf(`${seed}/${name}`),
  };
};
