/** The browser and the report of the scripts that look at one. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/** Starts a browser for the report that the command line names; ends the process with code 2 where one is missing. */
export async function openReport(): Promise<{ path: string; address: string; browser: Browser }> {
  const [path = 'results/reproduction/report.html'] = process.argv.slice(2);
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  for (const file of [path, executablePath])
    if (!existsSync(file)) {
      console.error(`${file}: there is no such file.`);
      process.exit(2);
    }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  return { path, address: pathToFileURL(resolve(path)).href, browser };
}
