import { didYouMean } from './closest.ts';

/** A value of the configuration is wrong; the message says what would be right. */
export class FieldInvalid extends Error {
  override readonly name = 'FieldInvalid';
  /** The mistakes of what is within the field, each with its place there; none for a field that is wrong as a whole. */
  readonly within: readonly string[];

  constructor(message: string, within: readonly string[] = []) {
    super(message);
    this.within = within;
  }
}

/** Reads one field's value, as text from `-c key=value` or as JSON from cdk.json; throws {@link FieldInvalid}. */
export type FieldReader<T> = (value: unknown) => T;

const longestQuote = 60;

/** A value as whoever wrote it finds it again. */
export const quote = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value itself, or what its text says when the text is JSON. */
const unpacked = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new FieldInvalid(`is not valid JSON`);
  }
};

/** Text of a form; `right` says which, for whoever has to mend it. */
export const textField =
  (form: RegExp, right: string): FieldReader<string> =>
  (value) => {
    if (typeof value !== 'string' || !form.test(value)) throw new FieldInvalid(`must be ${right}`);
    return value;
  };

const numberOf = (value: unknown): number =>
  typeof value === 'string' && value.trim() !== ''
    ? Number(value)
    : typeof value === 'number'
      ? value
      : Number.NaN;

/** A whole number within limits, both included. */
export const wholeNumberField =
  (least: number, most: number): FieldReader<number> =>
  (value) => {
    const number = numberOf(value);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new FieldInvalid(`must be a whole number from ${least} to ${most}`);
    return number;
  };

/** `true` or `false`, as JSON or as its text. */
export const yesOrNo: FieldReader<boolean> = (value) => {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new FieldInvalid(`must be true or false`);
};

/** A number above zero, not necessarily whole. */
export const positiveNumberField =
  (most: number): FieldReader<number> =>
  (value) => {
    const number = numberOf(value);
    if (!(number > 0 && number <= most)) throw new FieldInvalid(`must be a number above 0, at most ${most}`);
    return number;
  };

const folded = (value: unknown): string => (JSON.stringify(value) ?? '').toLowerCase();

/** Without case: neither GitHub's names nor EC2's differ in that alone. */
const firstOf = (items: readonly unknown[], item: unknown): number =>
  items.findIndex((candidate) => folded(candidate) === folded(item));

/** Reads an item of a list, and says which it was: of a long list nobody sees it at a glance. */
const readItem = <T>(read: FieldReader<T>, entry: unknown): T => {
  try {
    return read(entry);
  } catch (error) {
    if (!(error instanceof FieldInvalid)) throw error;
    throw new FieldInvalid(`${error.message}; ${quote(entry)} is not right`);
  }
};

/** A list without repetitions: JSON, or items with commas between them. */
export const listField =
  <T>(item: FieldReader<T>): FieldReader<readonly T[]> =>
  (value) => {
    const read = unpacked(value);
    const items = typeof read === 'string' ? read.split(',').map((part) => part.trim()) : read;
    if (!Array.isArray(items) || items.length === 0)
      throw new FieldInvalid(`must be a list that is not empty`);
    const twice = items.find((entry, index) => firstOf(items, entry) < index);
    if (twice !== undefined) throw new FieldInvalid(`must not name ${quote(twice)} twice`);
    return items.map((entry) => readItem(item, entry));
  };

/** An object of any keys. */
export const recordField: FieldReader<Readonly<Record<string, unknown>>> = (value) => {
  const read = unpacked(value);
  if (!isRecord(read)) throw new FieldInvalid('must be an object');
  return read;
};

/** An object that has no key but `keys`. */
export const recordOf =
  (keys: readonly string[]): FieldReader<Readonly<Record<string, unknown>>> =>
  (value) => {
    const read = unpacked(value);
    if (!isRecord(read)) throw new FieldInvalid(`must be an object with ${keys.join(', ')}`);
    const unknown = Object.keys(read).filter((key) => !keys.includes(key));
    if (unknown.length > 0) {
      const meant = unknown.map((key) => `${key}${didYouMean(key, keys)}`);
      throw new FieldInvalid(`has no ${meant.join(', ')}; it has ${keys.join(', ')}`);
    }
    return read;
  };
