/** When samples of a run are due: at multiples of their interval, until the last request has started. */
import type { ContainerPool } from './container-pool.js';
import type { Sampling } from './observer.js';
import type { Scheduler } from './scheduler.js';

export class SampleClock {
  private due = 1;
  /** Events of the scheduler that samples have covered. */
  private covered = 0;

  constructor(
    private readonly sampling: Sampling,
    private readonly pool: ContainerPool,
    private readonly scheduler: Pick<Scheduler, 'handled'>,
  ) {}

  /** Instant of the next sample in s: a multiple, so that no rounding adds up. */
  get next(): number {
    return this.due * this.sampling.interval;
  }

  /** Takes the next sample; everything before it has to have happened. */
  take(): void {
    this.sampling.sample(this.next, this.pool);
    this.covered = this.scheduler.handled;
    this.due++;
  }

  /** To be called when the run has ended: its last events may lie behind the last sample. */
  finish(): void {
    if (this.scheduler.handled !== this.covered) this.take();
  }
}
