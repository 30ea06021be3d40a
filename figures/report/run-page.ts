/** The page of recorded runs. */
import { join } from 'node:path';
import { PAGE_FILE } from '../../experiments/harness/recorded-folder.js';
import type { RecordedRun } from '../../experiments/harness/recorded-run.js';
import { replaceFile, storing } from '../../experiments/harness/storage.js';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Writes `inspect.html` into the folder and returns its path. @throws StorageError where that fails. */
export function writeRunPage(folder: string, runs: readonly RecordedRun[]): string {
  const path = join(folder, PAGE_FILE);
  const items = runs.map(({ number, command }) => `<li>Run ${number}: <code>${escaped(command)}</code></li>`);
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Recorded runs</title>
<ul>
${items.join('\n')}
</ul>
</html>
`;
  storing(path, () => replaceFile(path, page, { sync: false }));
  return path;
}
