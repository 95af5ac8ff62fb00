import { didYouMean } from './closest.ts';
import type { Config } from './config.ts';
import { contradictions } from './config-contradictions.ts';
import { defaults, fields } from './config-fields.ts';
import { FieldInvalid } from './field-readers.ts';

/** The configuration has mistakes; the message names every one with its field and what would be right. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The configuration is not usable:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** The CDK's own keys, such as `@aws-cdk/core:…`, have a colon or a slash; its command has one that has neither. */
const isOurs = (key: string): boolean => !/[:/]/.test(key) && key !== 'cli-telemetry';

const isField = (key: string): key is keyof Config => Object.hasOwn(fields, key);

const settings = Object.keys(fields);

const strangers = (context: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(context)
    .filter((key) => isOurs(key) && !isField(key))
    .map(
      (key) => `unknown setting ${key}${didYouMean(key, settings)}; the settings are ${settings.join(', ')}`,
    );

/** As it was given, but no more of it than a line holds. */
const quoted = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

/** Reads a deployment's configuration from the CDK context. Throws {@link ConfigInvalid}. */
export const readConfig = (context: Readonly<Record<string, unknown>>): Config => {
  const mistakes = [...strangers(context)];
  const given: Readonly<Record<string, unknown>> = { ...defaults, ...context };
  const values: Record<string, unknown> = {};
  for (const [key, read] of Object.entries(fields)) {
    if (given[key] === undefined) continue;
    try {
      values[key] = read(given[key]);
    } catch (error) {
      if (!(error instanceof FieldInvalid)) throw error;
      mistakes.push(
        ...(error.within.length > 0
          ? error.within.map((mistake) => `${key}.${mistake}`)
          : [`${key}: ${error.message} (it is ${quoted(given[key])})`]),
      );
    }
  }
  mistakes.push(...contradictions(values as Partial<Config>, context));
  if (mistakes.length > 0) throw new ConfigInvalid(mistakes);
  return values as unknown as Config;
};
