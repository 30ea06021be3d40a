/**
 * Makes the account of one request: the run is made again up to the start or the rejection of the request, with an
 * observer and a policy that is watched. Watching changes nothing.
 */
import { roomAt } from './offloading/explaining.js';
import { OFFLOADING_POLICIES } from './offloading/index.js';
import { withoutExplanation } from './offloading/without-explanation.js';
import type { Parameters } from './parameters.js';
import { type Explanation, type OffloadingPolicy, REJECT, type RequestView, TRY_AGAIN } from './policy.js';
import { parseReference } from './policy-reference.js';
import type { AccountedKey, AccountedStep, Action, RequestAccount } from './request-account.js';
import {
  buildWorld,
  policyIn,
  type RunSpec,
  type SimulateOptions,
  simulate,
  type World,
} from './simulate.js';
import type { SystemView } from './view.js';

/** Ends a run that has told enough. */
class Told extends Error {}

/** Watches one request of a run. */
class Witness {
  private readonly world: World;
  private view!: SystemView;
  private arrival: RequestAccount['arrival'] | undefined;
  private readonly steps: AccountedStep[] = [];
  private outcome: RequestAccount['outcome'] | undefined;
  private f = 0;
  private mask = 0;
  private service = 0;
  private origin = 0;
  private offloads = 0;
  /** The policy is being asked about the request. */
  private isAsked = false;
  private explained:
    | Pick<AccountedStep, 'rule' | 'candidates' | 'because' | 'decision' | 'contradiction'>
    | undefined;
  arrivals = 0;

  constructor(
    run: RunSpec,
    private readonly id: number,
  ) {
    this.world = buildWorld(run);
  }

  private name(node: number): string {
    return this.world.topology.nodeNames[node] ?? String(node);
  }

  /** The policy with its explanations of the decisions on the request. */
  watch(policy: OffloadingPolicy): OffloadingPolicy {
    return {
      ...policy,
      make: (context) => {
        this.view = context.view;
        const decide = policy.make(context);
        const explain =
          policy.explain?.(context) ??
          ((request: RequestView, decision: number) =>
            withoutExplanation(context, policy, request, decision));
        return (request) => {
          const decision = decide(request);
          if (this.isAsked) this.explained = this.named(explain(request, decision), request, decision);
          return decision;
        };
      },
    };
  }

  private named(
    { rule, candidates, decision: found, because }: Explanation,
    { function: f }: RequestView,
    decision: number,
  ) {
    const { view } = this;
    const contradiction = found === decision ? {} : { contradiction: this.decisionText(found) };
    return {
      rule,
      candidates: candidates.map(({ node, ...candidate }) => ({
        ...candidate,
        node: this.name(node),
        expected_access_s: view.expectedDataAccessTime(f, node),
        meets_t_max: view.expectedDataAccessTime(f, node) <= view.tMax(f),
        room: roomAt(view, node, f),
        chosen: node === decision,
      })),
      because,
      decision: this.decisionText(decision),
      ...contradiction,
    };
  }

  private decisionText(decision: number): string {
    if (decision === REJECT) return 'reject';
    return decision === TRY_AGAIN ? 'decide again' : this.name(decision);
  }

  private keysFrom(node: number): readonly AccountedKey[] {
    const { application } = this.world;
    const { keySlots, accessKey, accessProbability } = application;
    return Array.from({ length: keySlots }, (_, q) => q).flatMap((q) => {
      const slot = this.f * keySlots + q;
      const key = accessKey[slot];
      if (key < 0) return [];
      const place = this.view.placeOf(key);
      return {
        key: application.keyNames[key],
        probability: accessProbability[slot],
        accessed: ((this.mask >>> q) & 1) === 1,
        size_b: application.keySize[key],
        place: this.name(place),
        access_time_s: this.view.accessTime(node, place, key),
      };
    });
  }

  private step(time: number, node: number, action: Action, to?: number): void {
    const { edgeCount } = this.world.topology;
    const unasked = node < edgeCount ? 'last offload' : 'cloud node';
    this.steps.push({
      time_s: time,
      node: this.name(node),
      offloads: this.offloads,
      decided_by: this.explained === undefined ? unasked : 'policy',
      ...this.explained,
      action,
      ...(to === undefined ? {} : { to: this.name(to) }),
    });
    this.explained = undefined;
    this.isAsked = false;
  }

  readonly observer = {
    arrival: (
      time: number,
      request: number,
      node: number,
      f: number,
      service: number,
      mask: number,
    ): void => {
      this.arrivals++;
      if (request !== this.id) return;
      Object.assign(this, { f, mask, service, origin: node });
      this.arrival = {
        time_s: time,
        node: this.name(node),
        function: this.world.application.functionNames[f],
        t_max_s: this.world.application.tMax[f],
        service_time_s: service,
        keys: this.keysFrom(node),
      };
    },
    decision: (_time: number, request: number): void => {
      this.isAsked = request === this.id;
    },
    offload: (time: number, request: number, from: number, to: number): void => {
      if (request !== this.id) return;
      this.step(time, from, from === to ? 'decide again' : 'offload', from === to ? undefined : to);
      this.offloads++;
    },
    start: (
      time: number,
      request: number,
      node: number,
      cold: number,
      access: number,
      completion: number,
      response: number,
    ): void => {
      if (request !== this.id) return;
      const { tMax } = this.world.application;
      const busy = this.service / this.world.topology.speedup[node];
      this.step(time, node, 'run here');
      this.outcome = {
        kind: 'started',
        time_s: time,
        node: this.name(node),
        cold_start_s: cold,
        execution_time_s: busy,
        data_access_time_s: access,
        keys: this.keysFrom(node).filter(({ accessed }) => accessed),
        response_time_s: response,
        violation: access > tMax[this.f],
        offloaded: node !== this.origin,
      };
      throw new Told(`completed at ${completion} s`);
    },
    reject: (time: number, request: number, node: number): void => {
      if (request !== this.id) return;
      this.step(time, node, 'reject');
      this.outcome = { kind: 'rejected', time_s: time, node: this.name(node) };
      throw new Told();
    },
  };

  account({ offloading, migration, gossipInterval, knowledge }: Parameters): RequestAccount | undefined {
    const { arrival, outcome, steps } = this;
    if (arrival === undefined || outcome === undefined) return undefined;
    return {
      request: this.id + 1,
      offloading,
      migration,
      gossip_interval_s: gossipInterval,
      knowledge_mode: knowledge,
      arrival,
      steps,
      outcome,
    };
  }
}

/**
 * Makes a run until request `number` (from 1, in the order of arrival) has started or was rejected.
 * @param options policies that are in no registry.
 * @returns the account, or how many requests arrive where there is no such request.
 */
export function accountOf(
  run: RunSpec,
  number: number,
  options: Pick<SimulateOptions, 'offloading' | 'migration'> = {},
): { readonly account: RequestAccount } | { readonly arrivals: number } {
  const { name } = parseReference(run.parameters.offloading);
  const policy = options.offloading ?? policyIn(OFFLOADING_POLICIES, name);
  const witness = new Witness(run, number - 1);
  try {
    simulate(run, { ...options, offloading: witness.watch(policy), observer: witness.observer });
  } catch (error) {
    if (!(error instanceof Told)) throw error;
  }
  const account = witness.account(run.parameters);
  return account === undefined ? { arrivals: witness.arrivals } : { account };
}
