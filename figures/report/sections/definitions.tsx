/** What every metric is, from the table of columns. */
import { METRIC_COLUMNS } from '../../../results/columns.js';
import { DIRECTIONS } from '../../../results/metric-directions.js';
import { ColumnName } from '../column-name.js';
import { TextTable } from '../text-table.js';

/** The address of a metric's definition within a page. */
export const metricAnchor = (name: string): string => `metric-${name}`;

const DIRECTION_TEXT = { lower: 'lower is better', higher: 'higher is better', neither: 'neither' } as const;

export const Definitions = () => (
  <TextTable
    label="Definitions of metrics"
    caption="Metrics of a run by their columns in runs.csv; a summary has their mean, standard deviation and half of the 95 % interval of the mean by Student's t, over replications."
    head={['Metric', 'Unit', 'Meaning', 'Direction']}
    rows={METRIC_COLUMNS.map(({ name, unit, doc }) => [
      <ColumnName key={name} name={name} />,
      unit,
      doc,
      DIRECTION_TEXT[DIRECTIONS[name]],
    ])}
    rowIds={METRIC_COLUMNS.map(({ name }) => metricAnchor(name))}
    className="definitions"
  />
);
