/** The map of nodes, and the latencies of one of them. */
import { useMemo, useState } from 'preact/hooks';
import type { Recording } from '../../../core/recording.js';
import { shortNumber } from '../../number-text.js';
import { centredLayout } from '../../run/centred-layout.js';
import { mapFrame } from '../../run/map-frame.js';
import { nodeLayout } from '../../run/node-layout.js';
import { LINKS_NAME, nodeMapSpec } from '../../run/node-map.js';
import { latencyRows, linkRows, namedNodes, nodeMapRows } from '../../run/node-map-rows.js';
import { nodeMapCsv } from '../../run/run-csv.js';
import { LABELS_WIDTH, secondsText } from '../../run/time-axis.js';
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

/** The choice of no node. */
const NOBODY = 'nobody';

const Latencies = ({ recording, time, node }: Pick<Props, 'recording' | 'time' | 'node'>) => {
  const name = recording.nodes.name[node];
  return (
    <div class="run-table">
      <Scroll label={`Latencies from ${name}`}>
        <table>
          <caption>Latencies from {name}, the nearest node first</caption>
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
  );
};

/** Which nodes are named, where not all are. */
function namedText(recording: Recording, time: number, selected: number | undefined): string {
  const { why } = namedNodes(recording, time, selected);
  if (why === undefined) return '';
  const { name } = recording.nodes;
  const near =
    selected === undefined ? '' : `${name[selected]}, the ${why.nearest} nodes nearest to it, and `;
  const most = why.areMoreHolders ? ' most' : '';
  const holders = why.holders === 1 ? 'the one that holds' : `the ${why.holders} that hold`;
  return ` Of ${name.length} nodes the map names ${near}${holders}${most} keys, as far as there is room.`;
}

export function NodeMapPart({ recording, runName, time, width, node, onNode }: Props) {
  const [isCentred, setCentred] = useState(true);
  const { nodes } = recording;
  const selected = isCentred ? node : undefined;
  const general = useMemo(() => nodeLayout(nodes), [recording]);
  const { frame, spec, links } = useMemo(() => {
    const layout = selected === undefined ? general : centredLayout(nodes, selected);
    const frame = mapFrame(layout, plotWidth(width) + LABELS_WIDTH);
    const meaning = selected === undefined ? general : { from: selected, name: nodes.name[selected]! };
    return { frame, spec: nodeMapSpec(frame, meaning), links: linkRows(recording, frame, selected) };
  }, [recording, width, selected]);
  const rows = useMemo(() => nodeMapRows(recording, frame, time, selected), [frame, time]);
  const choose = (chosen: number) => {
    setCentred(chosen >= 0);
    if (chosen >= 0) onNode(chosen);
  };
  return (
    <div class="run-part">
      <h3>Nodes and latencies</h3>
      <div class="controls">
        <Select
          label="Latencies from"
          value={selected === undefined ? NOBODY : String(selected)}
          options={[
            ...nodes.name.map((name, i) => ({ value: String(i), label: name })),
            { value: NOBODY, label: 'all nodes to each other, roughly' },
          ]}
          onChange={(value) => choose(value === NOBODY ? -1 : Number(value))}
        />
      </div>
      <p class="status">
        Keys that nodes hold at {secondsText(time)}.{namedText(recording, time, selected)}
      </p>
      <LiveChart
        name={`${runName}-node-map`}
        title="Nodes and latencies"
        spec={spec}
        rows={rows}
        csv={() => nodeMapCsv(recording, time, selected)}
        more={{ [LINKS_NAME]: links }}
        onRow={(row) => {
          const clicked = nodes.name.indexOf(String(row.node));
          if (clicked >= 0) choose(clicked);
        }}
      />
      {selected !== undefined && <Latencies recording={recording} time={time} node={selected} />}
    </div>
  );
}
