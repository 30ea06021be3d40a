/** Runs of folders of results are read back from their files and made again, by name and by command. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { dataDistanceAt } from '../../core/index.js';
import { recordRuns } from '../../experiments/harness/record-runs.js';
import {
  type RecordedRun,
  readRecordedRun,
  recordingFile,
  writeRecordedRun,
} from '../../experiments/harness/recorded-run.js';
import { StoredResults } from '../../experiments/harness/stored-runs.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { cellText, readCsv } from '../../results/csv.js';
import { ds2p } from './process.js';
import { words, writeSweep } from './sweeps.js';

const MY_IDEA = `export default {
  kind: 'offloading', name: 'my-idea', doc: 'here', source: 'mine',
  parameters: { share: { unit: '-', kind: { type: 'number', min: 0, max: 1 }, default: 0.5, doc: 'of nothing' } },
  make: ({ view }) => ({ node, function: f }) => (view.canRun(node, f) ? node : view.nearestCloud(node)),
};
`;

const SCENARIO = JSON.stringify({
  name: 'three',
  nodes: [
    { name: 'Rome', kind: 'edge' },
    { name: 'Oslo', kind: 'edge' },
    { name: 'Paris', kind: 'cloud' },
  ],
  latency_ms: [
    [0, 4, 9],
    [4, 0, 12],
    [9, 12, 0],
  ],
});

/** A sweep with everything that a run can have: lists, policies of files and with settings, both presets, a scenario. */
async function sweep(): Promise<string> {
  const folder = t.testdir({ 'my-idea.ts': MY_IDEA, 'three nodes.json': SCENARIO });
  writeSweep(folder, {
    presets: ['as-published', 'as-written'],
    fixed: { 'migration.interval': 2, 'functions.executionTime': [0.2, 0.1], 'policy.migration': 'random' },
    axes: {
      'keys.accessProbabilities': [[0.5], [0.1, 0.9]],
      'policy.offloading': ['slo-aware', './my-idea.ts:share=0.25', 'skippy:prefer=cloud'],
    },
    replications: 2,
    seed: 40,
  });
  const line = ['sweep', 'tiny.json', '--out', '.', '--scenario', 'three nodes.json'];
  const { code, stderr } = await ds2p(line, folder);
  t.equal(code, 0, stderr);
  enter(t, folder);
  return folder;
}

/** Paths of policies and scenarios are those of the command line, relative to the folder where it was typed. */
function enter(t: Test, folder: string): void {
  const before = process.cwd();
  process.chdir(folder);
  t.teardown(() => process.chdir(before));
}

const folder = await sweep();

/** The words of a command as a shell would take it apart. */
const typed = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain).slice(2);

t.test(
  'runs of a folder are listed, made again and recorded, and their commands make their rows',
  async (t) => {
    const rows = readCsv('tiny/runs.csv');
    const listed = new StoredResults('tiny').runs;
    t.equal(listed.length, 24);
    t.match(listed[3], {
      number: 4,
      experiment: 'tiny',
      preset: 'as-published',
      seed: 41,
      replication: 1,
      varied: { 'keys.accessProbabilities': [0.5], 'policy.offloading': './my-idea.ts:share=0.25' },
    });
    t.ok(
      'storeMayHost' in listed[3].varied === false && 'keys.largeSize' in listed[3].varied,
      'presets vary too',
    );

    const results = new StoredResults('tiny');
    const numbers = [3, 18, 24];
    const recorded = await recordRuns(await Promise.all(numbers.map((number) => results.runAt(number))));
    t.strictSame(
      recorded.map(({ number }) => number),
      numbers,
    );
    for (const run of recorded) {
      const row = rows[run.number - 1];
      t.match(run, {
        format: 'ds2p-recording-1',
        scenario: 'three',
        seed: Number(row.seed),
        preset: row.preset,
      });
      for (const { name } of METRIC_COLUMNS)
        t.equal(cellText(run.metrics[name] ?? Number.NaN), row[name], name);
      t.strictSame(run.recording.nodes.name, ['Rome', 'Oslo', 'Paris', 'store']);
      t.equal(run.recording.interval_s, 5 / 360);
      t.equal(dataDistanceAt(run.recording, 3).length, 5 * 4);
      t.equal(run.parameters['policy.offloading'], row.offloading_policy);
      writeRecordedRun(recordingFile(run.number), run);
      t.strictSame(readRecordedRun(recordingFile(run.number)), run);
    }

    /** Rows that a command prints, with metrics as runs.csv has them. */
    const made = async (command: string): Promise<readonly Record<string, string>[]> => {
      const { code, stdout, stderr } = await ds2p([...typed(command), '--json'], folder);
      t.equal(code, 0, stderr);
      return JSON.parse(stdout).map((row: Record<string, never>) =>
        Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cellText(cell ?? Number.NaN)])),
      );
    };
    const same = (row: Record<string, string>, expected: Record<string, string>) => {
      for (const [name, cell] of Object.entries(expected))
        if (name !== 'experiment' && name !== 'replication') t.equal(row[name], cell, name);
    };
    for (const { number, command } of recorded) same((await made(command))[0], rows[number - 1]);
    const summary = readCsv('tiny/summary.csv');
    const again = await made(results.commandOfConfiguration(summary[7])!);
    t.equal(again.length, 2);
    again.forEach((row, replication) => {
      same(row, rows[2 * 7 + replication]);
    });
    t.equal(results.commandOfConfiguration({ ...summary[7], t_max_s: '7' }), undefined, 'no such runs');
  },
);

