import type { ConsoleSettings } from '../console-state.ts';

const suffixLetters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four letters or digits that cannot be taken for each other. */
const randomSuffix = (): string =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(4)),
    (byte) => suffixLetters[byte % suffixLetters.length],
  ).join('');

/** A label of a run's first attempt that no one has had: `<prefix><run>_1_<suffix>`. */
export const newLabel = ({ labelPrefix }: ConsoleSettings, runId: number): string =>
  `${labelPrefix}${runId}_1_${randomSuffix()}`;

/** The run that a label of the form `<prefix><run>_<attempt>` names, optionally with a suffix. */
export const runOf = (label: string, { labelPrefix, runId }: ConsoleSettings): number => {
  const [, run] = /^(\d+)_\d+(?:_|$)/.exec(label.slice(labelPrefix.length)) ?? [];
  return run === undefined ? runId : Number(run);
};
