/** Looks at the decisions of a policy in the middle of a run, where views are real. */
import {
  loadPlacementSolvers,
  type MigrationPlan,
  type MigrationPolicy,
  type OffloadingPolicy,
  type OwnValues,
  ownValues,
  type Parameters,
  type PolicyContext,
  presetParameters,
  type RequestView,
  type RunSpec,
  simulate,
} from '../../../core/index.js';

await loadPlacementSolvers();

export const shortRun = (overrides: Partial<Parameters> = {}, seed = 1): RunSpec => ({
  parameters: presetParameters('as-published', {
    duration: 130,
    migrationInterval: 40,
    load: 0.3,
    ...overrides,
  }),
  seed,
});

/** The policy with `own` in place of the defaults of its parameters. */
const contextFor = <Own extends OwnValues>(context: PolicyContext, policy: unknown, own: Partial<Own>) =>
  ({
    ...context,
    own: { ...ownValues(policy as MigrationPolicy, { name: '', settings: [] }), ...own },
  }) as never;

/** Runs with the migration policy and calls `look` at each of its plans. */
export function studyMigration<Own extends OwnValues>(
  run: RunSpec,
  policy: MigrationPolicy<Own>,
  look: (context: PolicyContext, plan: MigrationPlan) => void,
  own: Partial<Own> = {},
) {
  const watched: MigrationPolicy = {
    ...(policy as unknown as MigrationPolicy),
    parameters: undefined,
    make(context) {
      const decide = policy.make(contextFor<Own>(context, policy, own))!;
      return () => {
        const plan = decide();
        look(context, plan);
        return plan;
      };
    },
  };
  return simulate({ ...run, parameters: { ...run.parameters, migration: 'none' } }, { migration: watched });
}

/** Runs with the offloading policy and calls `look` at each of its decisions. */
export function studyOffloading<Own extends OwnValues>(
  run: RunSpec,
  policy: OffloadingPolicy<Own>,
  look: (context: PolicyContext, request: RequestView, target: number) => void,
  own: Partial<Own> = {},
) {
  const watched: OffloadingPolicy = {
    ...(policy as unknown as OffloadingPolicy),
    parameters: undefined,
    make(context) {
      const decide = policy.make(contextFor<Own>(context, policy, own));
      return (request) => {
        const target = decide(request);
        look(context, request, target);
        return target;
      };
    },
  };
  return simulate(
    { ...run, parameters: { ...run.parameters, offloading: 'slo-aware' } },
    { offloading: watched },
  );
}
