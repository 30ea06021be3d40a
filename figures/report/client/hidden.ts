/** Series that a reader has hidden, by column and label. */
import { useCallback, useState } from 'preact/hooks';
import { distinct, type FigureRow } from '../../rows.js';
import type { Choice } from '../page-data.js';

export interface Hidden {
  /** The labels of a column that are hidden. */
  of(column: string): ReadonlySet<string>;
  toggle(column: string, label: string): void;
  /** Whether anything is hidden. */
  readonly any: boolean;
  reset(): void;
  /** Toggles the label in whichever of the columns has it, as a click on a legend does. */
  toggleAny(filters: readonly Choice[], rows: readonly FigureRow[], label: string): void;
  /** The rows that are left; another function whenever something else is hidden. */
  shown(rows: readonly FigureRow[]): readonly FigureRow[];
}

export function useHidden(): Hidden {
  const [hidden, setHidden] = useState<Readonly<Record<string, ReadonlySet<string>>>>({});
  const of = (column: string) => hidden[column] ?? new Set<string>();
  const toggle = (column: string, label: string) => {
    const labels = new Set(of(column));
    if (!labels.delete(label)) labels.add(label);
    setHidden({ ...hidden, [column]: labels });
  };
  return {
    of,
    toggle,
    any: Object.values(hidden).some((labels) => labels.size > 0),
    reset: () => setHidden((now) => (Object.keys(now).length === 0 ? now : {})),
    toggleAny(filters, rows, label) {
      const filter = filters.find(({ column }) => distinct(rows, column).map(String).includes(label));
      if (filter !== undefined) toggle(filter.column, label);
    },
    shown: useCallback(
      (rows) =>
        rows.filter((row) =>
          Object.entries(hidden).every(([column, labels]) => !labels.has(String(row[column]))),
        ),
      [hidden],
    ),
  };
}
