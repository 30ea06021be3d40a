import t from 'tap';
import { durationText, Progress } from '../../experiments/harness/progress.js';

t.test('without a terminal, progress ends with a plain line of runs, rate and ETA', async (t) => {
  const lines: string[] = [];
  const progress = new Progress(2, 10, {
    write: (text: string | Uint8Array) => lines.push(String(text)) > 0,
  });
  progress.add(4, false);
  t.match(progress.text(), /^1\/2 runs \| \d+\.\d runs\/s \| ETA \d+ s$/);
  progress.add(6, true);
  progress.stop();
  t.match(lines, [/^2\/2 runs \| \d+\.\d runs\/s \| ETA 0 s \| 1 failed\n$/]);
});

t.test('before the first run has ended, the ETA is not known', async (t) => {
  t.match(new Progress(2, 10, { write: () => true }).text(), /ETA \?$/);
});

t.test('durations read well', async (t) => {
  t.strictSame([0, 59.4, 60, 125, 3600, 4830].map(durationText), [
    '0 s',
    '59 s',
    '1 min 00 s',
    '2 min 05 s',
    '1 h 00 min',
    '1 h 20 min',
  ]);
});
