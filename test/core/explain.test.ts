/** Explanations of decisions never contradict them, and accounts tell what happened. */

import t from 'tap';
import {
  accountOf,
  type Explanation,
  loadPlacementSolvers,
  OFFLOADING_POLICIES,
  type OffloadingPolicy,
  presetParameters,
  REJECT,
  type RequestAccount,
  type RunSpec,
  simulate,
  TRY_AGAIN,
} from '../../core/index.js';
import { fc, isUsualSeed } from '../fast-check.js';
import { options, runs } from './random-runs.js';

await loadPlacementSolvers();

/** The policy of the run; `look` gets each decision with its explanation. */
function explained(
  { parameters }: RunSpec,
  look: (explanation: Explanation, decision: number, node: number) => void,
): OffloadingPolicy {
  const policy = OFFLOADING_POLICIES.find(({ name }) => name === parameters.offloading)!;
  return {
    ...policy,
    make(context) {
      const decide = policy.make(context);
      const explain = policy.explain!(context);
      return (request) => {
        const decision = decide(request);
        look(explain(request, decision), decision, request.node);
        return decision;
      };
    },
  };
}

t.test('the explanation of every policy leads to its decision, and explaining changes nothing', async (t) => {
  const seen = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  const property = fc.property(runs, (run) => {
    const { offloading } = run.parameters;
    const kinds = seen.get(offloading) ?? new Set();
    seen.set(offloading, kinds);
    const policy = explained(run, ({ candidates, decision: found, rule, because }, decision, node) => {
      counts.set(offloading, (counts.get(offloading) ?? 0) + 1);
      if (found !== decision) throw new Error(`${offloading} decided ${decision}, and explains ${found}`);
      if (rule === '' || because === '') throw new Error('nothing is explained');
      for (const [, margin] of candidates.flatMap(({ reason }) => [
        ...reason.matchAll(/not for (\d+) containers/g),
      ]))
        if (!rule.includes(`needs room for ${margin} containers, the parameter margin`))
          throw new Error(`the rule says nothing of ${margin} containers`);
      const nodes = candidates.map((each) => each.node);
      if (new Set(nodes).size !== nodes.length) throw new Error('a candidate stands there twice');
      kinds.add(
        decision === REJECT || decision === TRY_AGAIN
          ? String(decision)
          : decision === node
            ? 'here'
            : 'away',
      );
    });
    const watched = simulate(run, { offloading: policy });
    if (JSON.stringify(watched.metrics) !== JSON.stringify(simulate(run).metrics))
      throw new Error('explaining changed the run');
  });
  fc.assert(property, options);
  if (!isUsualSeed) return;
  for (const { name } of OFFLOADING_POLICIES)
    t.ok(counts.get(name)! > 2000, `${name}: ${counts.get(name)} decisions`);
  t.strictSame(seen.get('slo-aware'), new Set(['here', 'away', String(REJECT), String(TRY_AGAIN)]));
  t.ok(seen.get('best-effort')!.has(String(TRY_AGAIN)) && seen.get('least-late')!.has(String(TRY_AGAIN)));
});

/** The value of an estimate of a candidate. */
const estimateOf = ({ values }: Explanation['candidates'][number], wanted: string): number =>
  values.find(({ name }) => name === wanted)!.value;

for (const [policy, value, better] of [
  ['slo-aware', 'total', Math.min],
  ['skippy', 'score', Math.max],
  ['greedy-data', 'expected data', Math.max],
] as const)
  t.test(
    `the choice of ${policy} is the best of its admissible candidates by the values that are told`,
    async (t) => {
      const parameters = presetParameters('as-written', {
        offloading: policy,
        migration: 'random',
        migrationInterval: 3,
        duration: 30,
        load: 1.5,
      });
      let compared = 0;
      const run = { parameters, seed: 4 };
      const look = ({ candidates, decision }: Explanation) => {
        const admissible = candidates.filter((each) => each.admissible);
        const best = better(...admissible.map((each) => estimateOf(each, value)));
        const chosen = admissible.find(({ node }) => node === decision);
        if (chosen === undefined ? admissible.length > 0 : estimateOf(chosen, value) !== best)
          t.fail(`${decision} is not the best`);
        compared++;
      };
      simulate(run, { offloading: explained(run, look) });
      t.ok(compared > 500, `${compared} decisions`);
    },
  );

