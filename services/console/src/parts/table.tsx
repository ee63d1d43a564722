import type { ComponentChildren } from 'preact';

interface TableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row says what the row is about. */
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** Does not take the whole width: for few columns. */
  readonly narrow?: boolean;
}

/** A table that scrolls by itself where a screen is too narrow, also by keyboard. */
export function Table({ caption, columns, rows, narrow = false }: TableProps) {
  return (
    <div class={narrow ? 'scrolls narrow' : 'scrolls'} role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
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
          {rows.map(([name, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
