/** What happened over time, and what nodes carried. */
import { useMemo } from 'preact/hooks';
import { containersSpec, hasContainerViews } from '../../run/containers.js';
import { memorySpec } from '../../run/memory.js';
import { nodeLoadRows } from '../../run/node-load.js';
import { overTimeRows, overTimeSpec } from '../../run/over-time.js';
import { containersCsv, memoryCsv, overTimeCsv } from '../../run/run-csv.js';
import { LiveChart } from './live-chart.js';
import { type PartProps, plotWidth } from './run-parts.js';

export function OverTimePart({ recording, runName, time, width }: PartProps) {
  const rows = useMemo(() => overTimeRows(recording), [recording]);
  const spec = useMemo(() => overTimeSpec(recording, { width: plotWidth(width) }), [recording, width]);
  return (
    <div class="run-part">
      <h3>What happened over time</h3>
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
  if (!hasContainerViews(recording)) return null;
  return (
    <div class="run-part">
      <h3>Containers of each node</h3>
      <LiveChart
        name={`${runName}-containers`}
        title="Containers of each node"
        spec={spec}
        rows={rows}
        csv={() => containersCsv(rows)}
        time={time}
      />
    </div>
  );
}
