/**
 * Progress on stderr: a bar on a terminal, a plain line every few seconds elsewhere. Both go on while no run
 * ends, so that a long run is not taken for a program that hangs.
 */
import { SingleBar } from 'cli-progress';

const LINE_EVERY_MS = 5000;
const BAR_EVERY_MS = 1000;
/** A bar is drawn no more often than this while runs end quickly. */
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
  private readonly timer: NodeJS.Timeout;

  /**
   * @param total number of runs. @param totalCost sum of their estimated costs, in any unit.
   * @param lineEveryMs time between plain lines.
   */
  constructor(
    private readonly total: number,
    private readonly totalCost: number,
    private readonly stream: ProgressStream = process.stderr,
    lineEveryMs = LINE_EVERY_MS,
  ) {
    this.timer = setInterval(() => this.draw(), stream.isTTY ? BAR_EVERY_MS : lineEveryMs);
    // Whoever forgets to stop the progress must not be kept waiting by it.
    this.timer.unref();
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
    if (this.bar && performance.now() - this.lastDrawn >= WINDOW_MS) this.draw();
  }

  private draw(): void {
    this.lastDrawn = performance.now();
    if (this.bar) this.bar.update(this.done, { text: this.text() });
    else this.stream.write(`${this.text()}\n`);
  }

  /** The last state, and the cursor back. */
  stop(): void {
    clearInterval(this.timer);
    this.draw();
    this.bar?.stop();
  }
}
