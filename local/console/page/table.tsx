import type { ComponentChildren } from 'preact';
import { Listing } from './listing.tsx';

interface TableProps<T> {
  /** In the page's address. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string | number;
  readonly cells: (item: T) => readonly ComponentChildren[];
  readonly beside?: ComponentChildren;
}

/** A table with a filter and pages. */
export const TitledTable = <T,>({ name, title, columns, items, keyOf, cells, beside }: TableProps<T>) => (
  <Listing name={name} title={title} items={items} beside={beside}>
    {(shown) => (
      <table aria-label={title}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((item) => (
            <tr key={keyOf(item)}>
              {cells(item).map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </Listing>
);
