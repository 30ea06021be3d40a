/** The map of nodes, and the latencies of one of them. */
import { useMemo } from 'preact/hooks';
import { mapFrame } from '../../run/map-frame.js';
import { nodeLayout } from '../../run/node-layout.js';
import { LINKS_NAME, latencyRows, linkRows, nodeMapRows, nodeMapSpec } from '../../run/node-map.js';
import { LABELS_WIDTH, secondsText } from '../../run/time-axis.js';
import { shortNumber } from '../hover.js';
import { Scroll } from '../scroll.js';
import { Select } from './controls.js';
import { LiveChart } from './live-chart.js';
import { type PartProps, plotWidth } from './run-parts.js';

interface Props extends PartProps {
  /** Index of the node from which latencies are told. */
  readonly node: number;
  readonly onNode: (node: number) => void;
}

export const NodeSelect = ({
  label,
  recording,
  node,
  onNode,
}: Pick<Props, 'recording' | 'node' | 'onNode'> & { readonly label: string }) => (
  <Select
    label={label}
    value={String(node)}
    options={recording.nodes.name.map((name, i) => ({ value: String(i), label: name }))}
    onChange={(value) => onNode(Number(value))}
  />
);

export function NodeMapPart({ recording, time, width, node, onNode }: Props) {
  const layout = useMemo(() => nodeLayout(recording.nodes), [recording]);
  const frame = useMemo(() => mapFrame(layout, plotWidth(width) + LABELS_WIDTH), [layout, width]);
  const spec = useMemo(() => nodeMapSpec(frame, layout.medianErrorPercent), [frame]);
  const rows = useMemo(() => nodeMapRows(recording, frame, time, node), [recording, frame, time, node]);
  const links = useMemo(() => linkRows(recording, frame, node), [recording, frame, node]);
  const { name } = recording.nodes;
  return (
    <div class="run-part">
      <h3>Nodes and latencies</h3>
      <div class="controls">
        <NodeSelect label="Latencies from" recording={recording} node={node} onNode={onNode} />
      </div>
      <p class="status">Keys that nodes hold at {secondsText(time)}.</p>
      <LiveChart
        name="node-map"
        title="Nodes and latencies"
        spec={spec}
        rows={rows}
        more={{ [LINKS_NAME]: links }}
        onRow={(row) => {
          const clicked = name.indexOf(String(row.node));
          if (clicked >= 0) onNode(clicked);
        }}
      />
      <div class="run-table">
        <Scroll label={`Latencies from ${name[node]}`}>
          <table>
            <caption>Latencies from {name[node]}, the nearest node first</caption>
            <thead>
              <tr>
                <th scope="col">Node</th>
                <th scope="col">Kind</th>
                <th scope="col" class="number">
                  Latency, one way (ms)
                </th>
                <th scope="col" class="number">
                  Keys held at {secondsText(time)}
                </th>
              </tr>
            </thead>
            <tbody>
              {latencyRows(recording, node, time).map((row) => (
                <tr key={row.index}>
                  <th scope="row">{row.node}</th>
                  <td>{row.kind}</td>
                  <td class="number">{shortNumber(row.latency_ms)}</td>
                  <td class="number">{row.keys}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </div>
    </div>
  );
}
