/** What happened over time, and what nodes carried. */
import { useMemo } from 'preact/hooks';
import type { FigureRow } from '../../rows.js';
import { containersSpec, hasContainerViews } from '../../run/containers.js';
import { memorySpec } from '../../run/memory.js';
import { LOAD_TOLD, loadAt, nodeLoadRows } from '../../run/node-load.js';
import { overTimeRows, overTimeSpec, overTimeTold } from '../../run/over-time.js';
import { containersCsv, memoryCsv, overTimeCsv } from '../../run/run-csv.js';
import { intervalAt } from '../../run/time-axis.js';
import { Scroll } from '../scroll.js';
import { LiveChart } from './live-chart.js';
import { type PartProps, plotWidth } from './run-parts.js';

/** The values at the chosen instant, for whoever has no pointer. */
function ValuesAt({ rows, time }: { readonly rows: readonly FigureRow[]; readonly time: number }) {
  const row = intervalAt(rows, 'time_s', time);
  if (row === undefined) return null;
  return (
    <dl class="run-values" aria-label={`Values from ${row.during}`}>
      <div>
        <dt>From</dt>
        <dd>{row.during}</dd>
      </div>
      {overTimeTold(row).map(({ title, text }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What nodes carry at the chosen instant, for whoever has no pointer. */
function LoadAt({ rows, time }: { readonly rows: readonly FigureRow[]; readonly time: number }) {
  const now = useMemo(() => loadAt(rows, time), [rows, time]);
  const columns = LOAD_TOLD.filter(({ field }) => field !== 'during');
  return (
    <details class="run-load">
      <summary>Memory and containers of each node, as numbers</summary>
      <Scroll label="Memory and containers of each node">
        <table>
          <caption>Means from {now[0]?.during}</caption>
          <thead>
            <tr>
              {columns.map(({ field, type, title }) => (
                <th key={field} scope="col" class={type === 'quantitative' ? 'number' : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {now.map((row) => (
              <tr key={row.node}>
                {columns.map(({ field, type }) =>
                  type === 'quantitative' ? (
                    <td key={field} class="number">
                      {row[field]}
                    </td>
                  ) : (
                    <th key={field} scope="row">
                      {row[field]}
                    </th>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

export function OverTimePart({ recording, runName, time, width }: PartProps) {
  const rows = useMemo(() => overTimeRows(recording), [recording]);
  const spec = useMemo(() => overTimeSpec(recording, { width: plotWidth(width) }), [recording, width]);
  return (
    <div class="run-part">
      <h3>What happened over time</h3>
      <ValuesAt rows={rows} time={time} />
      <LiveChart
        name={`${runName}-over-time`}
        title="What happened over time"
        spec={spec}
        rows={rows}
        csv={() => overTimeCsv(recording)}
        time={time}
      />
    </div>
  );
}

export function MemoryPart({ recording, runName, time, width }: PartProps) {
  const rows = useMemo(() => nodeLoadRows(recording), [recording]);
  const spec = useMemo(() => memorySpec(recording, rows, { width: plotWidth(width) }), [rows, width]);
  return (
    <div class="run-part">
      <h3>Memory that containers hold</h3>
      <LiveChart
        name={`${runName}-memory`}
        title="Memory that containers hold"
        spec={spec}
        rows={rows}
        csv={() => memoryCsv(rows)}
        time={time}
      />
    </div>
  );
}

export function ContainersPart({ recording, runName, time, width }: PartProps) {
  const rows = useMemo(() => nodeLoadRows(recording), [recording]);
  const spec = useMemo(() => containersSpec(recording, rows, { width: plotWidth(width) }), [rows, width]);
  if (rows.length === 0) return null;
  return (
    <div class="run-part">
      <h3>Containers of each node</h3>
      {hasContainerViews(recording) && (
        <LiveChart
          name={`${runName}-containers`}
          title="Containers of each node"
          spec={spec}
          rows={rows}
          csv={() => containersCsv(rows)}
          time={time}
        />
      )}
      <LoadAt rows={rows} time={time} />
    </div>
  );
}
