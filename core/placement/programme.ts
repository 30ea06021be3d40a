/**
 * A mixed-integer linear programme in flat arrays, by rows: what the formulations build and what GLPK and HiGHS
 * are handed. Names are computed only where somebody reads them.
 */

/** min cost x, rowLower <= A x <= rowUpper, 0 <= x <= upper, x_c integer where `integer` is 1. */
export interface Programme {
  readonly columns: number;
  readonly cost: Float64Array;
  readonly upper: Float64Array;
  readonly integer: Uint8Array;
  readonly rows: number;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** rows + 1: the entries of row r are `start[r]` up to `start[r + 1]`. */
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
  columnName(column: number): string;
  rowName(row: number): string;
}

export interface ProgrammeOutcome {
  /** The solver's word, to be checked. 'stopped': it gave up, or does not tell why it has no plan. */
  readonly status: 'optimal' | 'stopped' | 'infeasible';
  /** Values of the columns, null when there are none. */
  readonly x: Float64Array | null;
  readonly bound: number;
  readonly work: number;
}

/** Names of the columns or rows from `first` on, by their number within the family. */
interface Family {
  readonly first: number;
  readonly nameOf: (member: number) => string;
}

function nameIn(families: readonly Family[], index: number): string {
  const family = families.findLast(({ first }) => first <= index);
  return family === undefined ? `${index}` : family.nameOf(index - family.first);
}

/** Collects columns and rows, family by family; arrays grow as needed. */
export class ProgrammeBuilder {
  readonly #cost: number[] = [];
  readonly #upper: number[] = [];
  readonly #integer: number[] = [];
  readonly #columnFamilies: Family[] = [];
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  readonly #rowFamilies: Family[] = [];
  readonly #start: number[] = [0];
  readonly #index: number[] = [];
  readonly #value: number[] = [];

  /** Names the columns added from now on; returns the first of them. */
  columnFamily(nameOf: Family['nameOf']): number {
    this.#columnFamilies.push({ first: this.#cost.length, nameOf });
    return this.#cost.length;
  }

  /** Names the rows added from now on. */
  rowFamily(nameOf: Family['nameOf']): void {
    this.#rowFamilies.push({ first: this.#rowLower.length, nameOf });
  }

  /** Adds a variable within [0, upper]. */
  column(cost: number, upper = Number.POSITIVE_INFINITY, integer = false): void {
    this.#cost.push(cost);
    this.#upper.push(upper);
    this.#integer.push(integer ? 1 : 0);
  }

  /** Adds an entry to the row that the next call of `row` closes. */
  entry(column: number, value: number): void {
    if (value === 0) return;
    this.#index.push(column);
    this.#value.push(value);
  }

  /** Closes a row of the entries since the last one. */
  row(lower: number, upper: number): void {
    this.#rowLower.push(lower);
    this.#rowUpper.push(upper);
    this.#start.push(this.#index.length);
  }

  build(): Programme {
    const columnFamilies = this.#columnFamilies;
    const rowFamilies = this.#rowFamilies;
    return {
      columns: this.#cost.length,
      cost: Float64Array.from(this.#cost),
      upper: Float64Array.from(this.#upper),
      integer: Uint8Array.from(this.#integer),
      rows: this.#rowLower.length,
      rowLower: Float64Array.from(this.#rowLower),
      rowUpper: Float64Array.from(this.#rowUpper),
      start: Int32Array.from(this.#start),
      index: Int32Array.from(this.#index),
      value: Float64Array.from(this.#value),
      columnName: (column) => nameIn(columnFamilies, column),
      rowName: (row) => nameIn(rowFamilies, row),
    };
  }
}
