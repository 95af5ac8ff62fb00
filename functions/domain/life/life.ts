// A life is one execution of provision-runner and all that it made: a registration, its instances, a schedule.
// Its name is the execution's, `<label>_<architecture>-<n>`; what is destroyed is a life.

import { type Architecture, isArchitecture } from '../architecture.ts';

/** What a life's name says: the n-th runner of a label and architecture. */
export interface Life {
  readonly label: string;
  readonly architecture: Architecture;
  readonly n: number;
}

/** The largest n; beyond it the names made of a life no longer fit GitHub's and AWS's limits. */
export const maximumLives = 999;

/** A life's name, which is its provision execution's name: `<label>_<architecture>-<n>`. */
export const lifeName = ({ label, architecture, n }: Life): string => `${label}_${architecture}-${n}`;

/** The life that `name` names, or `undefined` when it names none. */
export const parseLifeName = (name: string): Life | undefined => {
  const [, label, architecture, n] = /^([A-Za-z0-9_-]+)_(x86_64|arm64)-([1-9][0-9]{0,2})$/.exec(name) ?? [];
  return label !== undefined && isArchitecture(architecture)
    ? { label, architecture, n: Number(n) }
    : undefined;
};

/** The name a launch round registers at GitHub: `<life>-<round>-<deployment>`. */
export const runnerName = (life: string, round: number, deployment: string): string =>
  `${life}-${round}-${deployment}`;

/** The parts of a registered runner's name, or `undefined` when the name is not of `deployment`. */
export const parseRunnerName = (
  name: string,
  deployment: string,
): { readonly life: string; readonly round: number } | undefined => {
  if (!name.endsWith(`-${deployment}`)) return undefined;
  const [, life, round] = /^(.+)-([1-9])$/.exec(name.slice(0, -deployment.length - 1)) ?? [];
  return life !== undefined && parseLifeName(life) !== undefined ? { life, round: Number(round) } : undefined;
};

/** The most launch rounds that a life has: one, and one more on-demand when its instance was lost. */
export const maximumRounds = 2;

/** Every name under which a life can be registered at GitHub. */
export const runnerNames = (life: string, deployment: string): readonly string[] =>
  Array.from({ length: maximumRounds }, (_, index) => runnerName(life, index + 1, deployment));

/** The name of the schedule that ends a life: `<life>-<deployment>`. */
export const scheduleName = (life: string, deployment: string): string => `${life}-${deployment}`;

/** The life that a schedule's name names, or `undefined` when the schedule is not of `deployment`. */
export const parseScheduleName = (name: string, deployment: string): string | undefined => {
  if (!name.endsWith(`-${deployment}`)) return undefined;
  const life = name.slice(0, -deployment.length - 1);
  return parseLifeName(life) === undefined ? undefined : life;
};
