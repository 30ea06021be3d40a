/** What tooltips of a figure tell, as a table: for eyes, keyboards and screen readers. */
import { useState } from 'preact/hooks';
import type { FigureRow } from '../../rows.js';
import type { Hovered } from '../hover.js';
import { Scroll } from '../scroll.js';
import { Command } from './controls.js';

/** More rows than this are left to the CSV file. */
const MOST_ROWS = 500;

export function ToldTable({ name, hovered }: { readonly name: string; readonly hovered: Hovered }) {
  const [isOpen, setOpen] = useState(false);
  const { told } = hovered;
  // A point may stand in several panels, and is told of once.
  const textsOf = (row: FigureRow) => JSON.stringify(told.map(({ column }) => row[column]));
  const rows = isOpen ? [...new Map(hovered.rows.map((row) => [textsOf(row), row])).values()] : [];
  const cell = (text: unknown) => (text === null || text === undefined || text === '' ? '-' : String(text));
  return (
    <details class="points" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Numbers of this figure</summary>
      {isOpen && (
        <Scroll label={`Numbers of ${name}`}>
          <table>
            <thead>
              <tr>
                {told.map(({ column, title }) => (
                  <th key={column} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, MOST_ROWS).map((row, i) => (
                <tr key={String(i)}>
                  {told.map(({ column, title }) => (
                    <td key={column}>
                      {title === 'Command' && row[column] ? (
                        <Command text={String(row[column])} />
                      ) : (
                        cell(row[column])
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length > MOST_ROWS && (
            <p class="note">
              The first {MOST_ROWS} of {rows.length} rows; the CSV file has all.
            </p>
          )}
        </Scroll>
      )}
    </details>
  );
}
