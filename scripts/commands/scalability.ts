/** `ds2p scalability`: the product's Fig. 4, up to 500 nodes and functions. */
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopReason } from '../../experiments/harness/campaign.js';
import { dropReport } from '../../experiments/harness/earlier-report.js';
import { unknownName } from '../../experiments/harness/errors.js';
import { folderProblems } from '../../experiments/harness/folders.js';
import { FolderLock } from '../../experiments/harness/lock.js';
import { sessionsIn, shellWord } from '../../experiments/harness/manifest.js';
import type { ScalabilityPlan } from '../../experiments/harness/placement/scalability-jobs.js';
import {
  ScalabilityManifest,
  scalabilityConfiguration,
} from '../../experiments/harness/placement/scalability-manifest.js';
import {
  type Capacity,
  DEFAULT_SERIES,
  MOST_NODES,
  parseSeries,
  QUICK_SERIES,
  SOURCES,
  type Source,
  sizesUpTo,
} from '../../experiments/harness/placement/scalability-plan.js';
import { runScalability } from '../../experiments/harness/placement/scalability-run.js';
import { moveOtherAside } from '../../experiments/harness/previous-results.js';
import { durationText } from '../../experiments/harness/progress.js';
import { OTHER_FOLDER, replaceFile, storing } from '../../experiments/harness/storage.js';
import { counted } from '../../experiments/harness/words.js';
import { headerLine, type Row, rowLine } from '../../results/csv.js';
import { SCALABILITY_COLUMNS, SOLVE_COLUMNS, summarizeSolves } from '../../results/scalability.js';
import { onStderr, onStdout } from '../colour.js';
import type { Arguments, CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { jsonOption, printJson } from '../json.js';
import { DEFAULT_OUT, DEFAULT_SEED, OUT_OPTION, REPORT_OPTION, secondsOption, toggle } from '../options.js';
import { withReport } from '../report-attempt.js';
import { reportSweep } from '../report-output.js';
import { print } from '../stdout.js';
import { STOPS_SOON, sayingIfStopped, stoppingCleanly } from '../stopping.js';
import { numberText, textTable } from '../terminal.js';
import { commandLine } from './experiment.js';

const CAPACITIES = ['loose', 'tight'] as const satisfies readonly Capacity[];
const DEFAULTS = { maxNodes: 100, replications: 2, states: 2, timeLimit: 10 } as const;
const QUICK = { maxNodes: 35, replications: 1, states: 1, timeLimit: 3 } as const;
const MAX_THREADS = 64;
const MAX_REPLICATIONS = 1000;
const MAX_STATES = 100;
const MAX_SEED = Number.MAX_SAFE_INTEGER - MAX_REPLICATIONS;

function planFrom(given: Arguments): ScalabilityPlan {
  const quick = given.has('quick');
  const fallback = quick ? QUICK : DEFAULTS;
  const maxNodes = given.whole('max-nodes', 10, MOST_NODES, fallback.maxNodes);
  const maxFunctions = given.whole('max-functions', 5, MOST_NODES, Math.max(30, maxNodes));
  const capacity = given.text('capacity') ?? 'loose';
  if (!CAPACITIES.includes(capacity as Capacity))
    given.problems.push(unknownName('--capacity', 'a capacity', capacity, CAPACITIES));
  const sources = (given.text('source') ?? SOURCES.join(',')).split(',').map((name) => name.trim());
  for (const source of sources)
    if (!SOURCES.includes(source as Source))
      given.problems.push(unknownName('--source', 'a source of problems', source, SOURCES));
  const seed = given.whole('seed', 0, MAX_SEED, DEFAULT_SEED);
  const replications = given.whole('replications', 1, MAX_REPLICATIONS, fallback.replications);
  return {
    sizes: sizesUpTo(maxNodes, maxFunctions, quick),
    series: parseSeries(given.text('series') ?? (quick ? QUICK_SERIES : DEFAULT_SERIES), given.problems),
    sources: SOURCES.filter((source) => sources.includes(source)),
    capacity: capacity as Capacity,
    seeds: Array.from({ length: replications }, (_, r) => seed + r),
    states: given.whole('states', 1, MAX_STATES, fallback.states),
    timeLimit: secondsOption(given, 'time-limit', fallback.timeLimit),
    threads: given.whole('threads', 1, MAX_THREADS, 1),
  };
}

const write = (path: string, content: string): void =>
  storing(path, () => replaceFile(path, content), OTHER_FOLDER);

const msText = (ms: number): string => (ms >= 100 ? String(Math.round(ms)) : numberText(ms, 3));

function summaryText(summary: readonly Row[]): string {
  const rows = summary.map((row) => {
    const cell = (name: string, digits = 3) => numberText(row[name] as number, digits);
    const unsolved = ['timeouts', 'stopped', 'failed', 'skipped'].flatMap((name) =>
      (row[name] as number) > 0
        ? [(name === 'skipped' ? onStdout.faint : onStdout.bad)(`${row[name]} ${name}`)]
        : [],
    );
    return [
      String(row.nodes),
      String(row.functions),
      String(row.keys),
      String(row.source),
      `${row.formulation}/${row.solver}${row.printed ? '/printed' : ''}`,
      msText(row.solve_time_median_ms as number),
      msText(row.solve_time_max_ms as number),
      cell('gap_max_percent', 2),
      [...((row.n as number) > 0 ? [`${row.optimal} of ${row.n} optimal`] : []), ...unsolved].join(', '),
    ];
  });
  const head = [
    'nodes',
    'functions',
    'keys',
    'source',
    'series',
    'median ms',
    'max ms',
    'max gap %',
    'outcome',
  ];
  return textTable(head, rows);
}

export const scalabilityCommand: CommandSpec = {
  name: 'scalability',
  describe: 'Time placement problems as they grow: Fig. 4',
  options: {
    'max-nodes': {
      describe: `largest number of compute nodes, 10 to ${MOST_NODES}`,
      type: 'text',
      fallback: `${DEFAULTS.maxNodes}, quick: ${QUICK.maxNodes}`,
    },
    'max-functions': {
      describe: `largest number of functions, 5 to ${MOST_NODES}`,
      type: 'text',
      fallback: 'as many as nodes, 30 at least',
    },
    series: {
      describe: 'formulation/solver, with /printed for all printed variables; separated by commas',
      type: 'text',
      fallback: DEFAULT_SERIES.replaceAll(',', ', '),
    },
    source: {
      describe:
        'where problems come from: simulated (decisions of a simulated system), generated (random), or both',
      type: 'text',
      fallback: SOURCES.join(','),
      values: SOURCES,
      isList: true,
    },
    capacity: {
      describe:
        'storage of the nodes: loose (that of the preset) or tight (the edge holds 30 % of the keys in use)',
      type: 'text',
      fallback: 'loose',
      values: CAPACITIES,
    },
    replications: {
      describe: 'simulations a size, each of a world of its own',
      type: 'text',
      fallback: `${DEFAULTS.replications}, quick: ${QUICK.replications}`,
    },
    states: {
      describe:
        'problems a replication: those of the decisions after 120 s, 240 s, ... of a simulation, or as many generated',
      type: 'text',
      fallback: `${DEFAULTS.states}, quick: ${QUICK.states}; 1 for printed series`,
    },
    'time-limit': {
      describe: 'seconds of wall time a solve; a solver that does not stop is ended',
      type: 'text',
      fallback: `${DEFAULTS.timeLimit}, quick: ${QUICK.timeLimit}`,
    },
    seed: {
      describe: 'seed of the first simulation; replication r has seed + r',
      type: 'text',
      fallback: String(DEFAULT_SEED),
    },
    threads: {
      describe: 'worker threads; more than one disturb the times of each other',
      type: 'text',
      fallback: '1',
    },
    ...OUT_OPTION,
    ...REPORT_OPTION,
    quick: toggle('three sizes and one problem each, in seconds'),
    json: jsonOption('the rows of summary.csv, with the folder, its figures and the number of solves'),
  },
  examples: [
    ['ds2p scalability --max-nodes 35', 'the sizes of the paper, a minute or two'],
    ['ds2p scalability --max-nodes 500 --time-limit 60', 'up to 500 nodes, 500 functions and 5000 keys'],
    [
      'ds2p scalability --series sound/auto,sound/lagrangian,no-slack/highs --capacity tight',
      'other lines, where capacity binds',
    ],
  ],
  run: async (given, signal) => {
    const started = performance.now();
    const plan = planFrom(given);
    const out = given.text('out') ?? DEFAULT_OUT;
    given.problems.push(...folderProblems(out));
    given.check();
    const folder = join(out, 'scalability');
    // Held until the process ends, since figures and report are of the same solves.
    const { aside } = FolderLock.acquireCleared(folder, new Date(), () =>
      moveOtherAside(folder, scalabilityConfiguration(plan)),
    );
    if (aside !== undefined) console.error(`Results of another configuration are now in ${aside}.`);
    const told = join(folder, 'manifest.json');
    const manifest = new ScalabilityManifest(plan, commandLine(), sessionsIn(told));
    write(told, manifest.text());
    const path = join(folder, 'solves.csv');
    // Rows go to a file of their own as they come, so that an attempt that is cut short leaves earlier results alone.
    const attempt = join(folder, 'solves.attempt.csv');
    write(attempt, '');
    const solves = await stoppingCleanly(STOPS_SOON, () =>
      runScalability(
        plan,
        signal,
        (line) => storing(attempt, () => appendFileSync(attempt, line), OTHER_FOLDER),
        onStderr,
      ),
    );
    const failed = solves.filter(({ outcome }) => outcome === 'failed').length;
    write(
      told,
      manifest.text({
        solves: solves.length,
        failed,
        ...(signal.aborted ? { stopped: stopReason(signal) } : {}),
      }),
    );
    const inJson = (figures: readonly string[], summary: readonly Row[]) => {
      const seconds = Number(((performance.now() - started) / 1000).toFixed(3));
      printJson({ folder, solves: solves.length, seconds, figures, summary });
    };
    if (signal.aborted && existsSync(path)) {
      console.error(
        `Interrupted: ${path} is left as it was; ${counted(solves.length, 'solve')} kept in ${attempt}. Begin again with: ${commandLine()}`,
      );
      if (given.has('json')) inJson([], []);
      return EXIT.interrupted;
    }
    rmSync(attempt);
    // Rows were written as they came; in the end they stand in the order of sizes and series.
    const lines = solves.map((row) => rowLine(SOLVE_COLUMNS, row));
    const note = dropReport(folder);
    if (note !== undefined && given.has('no-report')) console.error(note);
    write(path, headerLine(SOLVE_COLUMNS) + lines.join(''));
    const summary = summarizeSolves(solves);
    const summaryLines = summary.map((row) => rowLine(SCALABILITY_COLUMNS, row));
    write(join(folder, 'summary.csv'), headerLine(SCALABILITY_COLUMNS) + summaryLines.join(''));
    const drawn: string[] = [];
    if (solves.length > 0) {
      if (!given.has('json')) print(summaryText(summary));
      const stopped = `the solves in ${folder} are whole; their figures and report are not written. Write them with: npx ds2p figures ${shellWord(folder)} && npx ds2p report ${shellWord(folder)}`;
      await sayingIfStopped(stopped, async () => {
        // Loaded only now: the drawing library would slow the start of every command.
        const { drawScalability } = await import('../../figures/scalability-draw.js');
        drawn.push(...(await drawScalability(folder)));
      });
      console.error(`\nResults: ${folder}. Figures: ${drawn.join(', ')}`);
    }
    const seconds = durationText((performance.now() - started) / 1000);
    if (given.has('json')) inJson(drawn, summary);
    console.error(`${counted(solves.length, 'solve')} in ${seconds}.`);
    let code: number = failed > 0 ? EXIT.failed : EXIT.done;
    if (solves.length > 0 && !given.has('no-report'))
      code = await withReport(code, () => reportSweep(folder, { threads: 1, signal }));
    if (!signal.aborted) return code;
    console.error(`Interrupted: the other solves are missing. Begin again with: ${commandLine()}`);
    return EXIT.interrupted;
  },
};