for (const policy of ['slo-aware', 'best-effort', 'least-late'])
  t.test(`the parts of time that ${policy} tells add up to the total that it ranks by`, async (t) => {
    const parameters = presetParameters('as-written', { offloading: policy, duration: 20, outputSize: 1e5 });
    const isPart = (name: string) => ['execution', 'data access', 'there', 'back', 'overhead'].includes(name);
    let away = 0;
    const look = ({ candidates }: Explanation, _decision: number, node: number) => {
      for (const candidate of candidates) {
        const parts = candidate.values.filter(({ name }) => isPart(name));
        const sum = parts.reduce((total, { value }) => total + value, 0);
        const total = estimateOf(candidate, 'total');
        if (Math.abs(sum - total) > 1e-9 * total) t.fail(`${sum} s are not ${total} s`);
        if (candidate.node !== node && estimateOf(candidate, 'there') < estimateOf(candidate, 'back')) away++;
      }
    };
    simulate({ parameters, seed: 4 }, { offloading: explained({ parameters, seed: 4 }, look) });
    t.ok(away > 500, 'the way back takes longer, since outputs are larger here');
  });

t.test('accounts tell the events of the run, for any request of any run', async () => {
  const property = fc.property(runs, fc.nat(60), (run, pick) => {
    const events: (readonly [string, number, string])[] = [];
    let arrived = 0;
    let wanted = -1;
    let names: readonly string[] = [];
    const first = accountOf(run, 10_000_000);
    if (!('arrivals' in first)) throw new Error('there is no such request');
    if (first.arrivals === 0) return;
    wanted = pick % first.arrivals;
    const found = accountOf(run, wanted + 1);
    if (!('account' in found)) throw new Error('the request was not found');
    const { account } = found;
    let response = 0;
    const push = (kind: string, time: number, request: number, node: number) => {
      if (request === wanted) events.push([kind, time, names[node] ?? String(node)]);
    };
    names = nodeNames(run);
    const { metrics } = simulate(run, {
      observer: {
        arrival: (time, request, node) => {
          arrived++;
          push('arrival', time, request, node);
        },
        offload: (time, request, from) => push('offload', time, request, from),
        start: (time, request, node, _cold, _access, _completion, waited) => {
          push('start', time, request, node);
          if (request === wanted) response = waited;
        },
        reject: (time, request, node) => push('reject', time, request, node),
      },
    });
    if (first.arrivals !== arrived || arrived !== metrics.arrivals) throw new Error('arrivals');
    const told = [
      ['arrival', account.arrival.time_s, account.arrival.node],
      ...account.steps.map(({ action, time_s, node }) => [KINDS[action], time_s, node]),
    ];
    if (JSON.stringify(told) !== JSON.stringify(events))
      throw new Error(`told ${JSON.stringify(told)}, happened ${JSON.stringify(events)}`);
    check(account, response);
  });
  fc.assert(property, { ...options, numRuns: Math.ceil(options.numRuns / 2) });
});

const KINDS = {
  'run here': 'start',
  offload: 'offload',
  'decide again': 'offload',
  reject: 'reject',
} as const;

const nodeNames = ({ parameters: { edgeNodes, cloudNodes } }: RunSpec): readonly string[] => [
  ...Array.from({ length: edgeNodes }, (_, i) => `edge${i + 1}`),
  ...Array.from({ length: cloudNodes }, (_, i) => `cloud${i + 1}`),
];

