/** Progress on stderr: a bar on a terminal, a plain line every few seconds elsewhere. */
import { SingleBar } from 'cli-progress';

const LINE_EVERY_MS = 5000;
const WINDOW_MS = 100;

/** A duration for people: "8 s", "2 min 05 s", "1 h 20 min". */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`;
  return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')} min`;
}

/** Where progress is written; process.stderr, or a stand-in of a test. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

/**
 * Runs done, runs a second and the time that is left. The estimate weighs runs by their estimated cost, since
 * a run with large placement problems takes far longer than one without.
 */
export class Progress {
  private done = 0;
  private failed = 0;
  private costDone = 0;
  private readonly started = performance.now();
  private lastDrawn = this.started;
  private readonly bar: SingleBar | undefined;

  /** @param total number of runs. @param totalCost sum of their estimated costs, in any unit. */
  constructor(
    private readonly total: number,
    private readonly totalCost: number,
    private readonly stream: ProgressStream = process.stderr,
  ) {
    if (!stream.isTTY) return;
    this.bar = new SingleBar({
      format: '{bar} {percentage} % | {text}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      hideCursor: true,
      stream: stream as NodeJS.WriteStream,
    });
    this.bar.start(total, 0, { text: this.text() });
  }

  /** Seconds since the start. */
  elapsed(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** "120/480 runs | 35.2 runs/s | ETA 10 s". */
  text(): string {
    const elapsed = this.elapsed();
    const rate = this.done === 0 ? 0 : this.done / elapsed;
    const left =
      this.costDone === 0 ? Number.NaN : (elapsed * (this.totalCost - this.costDone)) / this.costDone;
    const failures = this.failed === 0 ? '' : ` | ${this.failed} failed`;
    return `${this.done}/${this.total} runs | ${rate.toFixed(1)} runs/s | ETA ${durationText(left)}${failures}`;
  }

  add(cost: number, failed: boolean): void {
    this.done++;
    this.costDone += cost;
    if (failed) this.failed++;
    const now = performance.now();
    if (now - this.lastDrawn < (this.bar ? WINDOW_MS : LINE_EVERY_MS)) return;
    this.lastDrawn = now;
    if (this.bar) this.bar.update(this.done, { text: this.text() });
    else this.stream.write(`${this.text()}\n`);
  }

  /** The last state, and the cursor back. */
  stop(): void {
    if (this.bar) {
      this.bar.update(this.done, { text: this.text() });
      this.bar.stop();
    } else this.stream.write(`${this.text()}\n`);
  }
}
