import type { ShownRun } from '../console-state.ts';

/** None that can be taken for another one. */
const suffixLetters = 'abcdefghijkmnpqrstuvwxyz23456789';

const randomSuffix = (): string =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(4)),
    (byte) => suffixLetters[byte % suffixLetters.length],
  ).join('');

/** A label of a run that no one has had: `<prefix><run>_<attempt>_<suffix>`. */
export const newLabel = (prefix: string, { id, attempt }: Pick<ShownRun, 'id' | 'attempt'>): string =>
  `${prefix}${id}_${attempt}_${randomSuffix()}`;