/** What holds within one account. */
function check({ arrival, steps, outcome }: RequestAccount, response: number): void {
  const ensure = (truth: boolean, text: string) => {
    if (!truth) throw new Error(text);
  };
  for (const { contradiction, decided_by, candidates, action, decision } of steps) {
    ensure(contradiction === undefined, `contradiction: ${contradiction}`);
    ensure((decided_by === 'policy') === (candidates !== undefined), 'who decides has candidates');
    if (action === 'decide again') ensure(decision === 'decide again' || decision !== 'reject', 'decision');
    for (const { admissible, expected_access_s, meets_t_max } of candidates ?? []) {
      ensure(meets_t_max === expected_access_s <= arrival.t_max_s, 'T_max');
      ensure(typeof admissible === 'boolean', 'admissible');
    }
  }
  if (outcome.kind === 'rejected') return;
  const { keys, data_access_time_s, cold_start_s, execution_time_s, response_time_s, violation } = outcome;
  const access = keys.reduce((sum, { access_time_s }) => sum + access_time_s, 0);
  ensure(Math.abs(access - data_access_time_s) < 1e-9, `keys take ${access} s, not ${data_access_time_s} s`);
  ensure(violation === data_access_time_s > arrival.t_max_s, 'violation');
  ensure(response_time_s === response, 'response time');
  const least = outcome.time_s - arrival.time_s + cold_start_s + execution_time_s + data_access_time_s;
  ensure(response_time_s >= least - 1e-9, `${response_time_s} s is less than ${least} s`);
  ensure(
    keys.length === arrival.keys.filter(({ accessed }) => accessed).length,
    'the keys of the outcome are those that the request accesses',
  );
}

t.test(
  'a policy without an explanation gets a general account, and a wrong explanation is told',
  async (t) => {
    const run = {
      parameters: presetParameters('as-published', { duration: 20, migration: 'none' }),
      seed: 1,
    };
    const bare: OffloadingPolicy = {
      kind: 'offloading',
      name: 'to-one',
      doc: 'all to the second edge node',
      source: 'this test',
      make: () => () => 1,
    };
    const plain = accountOf(run, 7, { offloading: bare });
    if (!('account' in plain)) return t.fail('no account');
    const [step] = plain.account.steps;
    t.match(step.rule, /all to the second edge node/);
    t.equal(step.candidates!.length, 10, 'every node that runs functions');
    t.strictSame(
      step.candidates!.filter(({ chosen }) => chosen).map(({ node }) => node),
      ['edge2'],
    );
    t.equal(step.contradiction, undefined);
    const explain: OffloadingPolicy['explain'] = () => () => ({
      rule: 'All to the third.',
      candidates: [],
      decision: 2,
      because: 'it is wrong',
    });
    const wrong = accountOf(run, 7, { offloading: { ...bare, explain } });
    t.match(wrong, { account: { steps: [{ contradiction: 'edge3', decision: 'edge2' }] } });
  },
);

t.test('under gossip an explanation sees what the asking node knows', async (t) => {
  const parameters = presetParameters('as-published', {
    offloading: 'skippy',
    migration: 'none',
    duration: 40,
    gossipInterval: 1000,
  });
  const own = new Set<string>();
  for (let number = 4000; number < 4030; number++) {
    const found = accountOf({ parameters, seed: 1 }, number);
    if (!('account' in found)) return t.fail('no account');
    const [{ candidates, node }] = found.account.steps;
    for (const each of candidates!)
      if (each.node === node) own.add(each.room);
      else if (each.room !== 'free memory') t.fail('others are known as they were at the start: empty');
  }
  t.ok(own.has('idle container'), 'the node itself is known as it is');
});

t.test('least-late names its tolerance where differences count as none', async (t) => {
  const rulesOf = (offloading: string) => {
    const parameters = { ...presetParameters('as-published'), duration: 20, offloading };
    const found = accountOf({ parameters, seed: 1 }, 5);
    return 'account' in found ? found.account.steps.map(({ rule }) => rule) : [];
  };
  t.notMatch(rulesOf('least-late').join(), 'percentage points');
  t.match(rulesOf('least-late:tolerance=5')[0], /up to 5 percentage points above the least/);
});
