import { Problem } from '../api/problem.ts';
import { Cache } from '../cache.ts';
import type { Clock } from '../ports.ts';
import type { AdmissionRule } from './admission.ts';

export interface SwitchReader {
  /** What the operator has set: `open`, `closed`, or `closed: <why, for whoever is refused>`. */
  position(): Promise<string>;
}

export interface SwitchSetter {
  setPosition(position: string): Promise<void>;
}

/** For how long a position is cached: flipping the switch takes effect within it. */
export const switchCacheSeconds = 10;

/** An operator or a budget seldom opens again within a minute. */
const closedRetrySeconds = 300;

/** Reads the switch at most once in {@link switchCacheSeconds}; a failure is not cached. */
export const cachedSwitch = (reader: SwitchReader, clock: Clock): SwitchReader => {
  const cache = new Cache<string>(clock, 1);
  return {
    position: async () =>
      cache.get('position') ?? cache.set('position', await reader.position(), switchCacheSeconds),
  };
};

const isOpen = (position: string): boolean => position.trim().toLowerCase() === 'open';

/** Whatever is not `open` is closed: an operator in a hurry may have typed anything. */
export const admissionSwitch = (reader: SwitchReader): AdmissionRule => ({
  admit: async () => {
    const position = (await reader.position()).trim();
    if (isOpen(position)) return;
    const why = /^closed:\s*(.+)$/is.exec(position)?.[1]?.slice(0, 300);
    throw new Problem(
      'admission-closed',
      `Admission is closed${why === undefined ? " by the deployment's operator" : `: ${why}`}. ` +
        'Runners that exist are not touched. Ask again later.',
      { rule: 'switch', retryAfterSeconds: closedRetrySeconds },
    );
  },
});

/** The position that says that a budget has closed admission, and no person. */
const budgetPosition = (hours: number | string): string =>
  `closed: the budget of ${hours} runner-hours a day is used up`;

/** Whatever the budget was when it closed: a deployment can have changed it since. */
const isClosedByBudget = (position: string): boolean =>
  new RegExp(`^${budgetPosition('[0-9]+')}$`).test(position);

/**
 * The position to which the budget moves the switch, `undefined` when it leaves it: what a person has closed stays
 * closed, and only what the budget has closed does it open again.
 */
export const budgetMove = (position: string, isUsedUp: boolean, hours: number): string | undefined => {
  if (isUsedUp) return isOpen(position) ? budgetPosition(hours) : undefined;
  return isClosedByBudget(position) ? 'open' : undefined;
};
