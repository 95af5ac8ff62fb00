import { AwsFault } from '../../wire/aws-json.ts';
import { at, listOf, type QueryParameters, textOf } from '../../wire/query-protocol.ts';

/** A wanted value, with `*` and `?` as wildcards, as a question. */
const matcherOf = (pattern: string): ((value: string) => boolean) => {
  if (!/[*?]/.test(pattern)) return (value) => value === pattern;
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return (value) => expression.test(value);
};

/** What a filter of a name compares: `null` when the item has none. */
export type FilteredValue<T> = (name: string, item: T) => string | null | undefined;

/** The filters of an operation: names, of which `tag:` stands for every tag, with the values that each takes or any. */
export type KnownFilters = Readonly<Record<string, readonly string[] | 'any'>>;

interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

const filtersOf = (parameters: QueryParameters): readonly Filter[] =>
  listOf(parameters['Filter']).map((filter) => ({
    name: textOf(at(filter, 'Name')) ?? '',
    values: listOf(at(filter, 'Value')).flatMap((value) => textOf(value) ?? []),
  }));

const fail = (message: string): never => {
  throw new AwsFault('InvalidParameterValue', message);
};

/** Refuses a filter of another name than these, or a value of none of its kind, whether there are items or not. */
export const requireFilters = (parameters: QueryParameters, known: KnownFilters): void => {
  for (const { name, values } of filtersOf(parameters)) {
    const key = name.startsWith('tag:') && name.length > 4 ? 'tag:' : name;
    const taken = Object.hasOwn(known, key) ? known[key] : undefined;
    if (taken === undefined) fail(`The filter '${name}' is invalid, or not simulated`);
    const wrong = values.find((value) => taken !== 'any' && !/[*?]/.test(value) && !taken?.includes(value));
    if (wrong !== undefined) fail(`The value '${wrong}' of the filter '${name}' is invalid`);
  }
};

/**
 * Whether an item passes all filters of the request, each with one of its values
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html). Refuses what is none of the known.
 */
export const passesFilters = <T>(
  parameters: QueryParameters,
  filtered: FilteredValue<T>,
  known: KnownFilters,
) => {
  requireFilters(parameters, known);
  const filters = filtersOf(parameters).map(({ name, values }) => ({ name, wanted: values.map(matcherOf) }));
  return (item: T): boolean =>
    filters.every(({ name, wanted }) => {
      const value = filtered(name, item) ?? null;
      return value !== null && wanted.some((matches) => matches(value));
    });
};
