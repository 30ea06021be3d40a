/** What happened over time, and what nodes carried. */
import { useMemo } from 'preact/hooks';
import { containersSpec, hasContainerViews } from '../../run/containers.js';
import { memorySpec } from '../../run/memory.js';
import { nodeLoadRows } from '../../run/node-load.js';
import { overTimeRows, overTimeSpec } from '../../run/over-time.js';
import { LiveChart } from './live-chart.js';
import { type PartProps, plotWidth } from './run-parts.js';

export function OverTimePart({ recording, time, width }: PartProps) {
  const rows = useMemo(() => overTimeRows(recording), [recording]);
  const spec = useMemo(() => overTimeSpec(recording, { width: plotWidth(width) }), [recording, width]);
  return (
    <>
      <h3>What happened over time</h3>
      <LiveChart name="over-time" title="What happened over time" spec={spec} rows={rows} time={time} />
    </>
  );
}

export function NodeLoadPart({ recording, time, width }: PartProps) {
  const rows = useMemo(() => nodeLoadRows(recording), [recording]);
  const memory = useMemo(() => memorySpec(recording, rows, { width: plotWidth(width) }), [rows, width]);
  const containers = useMemo(
    () =>
      hasContainerViews(recording) ? containersSpec(recording, rows, { width: plotWidth(width) }) : undefined,
    [rows, width],
  );
  return (
    <>
      <h3>Memory that containers hold</h3>
      <LiveChart name="memory" title="Memory that containers hold" spec={memory} rows={rows} time={time} />
      {containers !== undefined && (
        <>
          <h3>Containers of each node</h3>
          <LiveChart
            name="containers"
            title="Containers of each node"
            spec={containers}
            rows={rows}
            time={time}
          />
        </>
      )}
    </>
  );
}
