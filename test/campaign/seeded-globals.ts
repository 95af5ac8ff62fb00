import type { Random } from './random.ts';

const hex = (random: Random): string =>
  Math.floor(random.next() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0');

/** 128 bits in the form of a UUID. */
const uuid = (random: Random): ReturnType<typeof crypto.randomUUID> => {
  const digits = hex(random) + hex(random) + hex(random) + hex(random);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
};

/**
 * Makes the process's own randomness follow from the seed: the jitter of retries, and identifiers. Keys and
 * nonces stay truly random, for nothing is decided by their bytes. Gives back a function that undoes it.
 */
export const installSeededGlobals = (random: Random): (() => void) => {
  const { random: mathRandom } = Math;
  const { randomUUID } = crypto;
  Math.random = random.next;
  crypto.randomUUID = () => uuid(random);
  return () => {
    Math.random = mathRandom;
    crypto.randomUUID = randomUUID;
  };
};
