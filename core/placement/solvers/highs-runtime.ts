/** HiGHS compiled to WebAssembly (npm `highs`): loading, models from arrays, and the codes of its statuses. */
import type { Highs, Model } from 'highs';
import * as highsModule from 'highs';
import type { Programme } from '../programme.js';

let highs: Highs | null = null;

/** Loads HiGHS; to be awaited once a thread before a problem is given to it. */
export async function loadHighs(): Promise<void> {
  // The declared types take the module for CommonJS, though it is one with a default export.
  const load = highsModule.default as unknown as typeof highsModule.default.default;
  highs ??= await load();
}

/** Codes of `getModelStatus`. */
export const HIGHS_OPTIMAL = 7;
export const HIGHS_INFEASIBLE = 8;

/**
 * A model of its own for the programme, with integers or relaxed; the caller disposes of it.
 * @throws Error when `loadPlacementSolvers` has not been awaited.
 */
export function highsModel(programme: Programme, integers: boolean): Model {
  if (highs === null)
    throw new Error('HiGHS is not loaded. Await loadPlacementSolvers() once before solving with it.');
  const { columns, rows, integer } = programme;
  const model = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: programme.cost,
    colLower: new Float64Array(columns),
    colUpper: programme.upper,
    rowLower: programme.rowLower,
    rowUpper: programme.rowUpper,
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: columns,
      starts: programme.start,
      indices: programme.index,
      values: programme.value,
    },
    ...(integers ? { integrality: Int32Array.from(integer) } : {}),
  });
  model.options.set({ output_flag: false });
  return model;
}
