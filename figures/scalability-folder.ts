/** Tells folders of `ds2p scalability` from others, without what draws them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the folder holds results of `ds2p scalability`. */
export function isScalability(folder: string): boolean {
  return existsSync(join(folder, 'solves.csv')) && existsSync(join(folder, 'summary.csv'));
}
