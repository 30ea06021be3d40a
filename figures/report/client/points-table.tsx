/** The points of a figure as a table, with the command that makes each again: for eyes, keyboards and screen readers. */
import type { MetricLook } from '../../metrics.js';
import { shortNumber } from '../../number-text.js';
import type { FigureRow } from '../../rows.js';
import { Scroll } from '../scroll.js';
import { Command } from './controls.js';
import { rejectedText } from './texts.js';

interface Props {
  /** What the figure is called. */
  readonly name: string;
  readonly rows: readonly FigureRow[];
  readonly looks: readonly MetricLook[];
  /** Columns that tell rows of the same pair apart. */
  readonly choices: readonly { readonly column: string; readonly title: string }[];
}

function intervalText(row: FigureRow, column: string): string {
  const mean = shortNumber(row[`${column}_mean`]);
  const halfWidth = row[`${column}_half_width`];
  return typeof halfWidth === 'number' ? `${mean} ± ${shortNumber(halfWidth)}` : mean;
}

export function PointsTable({ name, rows, looks, choices }: Props) {
  return (
    <details class="points">
      <summary>Numbers, and the command that reproduces each point</summary>
      <Scroll label={`Numbers of ${name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Migration + offloading</th>
              {choices.map(({ column, title }) => (
                <th key={column} scope="col">
                  {title}
                </th>
              ))}
              {looks.map(({ column, title }) => (
                <th key={column} scope="col">
                  {title}
                </th>
              ))}
              <th scope="col">Rejected requests</th>
              <th scope="col">n</th>
              <th scope="col">Command</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={`${row.pair} ${i}`}>
                <th scope="row">{row.pair}</th>
                {choices.map(({ column }) => (
                  <td key={column} class="number">
                    {row[column]}
                  </td>
                ))}
                {looks.map(({ column }) => (
                  <td key={column} class="number">
                    {intervalText(row, column)}
                  </td>
                ))}
                <td class="number">{rejectedText(row) || 'not known'}</td>
                <td class="number">{row.n}</td>
                <td>{row.command ? <Command text={String(row.command)} /> : '-'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
