import type { ShownExecution, ShownLife } from '../console-state.ts';

/** What the page is about: a life, or a certain execution of it; whatever began last when it names none. */
export interface Selection {
  readonly life?: string;
  readonly execution?: string;
}

export interface Chosen {
  readonly life: ShownLife;
  readonly execution: ShownExecution;
}

const failures = ['FAILED', 'TIMED_OUT', 'ABORTED'];

const later = (a: Chosen, b: Chosen): Chosen => (b.execution.startedAt >= a.execution.startedAt ? b : a);

/** Of a life that failed the execution that did, of others the newest. */
const tellingOf = (all: readonly Chosen[]): Chosen | undefined => {
  const failed = all.find(({ execution }) => failures.includes(execution.status));
  if (all[0]?.life.status === 'failed' && failed !== undefined) return failed;
  return all.length === 0 ? undefined : all.reduce(later);
};

/** The execution that the selection means; `undefined` when there is none at all. */
export const chosenExecution = (lives: readonly ShownLife[], selection: Selection): Chosen | undefined => {
  const all = lives.flatMap((life) => life.executions.map((execution) => ({ life, execution })));
  const ofLife = all.filter(({ life }) => life.name === selection.life);
  if (ofLife.length === 0) return all.length === 0 ? undefined : all.reduce(later);
  return ofLife.find(({ execution }) => execution.name === selection.execution) ?? tellingOf(ofLife);
};
