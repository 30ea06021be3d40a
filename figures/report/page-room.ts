/** What of a large sweep a page has room for: it has to stay small enough for a browser and a mail. */
import { SUMMARY_METRICS } from '../../results/columns.js';
import { MIGRATED, PANELS } from '../metrics.js';
import type { FigureRow } from '../rows.js';
import type { ReportFolder } from './report-folder.js';

/** Numbers of all summaries together; one takes some seven bytes. */
const MOST_CELLS = 400_000;

/** Metrics that stay, and the counts beside them. */
const MAIN = [...PANELS, MIGRATED].map(({ column }) => String(column)).concat('rejected', 'arrivals');

const cellsOf = (rows: readonly FigureRow[]): number =>
  rows.length * Object.values(rows[0] ?? {}).filter((value) => value !== null).length;

const total = (folders: readonly ReportFolder[]): number =>
  folders.reduce((sum, { data }) => sum + cellsOf(data.summary), 0);

/** A row without the other metrics. */
function mainMetrics(row: FigureRow): FigureRow {
  const left = SUMMARY_METRICS.map(({ name }) => name).filter((name) => !MAIN.includes(name));
  const dropped = new Set(
    left.flatMap((name) => ['mean', 'half_width', 'lo', 'hi'].map((end) => `${name}_${end}`)),
  );
  return Object.fromEntries(Object.entries(row).filter(([column]) => !dropped.has(column)));
}

const withSummary = (folder: ReportFolder, summary: readonly FigureRow[]): ReportFolder => ({
  ...folder,
  data: { ...folder.data, summary },
});

/**
 * The folders with as much of their summaries as a page holds: first only the main metrics of each row are kept, then
 * only the first rows. `notes` say what was left out; it is all in the CSV files.
 */
export function withinPage(
  folders: readonly ReportFolder[],
  mostCells = MOST_CELLS,
): {
  readonly folders: readonly ReportFolder[];
  readonly notes: readonly string[];
} {
  if (total(folders) <= mostCells) return { folders, notes: [] };
  const lean = folders.map((folder) => withSummary(folder, folder.data.summary.map(mainMetrics)));
  const notes = ['The figures have the main metrics only: summary.csv of this folder has all.'];
  const cells = total(lean);
  if (cells <= mostCells) return { folders: lean, notes };
  const cut = lean.map((folder) => {
    const { summary } = folder.data;
    return withSummary(
      folder,
      summary.slice(0, Math.max(1, Math.floor((summary.length * mostCells) / cells))),
    );
  });
  const [kept, all] = [cut, lean].map((each) => each.reduce((sum, { data }) => sum + data.summary.length, 0));
  return {
    folders: cut,
    notes: [
      ...notes,
      `They show the first ${kept} of ${all} configurations, which is what a page has room for.`,
    ],
  };
}
