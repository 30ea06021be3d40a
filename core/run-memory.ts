/**
 * What the runs of one thread hand on to each other: memory, never a result. A run that finds the arrays of the
 * last one need not have fresh pages mapped and zeroed, and V8 keeps the compiled code of classes of which an
 * object is left.
 */
export class RunMemory {
  /** Room for response times. */
  responseTimes: Float64Array = new Float64Array(0);
  /** Room for data access times and for how many requests met each; always of one length. */
  accessTimes: Float64Array = new Float64Array(4096);
  accessWeights: Float64Array = new Float64Array(4096);
  /** The parts of the last run; kept, not used. */
  lastRun: unknown;
}
