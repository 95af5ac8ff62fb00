import type { Mistake } from '../api/problem.ts';
import { type Architecture, architectures, isArchitecture } from '../architecture.ts';
import { labelProblem } from '../label.ts';
import { defaultClass } from '../machine-class.ts';
import { isRepository } from '../workflow-run.ts';

/** A field's value, or what is wrong with it. */
export type Field<T> =
  | { readonly value: T; readonly mistakes: readonly [] }
  | { readonly value?: undefined; readonly mistakes: readonly Mistake[] };

const right = <T>(value: T): Field<T> => ({ value, mistakes: [] });

const wrong = (field: string, detail: string): Field<never> => ({ mistakes: [{ field, detail }] });

const architectureNames = architectures.map((name) => `"${name}"`).join(' or ');

export const labelField = (field: string, value: unknown, prefix: string): Field<string> => {
  const problem = labelProblem(value, prefix);
  return typeof value === 'string' && problem === undefined
    ? right(value)
    : wrong(field, problem ?? 'must be a string');
};

export const architectureField = (field: string, value: unknown): Field<Architecture> =>
  isArchitecture(value) ? right(value) : wrong(field, `must be ${architectureNames}`);

/** A list of at least one and at most `most` items, each by itself; all their mistakes. */
const listField = <T>(
  field: string,
  value: unknown,
  most: number,
  itemField: (field: string, item: unknown) => Field<T>,
): Field<readonly T[]> => {
  if (!Array.isArray(value)) return wrong(field, 'must be a list');
  if (value.length === 0) return wrong(field, 'must not be empty');
  if (value.length > most) return wrong(field, `must have at most ${most} items`);
  const items = value.map((item: unknown, index) => itemField(`${field}[${index}]`, item));
  const mistakes = items.flatMap((item) => item.mistakes);
  if (mistakes.length > 0) return { mistakes };
  return right(items.flatMap((item) => (item.value === undefined ? [] : [item.value])));
};

export const architecturesField = (field: string, value: unknown): Field<readonly Architecture[]> => {
  const list = listField(field, value, architectures.length, architectureField);
  const isRepeated = new Set(list.value).size < (list.value?.length ?? 0);
  return isRepeated ? wrong(field, 'must name each architecture once') : list;
};

/** Each label costs calls to AWS. */
export const maximumLabels = 10;

/** A label that stands twice is one: asking twice for an end is harmless. */
export const labelsField = (field: string, value: unknown, prefix: string): Field<readonly string[]> => {
  const list = listField(field, value, maximumLabels, (name, item) => labelField(name, item, prefix));
  return list.value === undefined ? list : right([...new Set(list.value)]);
};

/** The class's name; nothing for the default one, which needs no name. */
export const classField = (
  field: string,
  value: unknown,
  names: readonly string[],
): Field<string | undefined> => {
  const named = names.find((name) => name === value);
  if (named === undefined)
    return wrong(
      field,
      `must be one of this deployment's classes: ${names.map((name) => `"${name}"`).join(', ')}`,
    );
  return right(named === defaultClass ? undefined : named);
};

export const repositoryField = (field: string, value: unknown): Field<string> =>
  isRepository(value)
    ? right(value)
    : wrong(field, 'must be "<owner>/<name>", as github.repository is in a workflow');

export const runIdField = (field: string, value: unknown): Field<number> =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0
    ? right(value)
    : wrong(field, 'must be a positive whole number, as github.run_id is in a workflow');
