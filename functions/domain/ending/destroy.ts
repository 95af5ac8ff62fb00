/** Why a life is destroyed, as its destroy executions are named. */
export const destroyReasons = [
  'asked',
  'failed',
  'ended',
  'sweep',
  'deadline',
  'removal',
  'unneeded',
] as const;

export type DestroyReason = (typeof destroyReasons)[number];

/** `graceful` never ends a busy runner; `forced` ends whatever there is. */
export type DestroyMode = 'graceful' | 'forced';

/** More destroys than this for one life and reason mean that a person must look. */
export const maximumDestroys = 99;

/** The input of a destroy-runner execution. */
export interface DestroyInput {
  readonly life: string;
  readonly deployment: string;
  readonly reason: DestroyReason;
  readonly mode: DestroyMode;
  /** ISO 8601; absent when whoever starts the destroy does not know it. */
  readonly deadline?: string;
}

/** The name of the k-th destroy execution of a life for a reason: `<life>-<reason>-<k>`. */
export const destroyName = (life: string, reason: DestroyReason, k: number): string =>
  `${life}-${reason}-${k}`;

/** The life and reason that a destroy execution's name names, or `undefined` when it names none. */
export const parseDestroyName = (
  name: string,
): { readonly life: string; readonly reason: DestroyReason; readonly k: number } | undefined => {
  const [, life, reason, k] = /^(.+)-([a-z]+)-([1-9][0-9]*)$/.exec(name) ?? [];
  const known = destroyReasons.find((candidate) => candidate === reason);
  return life !== undefined && known !== undefined ? { life, reason: known, k: Number(k) } : undefined;
};
