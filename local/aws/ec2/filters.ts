import { AwsFault } from '../../wire/aws-json.ts';
import { at, listOf, type QueryParameters, textOf } from '../../wire/query-protocol.ts';

/** A wanted value, with `*` and `?` as wildcards, as a question. */
const matcherOf = (pattern: string): ((value: string) => boolean) => {
  if (!/[*?]/.test(pattern)) return (value) => value === pattern;
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return (value) => expression.test(value);
};

/** What a filter of a name compares: `null` when the item has none, `undefined` when the filter is not simulated. */
export type FilteredValue<T> = (name: string, item: T) => string | null | undefined;

/**
 * Whether an item passes all filters of the request, each with one of its values
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html). A filter that is not simulated is
 * refused, so that none is ignored.
 */
export const passesFilters = <T>(parameters: QueryParameters, filtered: FilteredValue<T>) => {
  const filters = listOf(parameters['Filter']).map((filter) => ({
    name: textOf(at(filter, 'Name')) ?? '',
    wanted: listOf(at(filter, 'Value'))
      .flatMap((value) => textOf(value) ?? [])
      .map(matcherOf),
  }));
  return (item: T): boolean =>
    filters.every(({ name, wanted }) => {
      const value = filtered(name, item);
      if (value === undefined)
        throw new AwsFault('InvalidParameterValue', `The filter '${name}' is not simulated`);
      return value !== null && wanted.some((matches) => matches(value));
    });
};
