import { type Candidate, type OffloadingPolicy, REJECT, TRY_AGAIN } from '../policy.js';
import type { SystemView } from '../view.js';
import { roomWords, seconds, timesOf } from './explaining.js';

/**
 * SLO-aware offloading, eqs. (1)-(7): among the configurations whose expected data access time meets T_max,
 * the one of least expected completion time; local execution wins ties. Candidates beside the node itself
 * are the compute nodes that hold a key of the function and the nearest cloud node.
 *
 * Estimates change only when keys move or estimates do, so the ranking of a (node, function) is kept until
 * then, and a decision goes down the ranking to the first that has room. Where memory is not part of
 * admissibility (offloading.checkMemory), only the local configuration is asked for room; a node that
 * holds keys and has none counts as a target like any other, and tries again.
 */
export const sloAware: OffloadingPolicy = {
  kind: 'offloading',
  name: 'slo-aware',
  doc: 'least expected completion time among the nodes that meet the SLO on data access time',
  source: 'sec. 4.1, eqs. (1)-(7)',
  reads: ['slo.tMax', 'offloading.checkMemory', 'knowledge.mode'],
  make({ view, parameters }) {
    const { functionCount } = view;
    const { checkMemory } = parameters;
    const rankings = new Rankings(view, checkMemory);
    const { entries, width } = rankings;
    const stamps = new Int32Array(view.nodeCount * functionCount);
    return ({ node, function: f }) => {
      const row = node * functionCount + f;
      if (stamps[row] !== view.dataEpoch) {
        rankings.fill(row, node, f);
        stamps[row] = view.dataEpoch;
      }
      for (let entry = row * width; ; entry++) {
        const candidate = entries[entry];
        // REJECT and TRY_AGAIN are below 0 and end the ranking.
        if (candidate < 0 || (!checkMemory && candidate !== node)) return candidate;
        if (view.canRun(candidate, f)) return candidate;
      }
    };
  },
  explain(context) {
    const { view, parameters } = context;
    const { checkMemory, offloadOverhead } = parameters;
    const whoIsAsked = checkMemory
      ? ''
      : ' Only this node is asked for room: other nodes are taken to have it (offloading.checkMemory is false).';
    const leftOut =
      offloadOverhead > 0
        ? ` The total is that of eqs. (1) to (7) and leaves out the overhead of an offload, ${offloadOverhead} ms (offloading.overhead), which the request pays all the same.`
        : '';
    return ({ node, function: f }) => {
      const ranked = candidateNodes(view, node, f)
        .map((j) => {
          const away = j === node ? 0 : view.offloadTime(node, j);
          const access = view.expectedDataAccessTime(f, j);
          return { j, isInTime: access <= view.tMax(f), time: view.executionTime(f, j) + access + away };
        })
        .sort((x, y) => x.time - y.time || Number(y.j === node) - Number(x.j === node) || x.j - y.j);
      const candidates = ranked.map(({ j, isInTime, time }): Candidate => {
        const isAsked = checkMemory || j === node;
        const room = isAsked ? roomWords(view, j, f) : 'taken to have room';
        const reason = isInTime ? `meets T_max; ${room}` : 'misses T_max';
        return {
          node: j,
          values: [...timesOf(context, node, f, j, false), seconds('total', time)],
          admissible: isInTime && (!isAsked || view.canRun(j, f)),
          reason,
        };
      });
      const first = candidates.findIndex(({ admissible }) => admissible);
      const here = ranked.findIndex(({ j, isInTime }) => j === node && isInTime);
      const holdsData = !checkMemory && view.canCompute(node) && view.localBytes(f, node) > 0;
      const isRetried = holdsData && here >= 0 && (first < 0 || here < first);
      return {
        rule: `Among this node, those that hold keys of the function, and the nearest cloud node: the one of least expected completion time whose expected data access time meets T_max and that has room.${whoIsAsked}${leftOut}`,
        candidates,
        decision: isRetried ? TRY_AGAIN : first < 0 ? REJECT : candidates[first].node,
        because: isRetried
          ? 'this node is the best and has no room, but it holds keys of the function and so counts as a target like any other (offloading.checkMemory is false)'
          : first < 0
            ? 'no candidate is admissible'
            : 'it has the least total of those that are admissible',
      };
    };
  },
};

/** The node itself, the compute nodes that hold a key of the function, and the nearest cloud node. */
function candidateNodes(view: SystemView, node: number, f: number): readonly number[] {
  const holders = view
    .accessesOf(f)
    .filter(({ probability }) => probability > 0)
    .map(({ key }) => view.placeOf(key))
    .filter((place) => view.canCompute(place));
  const cloud = view.nearestCloud(node);
  return [...new Set([node, ...holders, ...(cloud < 0 ? [] : [cloud])])];
}

/**
 * The rankings of all (node, function), in one array: admissible configurations by expected completion time,
 * the node itself first in ties, then REJECT or, behind the node itself, TRY_AGAIN. Keys move often on large
 * systems, so ranking allocates nothing.
 */
class Rankings {
  /** Entries of a ranking. */
  readonly width: number;
  readonly entries: Int32Array;
  private readonly times: Float64Array;

  constructor(
    private readonly view: SystemView,
    private readonly checkMemory: boolean,
  ) {
    let mostKeys = 0;
    for (let f = 0; f < view.functionCount; f++) mostKeys = Math.max(mostKeys, view.accessesOf(f).length);
    // Every place of a key, the node itself, the nearest cloud node, and the end.
    this.width = mostKeys + 3;
    this.entries = new Int32Array(view.nodeCount * view.functionCount * this.width);
    this.times = new Float64Array(this.width);
  }

  fill(row: number, node: number, f: number): void {
    const { view, entries, width } = this;
    const first = row * width;
    let count = this.consider(node, node, f, first, 0);
    for (const { key, probability } of view.accessesOf(f)) {
      const place = view.placeOf(key);
      if (probability > 0 && place !== node && view.canCompute(place))
        count = this.consider(place, node, f, first, count);
    }
    const cloud = view.nearestCloud(node);
    if (cloud >= 0 && cloud !== node) count = this.consider(cloud, node, f, first, count);
    entries[first + count] = REJECT;
    if (this.checkMemory || !view.canCompute(node) || view.localBytes(f, node) === 0) return;
    const local = entries.subarray(first, first + count).indexOf(node);
    if (local >= 0) entries[first + local + 1] = TRY_AGAIN;
  }

  /**
   * Puts the configuration that runs f on node j into the ranking from `first` of `count` entries, if it is
   * admissible and not there yet. @returns the number of entries then.
   */
  private consider(j: number, node: number, f: number, first: number, count: number): number {
    const { view, entries, times } = this;
    const access = view.expectedDataAccessTime(f, j);
    if (access > view.tMax(f)) return count;
    for (let i = 0; i < count; i++) if (entries[first + i] === j) return count;
    const time = view.executionTime(f, j) + access + (j === node ? 0 : view.offloadTime(node, j));
    let place = count;
    while (place > 0) {
      const other = entries[first + place - 1];
      const isBefore = time < times[place - 1] || (time === times[place - 1] && other !== node && j < other);
      if (!isBefore) break;
      entries[first + place] = other;
      times[place] = times[place - 1];
      place--;
    }
    entries[first + place] = j;
    times[place] = time;
    return count + 1;
  }
}
