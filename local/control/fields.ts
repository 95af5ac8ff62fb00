import { ControlProblem } from './problem.ts';

/** Reads one field of a body; throws an Error that says what it must be. */
export type ReadField<T> = (value: unknown) => T;

type Readers = Readonly<Record<string, ReadField<unknown>>>;
type Fields<R extends Readers> = { readonly [Key in keyof R]: ReturnType<R[Key]> };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const must = (condition: boolean, be: string): void => {
  if (!condition) throw new Error(`must be ${be}`);
};

export const textValue: ReadField<string> = (value) => {
  must(typeof value === 'string' && value !== '', 'a text');
  return String(value);
};

export const wholeNumber: ReadField<number> = (value) => {
  must(Number.isSafeInteger(value) && Number(value) > 0, 'a positive whole number');
  return Number(value);
};

export const positiveNumber: ReadField<number> = (value) => {
  must(typeof value === 'number' && Number.isFinite(value) && value > 0, 'a positive number');
  return Number(value);
};

export const oneOf =
  <T extends string>(values: readonly T[]): ReadField<T> =>
  (value) => {
    const known = values.find((candidate) => candidate === value);
    if (known === undefined) throw new Error(`must be one of ${values.join(', ')}`);
    return known;
  };

export const texts: ReadField<readonly string[]> = (value) => {
  must(Array.isArray(value) && value.length > 0, 'a list of texts that is not empty');
  return (value as unknown[]).map(textValue);
};

export const recordOfTexts: ReadField<Readonly<Record<string, string>>> = (value) => {
  if (!isRecord(value)) throw new Error('must be an object of texts');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textValue(item)]));
};

/** The field may be absent. */
export const optional =
  <T>(read: ReadField<T>): ReadField<T | undefined> =>
  (value) =>
    value === undefined ? undefined : read(value);

const parse = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw new ControlProblem(400, 'The body must be JSON.');
  }
};

/** Reads fields strictly; throws ControlProblem, which names every field at fault. */
const readFields = <R extends Readers>(values: Readonly<Record<string, unknown>>, readers: R): Fields<R> => {
  const problems = Object.keys(values)
    .filter((key) => !Object.hasOwn(readers, key))
    .map((key) => `"${key}" is no field of this call`);
  const entries = Object.entries(readers).map(([key, read]) => {
    try {
      return [key, read(values[key])];
    } catch (error) {
      problems.push(`"${key}" ${error instanceof Error ? error.message : String(error)}`);
      return [key, undefined];
    }
  });
  if (problems.length > 0) throw new ControlProblem(400, `${problems.join('; ')}.`);
  return Object.fromEntries(entries) as Fields<R>;
};

/** Reads a JSON body strictly; throws ControlProblem, which names every field at fault. */
export const readBody = <R extends Readers>(body: Uint8Array, readers: R): Fields<R> => {
  const parsed = parse(body);
  if (!isRecord(parsed)) throw new ControlProblem(400, 'The body must be a JSON object.');
  return readFields(parsed, readers);
};

/** Reads the query of a path strictly; throws ControlProblem, which names every field at fault. */
export const readQueryString = <R extends Readers>(path: string, readers: R): Fields<R> => {
  const [, query = ''] = path.split('?');
  return readFields(Object.fromEntries(new URLSearchParams(query)), readers);
};

type Given<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The fields that are there, for whoever tells an absent one from one that is undefined. */
export const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
