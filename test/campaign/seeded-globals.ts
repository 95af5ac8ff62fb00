import type { Random } from './random.ts';

const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.between(0, 15).toString(16)).join('');

/**
 * Makes the process's own randomness follow from the seed: the jitter of retries, and identifiers. Keys and
 * nonces stay truly random, for nothing is decided by their bytes. Gives back a function that undoes it.
 */
export const installSeededGlobals = (random: Random): (() => void) => {
  const { random: mathRandom } = Math;
  const { randomUUID } = crypto;
  Math.random = random.next;
  crypto.randomUUID = () =>
    `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`;
  return () => {
    Math.random = mathRandom;
    crypto.randomUUID = randomUUID;
  };
};
