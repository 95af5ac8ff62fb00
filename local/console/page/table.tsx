import type { ComponentChildren } from 'preact';

interface TableProps {
  readonly columns: readonly string[];
  /** The id of the element that names the table. */
  readonly labelledBy: string;
  /** Its rows. */
  readonly children: readonly ComponentChildren[];
}

/** A table, which says so when there is nothing in it. */
export const Table = ({ columns, labelledBy, children }: TableProps) => (
  <table aria-labelledby={labelledBy}>
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
      {[...children]}
      {children.length === 0 && (
        <tr>
          <td class="none" colSpan={columns.length}>
            none
          </td>
        </tr>
      )}
    </tbody>
  </table>
);
