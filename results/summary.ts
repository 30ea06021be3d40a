/** From replications to means with intervals. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { DERIVED_COLUMNS, factorColumns, METRIC_COLUMNS, SUMMARY_METRICS } from './columns.js';
import { type CsvRow, cellNumber, cellText, type Row } from './csv.js';
import { studentT } from './student-t.js';

export const CONFIDENCE = 0.95;

export interface Estimate {
  /** How many numbers the estimate rests on. */
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation, n - 1 in the denominator; NaN where n < 2. */
  readonly sd: number;
  /** Half of the 95 % interval of the mean: t(n - 1) sd / sqrt(n); NaN where n < 2. */
  readonly halfWidth: number;
}

const quantiles = new Map<number, number>();

/** Student's t for the interval of a mean of n numbers; configurations have the same n again and again. */
function quantileFor(n: number): number {
  const known = quantiles.get(n) ?? studentT(CONFIDENCE, n - 1);
  quantiles.set(n, known);
  return known;
}

/**
 * Mean, standard deviation and half-width of the 95 % confidence interval by Student's t (Law, Simulation
 * Modeling and Analysis, eq. 4.12). NaN, a metric that a run does not have, is left out.
 */
export function estimate(values: readonly number[]): Estimate {
  const numbers = values.filter((value) => !Number.isNaN(value));
  const n = numbers.length;
  if (n === 0) return { n, mean: Number.NaN, sd: Number.NaN, halfWidth: Number.NaN };
  const average = mean(numbers);
  if (n === 1) return { n, mean: average, sd: Number.NaN, halfWidth: Number.NaN };
  const sd = sampleStandardDeviation(numbers);
  return { n, mean: average, sd, halfWidth: (quantileFor(n) * sd) / Math.sqrt(n) };
}

/** Collects the runs of one configuration and becomes a row of summary.csv. */
export class ConfigurationSummary {
  private runs = 0;
  private readonly values = SUMMARY_METRICS.map((): number[] => []);

  /** @param factors the cells of what the configuration sets: experiment, preset, parameters. */
  constructor(private readonly factors: Row) {}

  add(metrics: Row): void {
    this.runs++;
    METRIC_COLUMNS.forEach(({ name }, i) => {
      this.values[i].push(metrics[name] as number);
    });
    DERIVED_COLUMNS.forEach(({ of }, i) => {
      this.values[METRIC_COLUMNS.length + i].push(of((name) => metrics[name] as number));
    });
  }

  row(): Row {
    const row: Record<string, Row[string]> = { ...this.factors, n: this.runs };
    SUMMARY_METRICS.forEach(({ name }, i) => {
      const { mean, sd, halfWidth } = estimate(this.values[i]);
      row[`${name}_mean`] = mean;
      row[`${name}_sd`] = sd;
      row[`${name}_half_width`] = halfWidth;
    });
    return row;
  }
}

const FACTORS = factorColumns(true).map(({ name }) => name);

/** What summary.csv says of rows of runs.csv, for folders that have none: a row a configuration, in their order. */
export function summaryOfRuns(runs: readonly CsvRow[]): readonly CsvRow[] {
  const configurations = new Map<string, ConfigurationSummary>();
  for (const run of runs) {
    const factors = Object.fromEntries(
      FACTORS.filter((name) => run[name] !== undefined).map((name) => [name, run[name]!]),
    );
    const key = JSON.stringify(factors);
    const own = configurations.get(key) ?? new ConfigurationSummary(factors);
    configurations.set(key, own);
    own.add(Object.fromEntries(METRIC_COLUMNS.map(({ name }) => [name, cellNumber(run[name] ?? '')])));
  }
  return [...configurations.values()].map((own) =>
    Object.fromEntries(Object.entries(own.row()).map(([name, cell]) => [name, cellText(cell)])),
  );
}
