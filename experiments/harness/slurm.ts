/** The scripts that bring a sweep to a cluster with Slurm: a job array of shards, and a job that joins them. */
import { join, resolve } from 'node:path';
import { shellWord } from './manifest.js';
import { SHARDS_FOLDER } from './shard.js';

/** What a task may use. */
export interface SlurmLimits {
  readonly tasks: number;
  readonly cpus: number;
  /** Time limit of a task as Slurm writes it, and in seconds. */
  readonly time: string;
  readonly seconds: number;
  /** Words to add as #SBATCH lines, as "--partition=main". */
  readonly sbatch: readonly string[];
  /** Lines of shell before anything runs, as "module load nodejs". */
  readonly setup: readonly string[];
}

export interface SlurmPlan extends SlurmLimits {
  /** Name of the sweep. */
  readonly name: string;
  /** Folder of the results of the whole sweep. */
  readonly folder: string;
  /** The definition that the tasks run, and the folder in which their folder of results is made. */
  readonly definition: string;
  readonly out: string;
  /** Further options of the sweep of each task. */
  readonly options: readonly string[];
  /** The command line program, as words. */
  readonly program: readonly string[];
  /** Folders of earlier forms of the sweep, whose runs are taken where they are the same. */
  readonly reuse: readonly string[];
}

/** Seconds before the time limit at which a task is asked to end, and those in which it does. */
export function leadSeconds(limitSeconds: number): { readonly lead: number; readonly grace: number } {
  const lead = Math.max(10, Math.min(300, Math.floor(limitSeconds / 4)));
  return { lead, grace: Math.floor((2 * lead) / 3) };
}

const HEAD = '#!/bin/bash\n# Written by "ds2p slurm"; a new call of it writes this file anew.';

const directives = (lines: readonly string[]): string => lines.map((line) => `#SBATCH ${line}`).join('\n');

const command = (words: readonly string[]): string => words.map(shellWord).join(' ');

/**
 * The job array. Slurm sends SIGUSR1 to the script before the time limit (`--signal=B:USR1@...`), and the script
 * passes it on: the sweep then ends the runs in flight, and the task is put into the queue again. A task that is
 * cancelled gets SIGTERM and is no longer running; it is not put back.
 */
export function arrayScript(plan: SlurmPlan): string {
  const { lead, grace } = leadSeconds(plan.seconds);
  const log = join(resolve(plan.folder), 'slurm', '%A_%a.log');
  const words = [...plan.program, 'sweep', resolve(plan.definition), '--out', resolve(plan.out)];
  const own = [...plan.options, '--grace', `${grace}s`];
  return `${HEAD}
${directives([
  `--job-name=ds2p-${plan.name}`,
  `--array=1-${plan.tasks}`,
  '--ntasks=1',
  `--cpus-per-task=${plan.cpus}`,
  `--time=${plan.time}`,
  `--signal=B:USR1@${lead}`,
  '--requeue',
  '--open-mode=append',
  `--output=${log}`,
  ...plan.sbatch,
])}
cd ${shellWord(process.cwd())} || exit 2
${plan.setup.map((line) => `${line}\n`).join('')}
signal=none
pass_on() {
  signal=$1
  kill -s "$1" "$sweep" 2>/dev/null
}
trap 'pass_on USR1' USR1
trap 'pass_on TERM' TERM
${command(words)} \\
  --shard "$SLURM_ARRAY_TASK_ID/${plan.tasks}" --threads "\${SLURM_CPUS_PER_TASK:-${plan.cpus}}" ${command(own)} &
sweep=$!
# A signal that is trapped ends "wait" early, with the sweep still there.
while true; do
  wait "$sweep"
  code=$?
  kill -0 "$sweep" 2>/dev/null && continue
  wait "$sweep" 2>/dev/null
  again=$?
  [ "$again" -ne 127 ] && code=$again
  break
done

# Runs are left since a signal came. If time was up, or the machine is wanted by others, the task goes on later where
# it was; a task that its user has cancelled does not.
task="\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"
if [ "$code" -eq 130 ] && [ "$signal" != none ]; then
  if scontrol show job -o "$task" | grep -Eq 'JobState=RUNNING|Reason=TimeLimit'; then
    echo "$task is put into the queue again."
    scontrol requeue "$task"
    # Slurm ends this script when it takes the task back.
    sleep 60
  else
    echo "$task was cancelled; submit again to go on."
  fi
fi
exit "$code"
`;
}

/** The job that joins what the tasks have made, whatever became of them. */
export function mergeScript(plan: SlurmPlan): string {
  const folder = resolve(plan.folder);
  const shards = `${shellWord(join(folder, SHARDS_FOLDER))}/*-of-${plan.tasks}`;
  const reuse = plan.reuse.flatMap((each) => ['--reuse', resolve(each)]);
  return `${HEAD}
${directives([
  `--job-name=ds2p-${plan.name}-merge`,
  '--ntasks=1',
  '--cpus-per-task=1',
  '--time=1:00:00',
  `--output=${join(folder, 'slurm', 'merge-%j.log')}`,
  ...plan.sbatch,
])}
cd ${shellWord(process.cwd())} || exit 2
${plan.setup.map((line) => `${line}\n`).join('')}
exec ${command([...plan.program, 'merge'])} ${shards} ${command([...reuse, '-o', folder])}
`;
}

/** Seconds of a time limit in one of Slurm's forms (sbatch(1), --time), or undefined where it is none. */
export function slurmSeconds(text: string): number | undefined {
  const match = /^(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?$/.exec(text.trim());
  if (match === null) return undefined;
  const days = match[1];
  const [a, b, c] = match.slice(2).map((part) => (part === undefined ? undefined : Number(part)));
  if (days !== undefined) return 86_400 * Number(days) + 3600 * a! + 60 * (b ?? 0) + (c ?? 0);
  // Without days: minutes, minutes:seconds, or hours:minutes:seconds.
  if (c !== undefined) return 3600 * a! + 60 * b! + c;
  return 60 * a! + (b ?? 0);
}

/** Numbers from 1 as Slurm's --array wants them: "1-3,7". */
export function arrayText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges[ranges.length - 1];
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
