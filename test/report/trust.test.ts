import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { renderToString } from 'preact-render-to-string';
import t from 'tap';
import { PARAMETERS } from '../../core/index.js';
import { runCampaign } from '../../experiments/harness/campaign.js';
import { planRuns } from '../../experiments/harness/expand.js';
import type { ScalabilityPlan } from '../../experiments/harness/placement/scalability-jobs.js';
import { ScalabilityManifest } from '../../experiments/harness/placement/scalability-manifest.js';
import { parseSeries } from '../../experiments/harness/placement/scalability-plan.js';
import { EXPERIMENTS } from '../../experiments/index.js';
import { readFolderFacts } from '../../figures/report/facts.js';
import { withoutPaths } from '../../figures/report/home.js';
import { pageText, type Section } from '../../figures/report/page.js';
import { placementTrustSection, trustSection } from '../../figures/report/sections/trust.js';
import { METRIC_COLUMNS } from '../../results/columns.js';
import { rejectedRequests } from '../../results/rejected-requests.js';
import { writeSynthetic } from '../figures/synthetic.js';
import { textOf } from './html.js';

const render = (section: { readonly body: unknown }) => renderToString(section.body as never);

/** The text of a page with one section. */
function pageOf(section: Section, data: Readonly<Record<string, unknown>> = {}): string {
  const page = pageText({ title: 'A page', lead: '', sections: [section], data });
  return page.replaceAll(/<(script|style)(?![^>]*json)[^>]*>[\s\S]*?<\/\1>/g, '');
}

/** A folder of results of a few seconds of simulated time. */
async function tinyResults(out: string): Promise<string> {
  const experiment = EXPERIMENTS.find(({ name }) => name === 'fig3')!;
  const study = planRuns(experiment, {
    seed: 7,
    replications: 2,
    overrides: { parameters: { duration: 5 } },
  });
  await runCampaign([study], { out, threads: 2, command: `npx ds2p reproduce --out ${homedir()}/results` });
  return join(out, 'fig3');
}

t.test('a section about real results tells of seeds, versions, machine, presets and metrics', async (t) => {
  const facts = readFolderFacts(await tinyResults(t.testdir()));
  t.same(facts.notes, []);
  const html = render(trustSection([facts]));
  const text = textOf(html);
  t.match(pageOf(trustSection([facts])), 'npx ds2p reproduce --out ~/results');
  t.match(text, 'fig3 12 2 7 to 8 5 24 of 24');
  t.match(text, /ds2p-bench \d+\.\d+\.\d+, model version \d+, node \d+/);
  t.match(text, /Machine .+; \d+ cores, 2 used; \d+\.\d GB of memory; /);
  t.match(text, 'No run failed.');
  t.match(text, PARAMETERS.checkMemory.doc);
  t.match(text, 'workload.duration 5 s');
  t.match(text, /policy\.migration none \| random \| greedy \| state-aware/);
  for (const { name } of METRIC_COLUMNS) t.match(html, `id="metric-${name}"`);
});

t.test('metrics of summaries and times of decisions are defined where a page has them', async (t) => {
  const facts = readFolderFacts(writeSynthetic(t.testdir(), 'fig4', 2));
  const html = render(trustSection([facts]));
  t.match(textOf(html), 'cold_starts_percent % containers started for a request, per 100 completed requests');
  t.match(textOf(html), 'decision_time_median_ms ms duration of a migration decision on the clock, median');
  t.match(html, 'id="metric-decision_time_max_ms"');
  t.notMatch(render(trustSection([{ ...facts, decisions: [] }])), 'id="metric-decision_time_max_ms"');
});

t.test('a study of placement problems tells its columns, and the systems that it simulates', async (t) => {
  const folder = t.testdir();
  const size = { nodes: 10, functions: 5, keys: 100 };
  const plan = {
    sizes: [size, { ...size, functions: 30 }],
    series: parseSeries('sound/auto', []),
    sources: ['simulated'],
    capacity: 'loose',
    seeds: [1],
    states: 2,
    timeLimit: 3,
    threads: 1,
  } as const;
  const told = (changes: Partial<ScalabilityPlan>) => {
    writeFileSync(
      join(folder, 'manifest.json'),
      new ScalabilityManifest({ ...plan, ...changes }, 'npx ds2p scalability', []).text(),
    );
    const facts = readFolderFacts(folder);
    // Of three problems one was stopped at the limit of time.
    const summary = [{ n: '3', timeouts: '1', stopped: '0', failed: '0', skipped: '0' }];
    return textOf(render(placementTrustSection({ ...facts, summary })));
  };
  const text = told({});
  t.match(text, 'Solves 2 solved, 1 timeout, 0 stopped, 0 failed, 0 skipped');
  t.match(text, 'solve_time_min_ms ms least of solve_time_ms summary.csv');
  t.match(text, 'functions.count 5 | 30');
  t.match(text, 'workload.duration 241 s');
  t.match(text, 'nodes.edgeStorage');
  t.notMatch(text, 'policy.migration', 'the study itself decides what moves');
  const tight = told({ capacity: 'tight' });
  t.match(tight, 'Storage is tight');
  t.notMatch(tight, 'nodes.edgeStorage', 'it depends on the seed');
  t.notMatch(told({ sources: ['generated'] }), 'The simulated systems');
});

