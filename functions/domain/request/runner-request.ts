import { invalidRequest, type Mistake } from '../api/problem.ts';
import { fieldName, parseJsonObject } from '../api/strict-json.ts';
import type { Architecture } from '../architecture.ts';
import { classNamed, defaultClass, type MachineClasses } from '../machine-class.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import {
  architectureField,
  architecturesField,
  classField,
  type Field,
  labelField,
  labelsField,
  repositoryField,
  runIdField,
} from './request-fields.ts';

export interface CreateRequest {
  readonly operation: 'create';
  readonly label: string;
  readonly architectures: readonly Architecture[];
  /** The class of the machines; absent for the default one. */
  readonly class?: string;
  /** As the caller names it; absent when the caller does not say. Nobody has checked it. */
  readonly run?: WorkflowRun;
}

export interface DestroyRequest {
  readonly operation: 'destroy';
  readonly labels: readonly string[];
}

export type RunnerRequest = CreateRequest | DestroyRequest;

const fieldsOf = {
  create: ['operation', 'label', 'architecture', 'architectures', 'class', 'repository', 'run_id'],
  destroy: ['operation', 'label', 'labels'],
} as const;

/** What of a deployment a request is read against. */
export interface ReadAgainst {
  /** What every label starts with. */
  readonly labelPrefix: string;
  readonly classes: MachineClasses;
}

type Operation = keyof typeof fieldsOf;
type Body = Readonly<Record<string, unknown>>;

const isOperation = (value: unknown): value is Operation => value === 'create' || value === 'destroy';

const has = (body: Body, name: string): boolean => Object.hasOwn(body, name);

/** What stands in the body that the operation does not know; without an operation, what no operation knows. */
const unknownFields = (body: Body, operation: Operation | undefined): readonly Mistake[] => {
  const known: readonly string[] =
    operation === undefined ? [...fieldsOf.create, ...fieldsOf.destroy] : fieldsOf[operation];
  const names = [...new Set(known)].join(', ');
  return Object.keys(body)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      field: fieldName(name),
      detail: `is not a field${operation === undefined ? '' : ` of ${operation}`}; there are ${names}`,
    }));
};

/** The field if it is there; a required one that is not is read as what it is, nothing. */
const optional = <T>(body: Body, name: string, read: (name: string, value: unknown) => Field<T>) =>
  has(body, name) ? read(name, body[name]) : undefined;

/** One value or a list of them, never both; `fallback` is the field that an empty body lacks. */
const oneOrMany = <T>(
  one: Field<T> | undefined,
  many: Field<readonly T[]> | undefined,
  [singular, plural]: readonly [string, string],
): Field<readonly T[]> => {
  if (one !== undefined && many !== undefined)
    return { mistakes: [{ field: plural, detail: `must not be given together with ${singular}` }] };
  if (many !== undefined) return many;
  if (one === undefined) return { mistakes: [{ field: plural, detail: 'must be given' }] };
  return one.value === undefined ? { mistakes: one.mistakes } : { value: [one.value], mistakes: [] };
};

const readRun = (body: Body): Field<WorkflowRun | undefined> => {
  const repository = optional(body, 'repository', repositoryField);
  const id = optional(body, 'run_id', runIdField);
  if (repository === undefined && id === undefined) return { value: undefined, mistakes: [] };
  const mistakes = [
    ...(repository?.mistakes ?? [{ field: 'repository', detail: 'must be given together with run_id' }]),
    ...(id?.mistakes ?? [{ field: 'run_id', detail: 'must be given together with repository' }]),
  ];
  return repository?.value === undefined || id?.value === undefined
    ? { mistakes }
    : { value: { repository: repository.value, id: id.value }, mistakes: [] };
};

/** A class has the architectures for which its types are. */
const classMistakes = (
  { classes }: ReadAgainst,
  name: string | undefined,
  wanted: readonly Architecture[],
): readonly Mistake[] => {
  const has = classNamed(classes, name)?.architectures ?? [];
  const missing = wanted.find((architecture) => !has.includes(architecture));
  if (missing === undefined || has.length === 0) return [];
  return [
    {
      field: 'class',
      detail: `${name ?? defaultClass} has machines for ${has.join(' and ')}, and none for ${missing}`,
    },
  ];
};

const readCreate = (body: Body, against: ReadAgainst): Field<CreateRequest> => {
  const label = labelField('label', body['label'], against.labelPrefix);
  const wanted = oneOrMany(
    optional(body, 'architecture', architectureField),
    optional(body, 'architectures', architecturesField),
    ['architecture', 'architectures'],
  );
  const run = readRun(body);
  const named = optional(body, 'class', (name, value) =>
    classField(name, value, Object.keys(against.classes)),
  );
  const ofClass = [...(named?.mistakes ?? []), ...classMistakes(against, named?.value, wanted.value ?? [])];
  if (label.value === undefined || wanted.value === undefined || run.mistakes.length + ofClass.length > 0)
    return { mistakes: [...label.mistakes, ...wanted.mistakes, ...run.mistakes, ...ofClass] };
  const asked = { operation: 'create', label: label.value, architectures: wanted.value } as const;
  const known = named?.value === undefined ? asked : { ...asked, class: named.value };
  return { value: run.value === undefined ? known : { ...known, run: run.value }, mistakes: [] };
};

const readDestroy = (body: Body, { labelPrefix: prefix }: ReadAgainst): Field<DestroyRequest> => {
  const labels = oneOrMany(
    optional(body, 'label', (name, value) => labelField(name, value, prefix)),
    optional(body, 'labels', (name, value) => labelsField(name, value, prefix)),
    ['label', 'labels'],
  );
  return labels.value === undefined
    ? { mistakes: labels.mistakes }
    : { value: { operation: 'destroy', labels: labels.value }, mistakes: [] };
};

/** Whatever was meant, a label that is there can be judged. */
const readNothing = (body: Body, { labelPrefix: prefix }: ReadAgainst): Field<never> => {
  const label = optional(body, 'label', (name, value) => labelField(name, value, prefix));
  const noOperation = { field: 'operation', detail: 'must be "create" or "destroy"' };
  return { mistakes: [noOperation, ...(label?.mistakes ?? [])] };
};

/** Reads the body of a request and parses it strictly; throws a Problem that names every mistake. */
export const parseRunnerRequest = (json: string, against: ReadAgainst): RunnerRequest => {
  const body = parseJsonObject(json);
  const operation = isOperation(body['operation']) ? body['operation'] : undefined;
  const read =
    operation === undefined ? readNothing : { create: readCreate, destroy: readDestroy }[operation];
  const request = read(body, against);
  const mistakes = [...request.mistakes, ...unknownFields(body, operation)];
  if (request.value === undefined || mistakes.length > 0) throw invalidRequest(mistakes);
  return request.value;
};
