/** The data distance table of one function at the chosen instant, and the keys of the function. */
import { useState } from 'preact/hooks';
import type { Recording } from '../../../core/recording.js';
import { shortNumber } from '../../number-text.js';
import { keyAccesses, nodeDistances } from '../../run/data-distance.js';
import { secondsText } from '../../run/time-axis.js';
import { Scroll } from '../scroll.js';
import { Select } from './controls.js';
import { NodeSelect } from './node-map-part.js';

interface Props {
  readonly recording: Recording;
  readonly time: number;
  /** Index of the node from which keys are accessed. */
  readonly node: number;
  readonly onNode: (node: number) => void;
}

const Distances = ({ recording, time, f }: Pick<Props, 'recording' | 'time'> & { readonly f: number }) => {
  const { name, t_max_s } = recording.functions;
  return (
    <Scroll label={`Expected data access time of ${name[f]}`}>
      <table>
        <caption>
          Expected data access time of {name[f]} at {secondsText(time)}; its Tₘₐₓ is{' '}
          {shortNumber(1e3 * t_max_s[f]!)} ms
        </caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Kind</th>
            <th scope="col" class="number">
              Expected (ms)
            </th>
            <th scope="col">Meets Tₘₐₓ</th>
          </tr>
        </thead>
        <tbody>
          {nodeDistances(recording, f, time).map((row) => (
            <tr key={row.node}>
              <th scope="row">{row.name}</th>
              <td>{row.kind}</td>
              <td class="number">{row.expectedMs.toFixed(2)}</td>
              <td class={row.meets ? 'meets' : 'misses'}>{row.meets ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

const Keys = ({ recording, time, node, f }: Omit<Props, 'onNode'> & { readonly f: number }) => {
  const from = recording.nodes.name[node];
  return (
    <Scroll label={`Keys of ${recording.functions.name[f]}`}>
      <table>
        <caption>
          Keys of {recording.functions.name[f]}, accessed from {from} at {secondsText(time)}
        </caption>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col" class="number">
              Probability
            </th>
            <th scope="col" class="number">
              Size (B)
            </th>
            <th scope="col">Is at</th>
            <th scope="col" class="number">
              Access (ms)
            </th>
          </tr>
        </thead>
        <tbody>
          {keyAccesses(recording, f, time, node).map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.key}</th>
              <td class="number">{row.probability}</td>
              <td class="number">{row.sizeBytes.toLocaleString('en')}</td>
              <td>{row.place}</td>
              <td class="number">{row.accessMs.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

export function DataDistancePart({ recording, time, node, onNode }: Props) {
  const [f, setFunction] = useState(0);
  return (
    <div class="run-part">
      <h3>How far functions are from their data</h3>
      <div class="controls">
        <Select
          label="Function"
          value={String(f)}
          options={recording.functions.name.map((name, i) => ({ value: String(i), label: name }))}
          onChange={(value) => setFunction(Number(value))}
        />
        <NodeSelect label="Keys accessed from" recording={recording} node={node} onNode={onNode} />
      </div>
      <div class="side-by-side run-table">
        <Distances recording={recording} time={time} f={f} />
        <Keys recording={recording} time={time} node={node} f={f} />
      </div>
    </div>
  );
}
