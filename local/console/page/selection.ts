import type { ShownExecution, ShownLife } from '../console-state.ts';

/** What the inspector shows: a life's newest execution, or a certain one of it. */
export interface Selection {
  readonly life?: string;
  readonly execution?: string;
}

/** Whatever began last, whose ever it is. */
export const follow: Selection = {};

export interface Chosen {
  readonly life: ShownLife;
  readonly execution: ShownExecution;
}

const candidates = (lives: readonly ShownLife[]): readonly Chosen[] =>
  lives.flatMap((life) => life.executions.map((execution) => ({ life, execution })));

const later = (a: Chosen, b: Chosen): Chosen => (b.execution.startedAt >= a.execution.startedAt ? b : a);

/** The execution that the selection means; `undefined` when there is none at all. What is no more is not chosen. */
export const chosenExecution = (lives: readonly ShownLife[], selection: Selection): Chosen | undefined => {
  const all = candidates(lives);
  const ofLife = all.filter(({ life }) => life.name === selection.life);
  const exact = ofLife.find(({ execution }) => execution.name === selection.execution);
  const open = ofLife.length > 0 ? ofLife : all;
  return exact ?? (open.length === 0 ? undefined : open.reduce(later));
};
