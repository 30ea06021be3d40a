/** `ds2p slurm`: a sweep as a job array of Slurm. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keyContext } from '../../experiments/harness/campaign.js';
import { type Problem, shown, throwProblems } from '../../experiments/harness/errors.js';
import { folderProblems, makeFolder } from '../../experiments/harness/folders.js';
import { inventoryOf } from '../../experiments/harness/inventory.js';
import { JOURNAL_FILE } from '../../experiments/harness/journal.js';
import { shellWord } from '../../experiments/harness/manifest.js';
import { assignShards, shardFolder, shardFolders } from '../../experiments/harness/shard.js';
import {
  arrayScript,
  arrayText,
  mergeScript,
  type SlurmLimits,
  type SlurmPlan,
  slurmSeconds,
} from '../../experiments/harness/slurm.js';
import { replaceFile, storing } from '../../experiments/harness/storage.js';
import { experimentFile } from '../../experiments/harness/study-session.js';
import { counted } from '../../experiments/harness/words.js';
import type { Arguments, CommandSpec, OptionSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { DEFAULT_OUT, OUT_OPTION, parameterOptions, RUN_OPTIONS, toggle } from '../options.js';
import { print } from '../stdout.js';
import { durationOption, SWEEP_OPTIONS } from '../sweep-options.js';
import { sweepTarget } from '../sweep-target.js';

const MAX_TASKS = 10_000;
const MAX_CPUS = 1024;
/** Shorter tasks would hardly begin before they have to end. In seconds. */
const MIN_TIME_S = 60;

const text = (describe: string, fallback?: string): OptionSpec => ({
  type: 'text',
  describe,
  ...(fallback === undefined ? {} : { fallback }),
  group: 'Slurm:',
});

const SLURM_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  tasks: text('tasks of the job array, each with its part of the runs', '16'),
  cpus: text('CPUs of a task, and its worker threads', '1'),
  time: text(
    'time limit of a task as in sbatch, as 4:00:00; a task that needs longer is requeued',
    '1:00:00',
  ),
  sbatch: { ...text('option for sbatch, as --sbatch=--partition=main; repeatable'), repeatable: true },
  setup: { ...text('line of shell before a task, as "module load nodejs"; repeatable'), repeatable: true },
  submit: {
    type: 'switch',
    describe: 'submit what is missing, and the job that joins the parts',
    group: 'Slurm:',
  },
};

function limitsOf(given: Arguments): SlurmLimits {
  const time = given.text('time') ?? '1:00:00';
  const seconds = slurmSeconds(time) ?? 0;
  if (seconds < MIN_TIME_S)
    given.problems.push({
      path: '--time',
      fact: `${shown(time)} is not a time limit of at least a minute.`,
      remedy: 'Write hours:minutes:seconds, as 4:00:00, or days-hours, as 1-12.',
    });
  const sbatch = given.texts('sbatch');
  for (const option of sbatch)
    if (!/^-/.test(option) || option.includes('\n'))
      given.problems.push({
        path: '--sbatch',
        fact: `${shown(option)} is not an option.`,
        remedy: 'Write for example --sbatch=--partition=main.',
      });
  return {
    tasks: given.whole('tasks', 1, MAX_TASKS, 16),
    cpus: given.whole('cpus', 1, MAX_CPUS, 1),
    time,
    seconds,
    sbatch,
    setup: given.texts('setup'),
  };
}

