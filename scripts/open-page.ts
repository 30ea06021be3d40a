/** Opening a page in the browser of whoever sits in front of the terminal. */
import { resolve } from 'node:path';

/** Where this process runs, as far as it matters to browsers. */
export interface Surroundings {
  /** Whether stdout is a terminal; it is none in scripts and batch jobs. */
  readonly isTerminal: boolean;
  readonly platform: NodeJS.Platform;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Is there somebody to show a page to, and a display to show it on? */
export function canShow({ isTerminal, platform, variables }: Surroundings): boolean {
  if (!isTerminal) return false;
  return platform !== 'linux' || Boolean(variables.DISPLAY || variables.WAYLAND_DISPLAY);
}

/** Opens a page where that makes sense; that it cannot be opened is no error, since its path is on stdout. */
export async function openPage(path: string): Promise<void> {
  const { stdout, platform, env } = process;
  if (!canShow({ isTerminal: stdout.isTTY, platform, variables: env })) return;
  const complain = () => console.error(`No browser could be started for ${path}.`);
  try {
    const { default: open } = await import('open');
    const browser = await open(resolve(path));
    browser.on('error', complain);
  } catch {
    complain();
  }
}