t.test('a run that cannot be made again says why', async (t) => {
  const refused = async (action: () => unknown, ...texts: RegExp[]) => {
    const error = await Promise.resolve()
      .then(action)
      .then(
        () => t.fail('nothing was wrong'),
        (thrown: Error) => thrown,
      );
    t.equal((error as Error).name, 'InputError');
    for (const text of texts) t.match((error as Error).message, text);
  };
  await refused(() => new StoredResults('nowhere').runs, /nowhere: there is no such folder\./);
  await refused(() => new StoredResults('.').runs, /holds no runs\.csv/);
  for (const number of [0, 25, 1.5])
    await refused(() => new StoredResults('tiny').runAt(number), /runs 1 to 24/);

  const files = ['tiny/runs.csv', 'tiny/manifest.json', 'my-idea.ts', 'three nodes.json'];
  const content = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  /** Run 3 with one file changed, or removed. */
  const changed = async (
    file: string,
    change: ((text: string) => string) | undefined,
    ...texts: RegExp[]
  ) => {
    if (change === undefined) rmSync(file);
    else writeFileSync(file, change(content.get(file)!));
    await refused(() => new StoredResults('tiny').runAt(3), ...texts);
    writeFileSync(file, content.get(file)!);
  };
  await changed('my-idea.ts', undefined, /my-idea\.ts: there is no such policy file/);
  await changed('my-idea.ts', (text) => text.replace('canRun', 'canCompute'), /policy file has changed/);
  await changed('three nodes.json', undefined, /three nodes\.json: the file cannot be read/);
  await changed('three nodes.json', (text) => text.replaceAll('12', '13'), /scenario file has changed/);
  await changed(
    'tiny/manifest.json',
    (text) => text.replace('"model": "2"', '"model": "1"'),
    /model version "1"/,
  );
  await changed('tiny/manifest.json', (text) => text.slice(0, 200), /manifest\.json: the file is damaged/);
  await changed('tiny/manifest.json', undefined, /no manifest says where its file is/);
  await changed('tiny/runs.csv', (text) => text.slice(0, -20), /runs\.csv: the file is damaged/);
  await changed('tiny/runs.csv', (text) => text.replace('t_max_s', 't_max'), /lacks the column t_max_s/);
  await changed('tiny/runs.csv', (text) => text.slice(0, text.indexOf('\n') + 1), /holds no runs/);
  await changed(
    'tiny/runs.csv',
    (text) => text.replaceAll('"[0.2,0.1]"', '"[0.2,oops]"'),
    /runs\.csv: run 3: functions_execution_time_s/,
  );
  const stored = await new StoredResults('tiny').runAt(3);
  await t.rejects(
    recordRuns([{ ...stored, row: { ...stored.row, arrivals: '7' } }]),
    /run 3, made again, is not the one of the results: arrivals is \d+, and 7 in runs\.csv/,
  );
});

t.test('a file that is no recording is told, with a remedy', async (t) => {
  const folder = t.testdir({
    'cut.json': '{"format": "ds2p-rec',
    'other.json': '{"format": "something"}',
    'empty.json': 'null',
    'part.json': '{"format": "ds2p-recording-1", "recording": {"nodes": {}}}',
  } satisfies Record<string, string>);
  const read = (name: string): RecordedRun => readRecordedRun(join(folder, name));
  t.throws(() => read('none.json'), /none\.json: the recording cannot be read/);
  t.throws(() => read('cut.json'), /cut\.json: the recording cannot be read .* Remove the file/);
  t.throws(() => read('other.json'), /no recording of the format ds2p-recording-1/);
  t.throws(() => read('empty.json'), /no recording of the format/);
  t.throws(() => read('part.json'), /lacks functions, keys/);
});

t.test('a comparison with a scenario can be made again as well', async (t) => {
  const folder = t.testdir({ 'three.json': SCENARIO });
  const line = `compare --experiment scenario --candidate greedy+greedy-local --scenario ${join(folder, 'three.json')} --duration 5 --replications 2 --out out`;
  const { code, stderr } = await ds2p(words(line), folder);
  t.equal(code, 0, stderr);
  const [recorded] = await recordRuns([
    await new StoredResults(join(folder, 'out/compare-scenario')).runAt(1),
  ]);
  t.equal(recorded.scenario, 'three');
});