/** Submits a script and returns the number of its job. @throws InputError where sbatch cannot be run; Error where it refuses. */
function sbatch(words: readonly string[]): string {
  try {
    const answer = execFileSync('sbatch', ['--parsable', ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return answer.trim().split(';')[0];
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code !== 'ENOENT')
      throw new Error(`sbatch ${words.join(' ')}: ${stderr?.trim() || (error as Error).message}`);
    const problem: Problem = {
      path: '--submit',
      fact: 'there is no sbatch on this machine.',
      remedy: 'Call it on a login node of the cluster, or leave --submit out and submit the scripts there.',
    };
    throwProblems([problem]);
    throw error;
  }
}

export const slurmCommand: CommandSpec = {
  name: 'slurm',
  describe: 'Write or submit a sweep as a job array of Slurm',
  positional: [
    {
      name: 'name',
      describe: 'an experiment of "ds2p list", or a file in JSON, JS or TS',
      values: 'experiment',
    },
  ],
  options: {
    ...SLURM_OPTIONS,
    ...OUT_OPTION,
    'run-timeout': SWEEP_OPTIONS['run-timeout'],
    seed: RUN_OPTIONS.seed,
    replications: { describe: 'number of replications', type: 'text', fallback: 'as the experiment says' },
    quick: toggle('a short form: 900 s of arrivals and 3 replications unless the experiment says otherwise'),
    ...parameterOptions(false),
  },
  examples: [
    ['ds2p slurm my.json --tasks 16 --cpus 8 --time 4:00:00', 'write the scripts to results/my/slurm'],
    [
      'ds2p slurm my.json --tasks 16 --cpus 8 --time 4:00:00 --submit',
      'and submit them; again, to make what is missing',
    ],
  ],
  run: async (given) => {
    const limits = limitsOf(given);
    const runTimeout = durationOption(given, 'run-timeout');
    const out = given.text('out') ?? DEFAULT_OUT;
    const { study, scenario, scenarioPath } = await sweepTarget(given);
    given.problems.push(...folderProblems(out));
    given.check();
    const { experiment, runs, resolved } = study!;
    const folder = join(out, experiment.name);
    const scripts = join(folder, 'slurm');
    const parts = shardFolders(folder);
    const division = Array.from({ length: limits.tasks }, (_, i) =>
      shardFolder(folder, { number: i + 1, of: limits.tasks }),
    );
    const definition = join(scripts, 'experiment.json');
    const plan: SlurmPlan = {
      ...limits,
      name: experiment.name,
      folder,
      definition,
      out,
      program: [process.execPath, resolve(fileURLToPath(import.meta.url), '../../ds2p.js')],
      options: runTimeout === undefined ? [] : ['--run-timeout', `${runTimeout / 1000}s`],
      reuse: parts.filter((part) => !division.includes(part) && existsSync(join(part, JOURNAL_FILE))),
    };
    makeFolder(scripts);
    const scenarioFile = scenarioPath === undefined ? undefined : relative(dirname(definition), scenarioPath);
    const write = (file: string, content: string) => {
      const path = join(scripts, file);
      storing(path, () => replaceFile(path, content));
      return path;
    };
    write('experiment.json', `${JSON.stringify(experimentFile(resolved!, scenarioFile), null, 2)}\n`);
    const array = write('array.sbatch', arrayScript(plan));
    const merge = write('merge.sbatch', mergeScript(plan));

    const inventory = inventoryOf(runs, keyContext({ scenario }), [folder, ...parts]);
    const shards = assignShards(runs, limits.tasks);
    const incomplete = new Set<number>();
    for (let i = 0; i < runs.length; i++) if (inventory.isMissing(i)) incomplete.add(shards[i] + 1);
    const wanted = arrayText([...incomplete].sort((a, b) => a - b));
    console.error(
      `${inventory.done} of ${counted(inventory.planned, 'run')} done; scripts: ${array}, ${merge}`,
    );
    const arrayWords = [`--array=${wanted}`, array];
    if (!given.has('submit')) {
      const dependency = wanted === '' ? '' : '--dependency=afterany:$job ';
      if (wanted !== '') print(`job=$(sbatch --parsable ${arrayWords.map(shellWord).join(' ')})`);
      print(`sbatch ${dependency}${shellWord(merge)}`);
      return EXIT.done;
    }
    const job = wanted === '' ? undefined : sbatch(arrayWords);
    if (job === undefined) console.error('No run is missing; only the parts are joined.');
    else print(`array job ${job}: tasks ${wanted}`);
    const joining = sbatch([...(job === undefined ? [] : [`--dependency=afterany:${job}`]), merge]);
    print(`merge job ${joining}`);
    return EXIT.done;
  },
};
