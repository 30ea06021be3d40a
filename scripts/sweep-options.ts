/** Options of sweeps: how long they may take, which part of them is made, and what becomes of bad runs. */
import parseDuration from 'parse-duration';
import { shown } from '../experiments/harness/errors.js';
import type { Shard } from '../experiments/harness/shard.js';
import type { Arguments, OptionSpec } from './command.js';

const MAX_SHARDS = 10_000;

const GROUP = 'Sweep:';

export const SWEEP_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  'dry-run': {
    type: 'switch',
    describe: 'tell runs, time (from a timed sample) and disk, and run nothing',
    group: GROUP,
  },
  fresh: { type: 'switch', describe: 'start over; what is there is moved aside', group: GROUP },
  shard: {
    type: 'text',
    describe: 'make one part of the runs, as 3/16; "ds2p merge" joins the parts',
    group: GROUP,
  },
  until: {
    type: 'text',
    describe: 'begin no run after this time of day, as 07:00; the same command goes on later',
    group: GROUP,
  },
  'max-time': { type: 'text', describe: 'begin no run after so long, as 8h or 90m', group: GROUP },
  'run-timeout': {
    type: 'text',
    describe: 'a run that takes longer, as 10m, is ended, tried again, and recorded as failed',
    fallback: 'no limit',
    group: GROUP,
  },
  'fail-fast': { type: 'switch', describe: 'begin no run after one that failed', group: GROUP },
  grace: {
    type: 'text',
    describe: 'how long runs in flight may go on after the first Ctrl-C or signal, as 60s',
    fallback: 'as long as they need',
    group: GROUP,
  },
};

/** The longest time that a timer can wait for. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A duration in ms: seconds as a number, or with units as "8h" or "1h 30m"; undefined where absent or wrong. */
export function durationOption(given: Arguments, name: string): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const isNumber = /^\d+(\.\d+)?$/.test(text);
  const isDuration = /^\s*(\d+(\.\d+)?\s*(ms|s|sec|m|min|h|hr|d)\s*)+$/.test(text);
  const ms = isNumber ? 1000 * Number(text) : isDuration ? parseDuration(text) : null;
  if (ms !== null && ms > 0 && ms <= MAX_TIMER_MS) return ms;
  given.problems.push({
    path: `--${name}`,
    fact: `${shown(text)} is not a duration above 0 and below 24 days.`,
    remedy: 'Write for example 8h, 90m, 1h 30m, or seconds as a number.',
  });
  return undefined;
}

/** The next instant, in ms since 1970, at which a clock shows the time of day of --until. */
function untilOption(given: Arguments, now: Date): number | undefined {
  const text = given.text('until');
  if (text === undefined) return undefined;
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  if (match !== null) {
    const then = new Date(now);
    then.setHours(Number(match[1]), Number(match[2]), 0, 0);
    if (then <= now) then.setDate(then.getDate() + 1);
    return then.getTime();
  }
  const date = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (date > now.getTime()) return date;
  given.problems.push({
    path: '--until',
    fact: Number.isNaN(date) ? `${shown(text)} is not a time of day.` : `${shown(text)} is past.`,
    remedy: 'Write for example 07:00, or a date and time to come as 2030-01-31T07:00.',
  });
  return undefined;
}

/** When no more runs begin, and by which option. */
export interface Deadline {
  /** In ms since 1970. */
  readonly at: number;
  readonly reason: string;
}

/** The earlier of --until and --max-time. */
export function deadlineOption(given: Arguments, now = new Date()): Deadline | undefined {
  const until = untilOption(given, now);
  const maxTime = durationOption(given, 'max-time');
  const all: Deadline[] = [];
  if (until !== undefined) all.push({ at: until, reason: `--until ${given.text('until')} is reached` });
  if (maxTime !== undefined)
    all.push({ at: now.getTime() + maxTime, reason: `--max-time ${given.text('max-time')} is over` });
  return all.sort((a, b) => a.at - b.at)[0];
}

export function shardOption(given: Arguments): Shard | undefined {
  const text = given.text('shard');
  if (text === undefined) return undefined;
  const match = /^(\d+)\/(\d+)$/.exec(text.trim());
  const [number, of] = match === null ? [0, 0] : [Number(match[1]), Number(match[2])];
  if (number >= 1 && number <= of && of <= MAX_SHARDS) return { number, of };
  given.problems.push({
    path: '--shard',
    fact: `${shown(text)} is not a part of a sweep.`,
    remedy: `Write for example 3/16: the third of sixteen parts, of at most ${MAX_SHARDS}.`,
  });
  return undefined;
}

/** How often the clock is looked at: a laptop that slept wakes up late, and a timer with it. */
const LOOK_EVERY_MS = 1000;

/** A signal that is aborted when a deadline has passed by the clock on the wall; `stop` ends the watch. */
export function watchDeadline(deadline: Deadline | undefined): {
  readonly signal: AbortSignal;
  readonly stop: () => void;
} {
  const controller = new AbortController();
  const timer = setInterval(() => {
    if (deadline !== undefined && Date.now() >= deadline.at) controller.abort(deadline.reason);
  }, LOOK_EVERY_MS);
  timer.unref();
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}

/** A signal that is aborted `graceMs` after another one; never where no grace is given. */
export function afterGrace(signal: AbortSignal, graceMs: number | undefined): AbortSignal {
  const controller = new AbortController();
  if (graceMs !== undefined)
    signal.addEventListener('abort', () => {
      setTimeout(() => controller.abort('--grace is over'), graceMs).unref();
    });
  return controller.signal;
}