t.test('no name of a user or of a machine stands in it', async (t) => {
  const shown = (words: string) => withoutPaths(words, '/home/me', '/home/me/work');
  for (const [words, expected] of [
    ['see /home/alice/x and C:\\Users\\bob\\y', 'see ~/x and ~\\y'],
    ['ds2p inspect /home/me/work/results/my', 'ds2p inspect ./results/my'],
    ["--set 'policy.offloading=/home/me/work/a b.ts'", "--set 'policy.offloading=./a b.ts'"],
    ['ds2p inspect /home/me/other', 'ds2p inspect ~/other'],
    ['--set policy.offloading=/home/me/p.ts', '--set policy.offloading=$HOME/p.ts'],
    ['--candidate none+/home/me/p.ts,none+/home/me/work/p.ts', '--candidate none+$HOME/p.ts,none+./p.ts'],
    ['/roots/a /srv/home/alice/b /home/me/workshop', '/roots/a /srv/home/alice/b ~/workshop'],
    ['"/root" /root/x file:///home/alice/y', '"~" ~/x file://~/y'],
  ] as const)
    t.equal(shown(words), expected);
  const folder = writeSynthetic(t.testdir(), 'load', 2);
  const machine = { host: 'alices-laptop', cpu: 'A processor', cores: 4, threads: 2, memory_mb: 16000 };
  const sessions = [{ started: '2026-01-05T10:02:03Z', host: 'alices-laptop', command: 'cd /Users/alice/r' }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ machine, sessions }));
  const data = { 'page-figures': { '/home/alice/r': ['--set policy.migration=/home/alice/m.ts'] } };
  const page = pageOf(trustSection([readFolderFacts(folder)]), data);
  t.notMatch(page, 'alice');
  t.match(page, '{"~/r":["--set policy.migration=~/m.ts"]}');
  const text = textOf(page);
  t.match(text, 'A processor; 4 cores, 2 used; 16.0 GB of memory');
  t.match(text, 'cd ~/r');
});

t.test('files that are missing or damaged are told of, and the others are shown', async (t) => {
  const root = t.testdir();
  const folder = writeSynthetic(root, 'load', 2);
  const before = textOf(render(trustSection([readFolderFacts(folder)])));
  t.match(before, 'load: There is no manifest.json.');
  t.match(before, 'No manifest tells which command made these results.');
  writeFileSync(join(folder, 'manifest.json'), '{"experiment": {"name": "lo');
  rmSync(join(folder, 'summary.csv'));
  const facts = readFolderFacts(folder);
  t.equal(facts.notes.length, 2);
  t.match(facts.notes[0], /^manifest\.json cannot be read \(.+\)\.$/);
  t.match(facts.notes[1], 'There is no summary.csv.');
  const after = textOf(render(trustSection([facts])));
  t.match(before, 'Requests that were answered with an error');
  t.notMatch(after, /Rejected requests|Runs of each experiment|No run failed|unknown/, 'what is not known');
});

t.test('a manifest of other JSON than ours breaks nothing', async (t) => {
  const folder = writeSynthetic(t.testdir(), 'load', 2);
  for (const content of [
    '[]',
    'null',
    '3',
    '{"sessions": 4, "configuration": [], "runs": {"failures": {}}}',
  ]) {
    writeFileSync(join(folder, 'manifest.json'), content);
    t.match(textOf(render(trustSection([readFolderFacts(folder)]))), 'Rejected requests', content);
  }
});

t.test('failed runs stand there with their errors and commands, as text', async (t) => {
  const folder = writeSynthetic(t.testdir(), 'load', 2);
  writeFileSync(
    join(folder, 'failures.csv'),
    'run,seed,error,command\n3,9,<img src=x onerror=alert(1)>,npx ds2p run --set policy.offloading=/home/eve/p.ts\n',
  );
  const html = pageOf(trustSection([readFolderFacts(folder)]));
  t.notMatch(html, '<img');
  t.match(textOf(html), '1 failed run of load');
  t.match(textOf(html), '3 9 <img src=x onerror=alert(1)> npx ds2p run --set policy.offloading=~/p.ts');
});

t.test('rejected requests are summed over runs, and the worst configuration is named', async (t) => {
  const row = (n: number, arrivals: number, rejected: number) => ({
    n: String(n),
    arrivals_mean: String(arrivals),
    rejected_mean: String(rejected),
    rejected_percent_mean: String((100 * rejected) / arrivals),
  });
  const sums = rejectedRequests([row(2, 100, 0), row(3, 200, 20), row(1, 100, 5)]);
  t.match(sums, { arrivals: 900, rejected: 65, configurations: 3, rejecting: 2, largest: { percent: 10 } });
  t.ok(Math.abs(sums.percent - 65 / 9) < 1e-12);
  t.ok(Number.isNaN(rejectedRequests([]).percent));
  t.equal(rejectedRequests([row(2, 100, 0)]).largest, undefined);
});

t.test('a column of the summary with markup is text', async (t) => {
  const folder = writeSynthetic(t.testdir(), 'load', 2);
  const path = join(folder, 'summary.csv');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replaceAll('load,as-published', '<script>x</script>,as-published'),
  );
  t.notMatch(render(trustSection([readFolderFacts(folder)])), '<script');
});
