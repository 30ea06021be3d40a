/**
 * Progress on stderr: a bar on a terminal, a plain line every few seconds elsewhere. Both go on while no run
 * ends, so that a long run is not taken for a program that hangs.
 */
import { SingleBar } from 'cli-progress';
import { PLAIN, type Style } from './style.js';

const LINE_EVERY_MS = 5000;
/** After some minutes, plain lines come this often: a log of a night must not be all progress. */
const SLOW_LINE_EVERY_MS = 60_000;
const TICK_MS = 1000;
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

/** How it goes, for whoever else tells of it. */
export interface ProgressState {
  readonly text: string;
  readonly ratePerSecond: number;
  /** NaN where nothing is known yet. */
  readonly leftSeconds: number;
}

export interface ProgressOptions {
  /** Runs that were done before; they take no part in the rate. */
  readonly done?: number;
  /** Time between plain lines at first; it grows to `SLOW_LINE_EVERY_MS` as the sweep goes on. */
  readonly lineEveryMs?: number;
  /** Called every second, and at the end. */
  readonly onDraw?: (state: ProgressState) => void;
  /** That of the stream; plain where absent. */
  readonly style?: Style;
}

/**
 * Runs done, runs a second and the time that is left. The estimate weighs runs by their estimated cost, since
 * a run with large placement problems takes far longer than one without.
 */
export class Progress {
  private made = 0;
  private failed = 0;
  private costDone = 0;
  private readonly started = performance.now();
  private lastDrawn = this.started;
  private readonly before: number;
  private readonly lineEveryMs: number;
  private readonly onDraw: ((state: ProgressState) => void) | undefined;
  private readonly bar: SingleBar | undefined;
  private readonly style: Style;
  /** A process that ends early, as by a second Ctrl-C, gives the cursor back. */
  private readonly showCursor = () => this.bar?.stop();
  private readonly timer: NodeJS.Timeout;

  /** @param total number of runs. @param totalCost sum of the estimated costs of those not done before, in any unit. */
  constructor(
    private readonly total: number,
    private readonly totalCost: number,
    private readonly stream: ProgressStream = process.stderr,
    { done = 0, lineEveryMs = LINE_EVERY_MS, onDraw, style = PLAIN }: ProgressOptions = {},
  ) {
    this.before = done;
    this.lineEveryMs = lineEveryMs;
    this.onDraw = onDraw;
    this.style = style;
    this.timer = setInterval(() => this.tick(), Math.min(TICK_MS, lineEveryMs));
    // Whoever forgets to stop the progress must not be kept waiting by it.
    this.timer.unref();
    // A dumb terminal cannot move its cursor.
    if (!stream.isTTY || process.env.TERM === 'dumb') return;
    this.bar = new SingleBar({
      format: `${style.good('{bar}')} {percentage} % | {text}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      hideCursor: true,
      stream: stream as NodeJS.WriteStream,
    });
    this.bar.start(total, done, { text: this.styledText() });
    process.once('exit', this.showCursor);
  }

  /** Seconds since the start. */
  elapsed(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Seconds until the last run ends, by the estimated costs; NaN where nothing is known yet. */
  private left(): number {
    if (this.totalCost === 0) return 0;
    return this.costDone === 0
      ? Number.NaN
      : (this.elapsed() * (this.totalCost - this.costDone)) / this.costDone;
  }

  /** What is known now. */
  state(): ProgressState {
    return {
      text: this.text(),
      ratePerSecond: this.rate(),
      leftSeconds: this.left(),
    };
  }

  private rate(): number {
    return this.made === 0 ? 0 : this.made / this.elapsed();
  }

  /** "120/480 runs | 35.2 runs/s | ETA 10 s". */
  text(): string {
    const failures = this.failed === 0 ? '' : ` | ${this.failed} failed`;
    return `${this.before + this.made}/${this.total} runs | ${this.rate().toFixed(1)} runs/s | ETA ${durationText(this.left())}${failures}`;
  }

  /** The same for the terminal. */
  private styledText(): string {
    return this.text().replace(/\d+ failed$/, this.style.bad);
  }

  add(cost: number, failed: boolean): void {
    this.made++;
    this.costDone += cost;
    if (failed) this.failed++;
    if (this.bar && performance.now() - this.lastDrawn >= WINDOW_MS) this.draw();
  }

  private tick(): void {
    this.onDraw?.(this.state());
    const pause = Math.min(SLOW_LINE_EVERY_MS, Math.max(this.lineEveryMs, 20 * this.elapsed()));
    if (this.bar || performance.now() - this.lastDrawn >= pause - TICK_MS / 2) this.draw();
  }

  private draw(): void {
    this.lastDrawn = performance.now();
    const text = this.styledText();
    if (this.bar) this.bar.update(this.before + this.made, { text });
    else this.stream.write(`${text}\n`);
  }

  /** The last state, and the cursor back. */
  stop(): void {
    clearInterval(this.timer);
    this.draw();
    this.bar?.stop();
    process.removeListener('exit', this.showCursor);
  }
}
