import type { ComponentChildren } from 'preact';
import { matching, pageOf } from '../listed.ts';
import { useConsole } from './console-context.ts';

interface ListingProps<T> {
  /** In the page's address: `<name>.find` and `<name>.page`. */
  readonly name: string;
  /** What is listed, for people. */
  readonly title: string;
  readonly items: readonly T[];
  readonly textOf?: (item: T) => string;
  readonly size?: number;
  /** What stands beside the filter. */
  readonly beside?: ComponentChildren;
  readonly children: (shown: readonly T[]) => ComponentChildren;
}

/** A list with a filter and pages: a browser holds some dozens of rows, however many there are. */
export const Listing = <T,>({ name, title, items, textOf, size = 50, ...props }: ListingProps<T>) => {
  const { address, go } = useConsole();
  const [findKey, pageKey] = [`${name}.find`, `${name}.page`];
  const wanted = address[findKey] ?? '';
  const found = matching(items, wanted, textOf);
  const { shown, number, count, from } = pageOf(found, Number(address[pageKey] ?? 1), size);
  const turn = (to: number): void => go({ [pageKey]: to === 1 ? '' : String(to) });
  return (
    <>
      <search class="row listing">
        <input
          type="search"
          aria-label={`Filter ${title}`}
          placeholder="Filter"
          value={wanted}
          onInput={({ currentTarget }) => go({ [findKey]: currentTarget.value, [pageKey]: '' })}
        />
        {props.beside}
        <span class="faint" role="status">
          {found.length === 0 ? 'none' : `${from + 1}–${from + shown.length} of ${found.length}`}
        </span>
        {count > 1 && (
          <>
            <button type="button" class="quiet" disabled={number === 1} onClick={() => turn(number - 1)}>
              Previous <span class="unseen">page of {title}</span>
            </button>
            <button type="button" class="quiet" disabled={number === count} onClick={() => turn(number + 1)}>
              Next <span class="unseen">page of {title}</span>
            </button>
          </>
        )}
      </search>
      {props.children(shown)}
    </>
  );
};
