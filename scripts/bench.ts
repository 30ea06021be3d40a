/** `npm run bench`: what a simulated request costs, by policies, size of the system and worker threads. */
import { cpus } from 'node:os';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { InputError, unknownName } from '../experiments/harness/errors.js';
import { Progress } from '../experiments/harness/progress.js';
import { policyCases, queueCases, referenceCases, samplerCases, scalingCases } from './bench/cases.js';
import { type Core, commitOf, coreOf, thisCore } from './bench/cores.js';
import { type Case, measure } from './bench/measure.js';
import { measureMemory } from './bench/memory.js';
import { type Comparison, tableOf, writeResults } from './bench/report.js';
import { measureWorkers } from './bench/workers.js';
import { EXIT } from './exit.js';

const GROUPS = ['policies', 'scaling', 'samplers', 'queue', 'reference', 'workers'] as const;
type Group = (typeof GROUPS)[number];
/** Measured alone and only when it is named, since it is no time and takes a minute. */
const MEMORY = 'memory';
const DAYS = 30;
/** Groups that run whole simulations, which another core can do as well. */
const COMPARABLE: readonly Group[] = ['policies', 'scaling'];
const WARM_UPS = 3;

interface Options {
  readonly memory?: boolean;
  readonly groups: readonly Group[];
  readonly repetitions: number;
  readonly against: string | undefined;
  readonly out: string;
}

async function readOptions(words: readonly string[]): Promise<Options> {
  const given = await yargs([...words])
    .scriptName('npm run bench --')
    .usage(
      '$0 [options]\n\nCPU time of a simulated request: minimum and median of repetitions that take turns.',
    )
    .options({
      only: {
        type: 'string',
        describe: `groups, separated by commas: ${GROUPS.join(', ')}; or ${MEMORY}, alone: ${DAYS} simulated days`,
        default: 'all',
      },
      repetitions: { type: 'number', describe: 'repetitions of each case', default: 20 },
      against: { type: 'string', describe: 'a commit whose core runs in turn with this one' },
      out: { type: 'string', describe: 'folder of bench.csv and the figure', default: 'results/bench' },
    })
    .example('$0 --only policies --against HEAD~1', 'is the core of this tree faster than before?')
    .strict()
    .version(false)
    .parserConfiguration({ 'duplicate-arguments-array': false })
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new InputError({ path: 'bench', fact: `${message}.`, remedy: 'See --help.' });
    })
    .parse();
  if (words.includes('--help')) return { groups: [], repetitions: 0, against: undefined, out: '' };
  if (given.only === MEMORY)
    return { memory: true, groups: [], repetitions: 0, against: undefined, out: given.out };
  const names = given.only === 'all' ? [...GROUPS] : given.only.split(',').map((name) => name.trim());
  const problems = names
    .filter((name) => !GROUPS.includes(name as Group))
    .map((name) => unknownName('--only', 'a group', name, [...GROUPS, MEMORY]));
  const { repetitions, against, out } = given;
  if (!Number.isInteger(repetitions) || repetitions < 1 || repetitions > 10_000)
    problems.push({
      path: '--repetitions',
      fact: `${repetitions} is not a whole number from 1 to 10000.`,
      remedy: 'Give one.',
    });
  const groups = GROUPS.filter((group) => names.includes(group));
  if (against !== undefined && problems.length === 0) {
    commitOf(against);
    if (!groups.some((group) => COMPARABLE.includes(group)))
      problems.push({
        path: '--against',
        fact: `none of ${groups.join(', ')} is run in another core.`,
        remedy: `Compare ${COMPARABLE.join(' or ')}.`,
      });
  }
  if (problems.length > 0) throw new InputError(problems);
  return { groups, repetitions, against, out };
}

/** Cases of the chosen groups, those of whole simulations in the given core. */
async function casesOf(core: Core, groups: readonly Group[]): Promise<readonly Case[]> {
  const makers: Record<Exclude<Group, 'workers'>, () => readonly Case[] | Promise<readonly Case[]>> = {
    policies: () => policyCases(core),
    scaling: () => scalingCases(core),
    samplers: samplerCases,
    queue: queueCases,
    reference: () => referenceCases(core),
  };
  const chosen = groups.filter((group) => group !== 'workers');
  return (await Promise.all(chosen.map((group) => makers[group]()))).flat();
}

/** Repetitions of the comparison of workers, each of which takes some seconds. */
const workerRepetitions = (repetitions: number) => Math.max(1, Math.min(3, Math.floor(repetitions / 4)));

async function bench(options: Options, signal: AbortSignal): Promise<number> {
  const { groups, repetitions, against, out } = options;
  const commit = against === undefined ? '' : commitOf(against);
  const other = commit === '' ? undefined : await coreOf(commit);
  try {
    const own = await casesOf(await thisCore(), groups);
    const isCompared = ({ group }: Case) => COMPARABLE.includes(group as Group);
    const others = other && (await casesOf(other.core, groups)).filter(isCompared);
    const cases = own.flatMap((each) => {
      const same = others?.find(({ group, name }) => group === each.group && name === each.name);
      return same === undefined ? [each] : [each, same];
    });
    const withWorkers = groups.includes('workers');
    const rounds = cases.length * (repetitions + WARM_UPS);
    const total = rounds + (withWorkers ? 2 * workerRepetitions(repetitions) : 0);
    const progress = new Progress(total, total);
    const onRepetition = () => progress.add(1, false);
    const measured = await measure(cases, { repetitions, warmUps: WARM_UPS, onRepetition, signal });
    const workers =
      withWorkers && !signal.aborted
        ? await measureWorkers(workerRepetitions(repetitions), onRepetition, signal)
        : [];
    progress.stop();
    const comparisons: Comparison[] = [];
    for (const each of [...measured, ...workers]) {
      const last = comparisons.at(-1);
      if (last?.measured.group === each.group && last.measured.name === each.name)
        comparisons[comparisons.length - 1] = { measured: last.measured, other: each };
      else comparisons.push({ measured: each });
    }
    if (comparisons.length > 0) {
      console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}\n`);
      console.log(tableOf(comparisons, commit));
      console.error(`\nWrote ${(await writeResults(out, comparisons, commit)).join(', ')}`);
    }
    return signal.aborted ? EXIT.interrupted : EXIT.done;
  } finally {
    other?.remove();
  }
}

const controller = new AbortController();
process.on('SIGINT', () => {
  if (controller.signal.aborted) process.exit(EXIT.interrupted);
  controller.abort();
});
/** Prints how much memory a long run takes. */
async function benchMemory(): Promise<void> {
  const { requests, seconds, beforeMb, mostMb } = await measureMemory(DAYS);
  console.log(
    `${DAYS} simulated days, ${requests} requests in ${seconds.toFixed(0)} s: resident memory ${beforeMb.toFixed(0)} MB before, ${mostMb.toFixed(0)} MB at most, ${(mostMb - beforeMb).toFixed(0)} MB more.`,
  );
}

try {
  const options = await readOptions(hideBin(process.argv));
  if (options.memory) await benchMemory();
  else if (options.groups.length > 0) process.exitCode = await bench(options, controller.signal);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof InputError ? EXIT.badInput : EXIT.failed;
}
