import { AwsFault } from '../aws-json.ts';
import { at, listOf, type QueryParameters, textOf } from './query-protocol.ts';

/** Whether one of the wanted values, with `*` and `?` as wildcards, is the value. */
const matches = (wanted: readonly string[], value: string): boolean =>
  wanted.some((pattern) => {
    const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(value);
  });

/** What a filter of a name compares; `undefined` when that filter is not simulated. */
export type FilteredValue<T> = (name: string, item: T) => string | undefined;

/**
 * Whether an item passes all filters of the request, each with one of its values
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html). A filter that is not simulated is
 * refused, so that none is ignored.
 */
export const passesFilters = <T>(parameters: QueryParameters, filtered: FilteredValue<T>) => {
  const filters = listOf(parameters['Filter']).map((filter) => ({
    name: textOf(at(filter, 'Name')) ?? '',
    wanted: listOf(at(filter, 'Value')).flatMap((value) => textOf(value) ?? []),
  }));
  return (item: T): boolean =>
    filters.every(({ name, wanted }) => {
      const value = filtered(name, item);
      if (value === undefined)
        throw new AwsFault('InvalidParameterValue', `The filter '${name}' is not simulated`);
      return matches(wanted, value);
    });
};
