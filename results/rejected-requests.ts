/** Rejected requests of a whole experiment, which the paper does not count anywhere. */
import { cellNumber } from './csv.js';

type CsvRow = Readonly<Record<string, string>>;

export interface RejectedRequests {
  /** Of all runs. */
  readonly arrivals: number;
  readonly rejected: number;
  /** Of arrivals; NaN without arrivals. */
  readonly percent: number;
  /** Configurations, and those of them in which some run rejected a request. */
  readonly configurations: number;
  readonly rejecting: number;
  /** The largest mean share of a configuration, percent of arrivals, and its row; undefined where nothing was rejected. */
  readonly largest?: { readonly percent: number; readonly row: CsvRow };
}

/** The sums over the rows of a summary.csv; rows without runs count nothing. */
export function rejectedRequests(summary: readonly CsvRow[]): RejectedRequests {
  const cell = (row: CsvRow, name: string): number => {
    const value = cellNumber(row[name] ?? '');
    return Number.isNaN(value) ? 0 : value;
  };
  const total = (name: string): number =>
    // The mean of whole numbers times their number is a whole number but for rounding.
    summary.reduce((sum, row) => sum + Math.round(cell(row, 'n') * cell(row, name)), 0);
  const arrivals = total('arrivals_mean');
  const rejected = total('rejected_mean');
  const rejecting = summary.filter((row) => cell(row, 'rejected_mean') > 0);
  const percent = (row: CsvRow) => cell(row, 'rejected_percent_mean');
  const most = rejecting.reduce<CsvRow | undefined>(
    (best, row) => (best === undefined || percent(row) > percent(best) ? row : best),
    undefined,
  );
  return {
    arrivals,
    rejected,
    percent: arrivals === 0 ? Number.NaN : (100 * rejected) / arrivals,
    configurations: summary.length,
    rejecting: rejecting.length,
    ...(most === undefined ? {} : { largest: { percent: percent(most), row: most } }),
  };
}
