/** The log of a sweep: what happened and when, in a file beside its results. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

export const LOG_FILE = 'sweep.log';

export class SweepLog {
  private readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, LOG_FILE);
  }

  /** Writes a line with the time. A log that cannot be written must not end the sweep. */
  write(message: string): void {
    try {
      appendFileSync(this.path, `${new Date().toISOString()} ${message.replaceAll('\n', ' | ')}\n`);
    } catch {
      // The journal tells the user of a full disk.
    }
  }
}
