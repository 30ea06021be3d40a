/** What a run came to, and how to make it again. */
import { shortNumber } from '../../number-text.js';
import type { NotableFor } from '../../run/notable-request.js';
import type { PageMetric } from '../page-data.js';
import type { PackedRun } from '../run-data.js';
import { Scroll } from '../scroll.js';
import { Command } from './controls.js';

interface Props {
  readonly run: PackedRun;
  readonly metrics: readonly PageMetric[];
}

/** Why the command asks about that request. */
const BECAUSE: Readonly<Record<NotableFor, string>> = {
  rejected: '; this one came when most were rejected',
  late: '; this one came when most were late (none was rejected)',
  offloaded: '; this one came when most were offloaded (none was rejected or late)',
  nothing: ' (none was rejected, late or offloaded)',
};

export function RunFacts({ run, metrics }: Props) {
  const values: Readonly<Record<string, number | null>> = run.metrics;
  const known = metrics.filter(({ name }) => values[name] !== null && values[name] !== undefined);
  return (
    <>
      <dl class="run-commands">
        <dt>Make this run again</dt>
        <dd>
          <Command text={run.command} />
        </dd>
        <dt>See it on a page of its own, or another run, by its number in runs.csv</dt>
        <dd>
          <Command text={run.inspect} />
        </dd>
        <dt>
          Ask why a request went where it went, by its number in the order of arrival
          {BECAUSE[run.explainBecause]}
        </dt>
        <dd>
          <Command text={run.explain} />
        </dd>
      </dl>
      <details class="run-metrics">
        <summary>Metrics of this run</summary>
        <Scroll label="Metrics of this run">
          <table>
            <thead>
              <tr>
                <th scope="col">Metric</th>
                <th scope="col" class="number">
                  Value
                </th>
                <th scope="col">Unit</th>
                <th scope="col">Meaning</th>
              </tr>
            </thead>
            <tbody>
              {known.map(({ name, unit, doc }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class="number">{shortNumber(values[name])}</td>
                  <td>{unit}</td>
                  <td>{doc}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}
