import type { TemplateValue } from '../../infra/cloud-assembly.ts';
import { TemplateUnresolvable } from './intrinsics.ts';

type Properties = Readonly<Record<string, TemplateValue>>;

const wrong = (what: string, value: unknown): never => {
  throw new TemplateUnresolvable(`Expected ${what}, found ${JSON.stringify(value)}`);
};

/** A resolved value that must be a text. */
export const asText = (value: TemplateValue | undefined): string =>
  typeof value === 'string' ? value : wrong('a text', value);

/** A resolved value that must be a number, as a number or in digits. */
export const asNumber = (value: TemplateValue | undefined): number => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : wrong('a number', value);
};

/** A resolved value that must be an object. */
export const asProperties = (value: TemplateValue | undefined): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Properties)
    : wrong('an object', value);

/** A resolved value that must be a list; an absent one is empty. */
export const asList = (value: TemplateValue | undefined): readonly TemplateValue[] =>
  value === undefined ? [] : Array.isArray(value) ? value : wrong('a list', value);

/** A resolved value that must be an object of texts; an absent one is empty. */
export const asTexts = (value: TemplateValue | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(value === undefined ? {} : asProperties(value)).map(([key, text]) => [key, asText(text)]),
  );
