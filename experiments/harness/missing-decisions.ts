/** Runs that are too short for any decision of their Data Migrator: all migration policies are the same there. */

/** What of a run tells whether a decision falls within it; times in seconds. */
export interface DecisionTimes {
  readonly migration: string;
  readonly duration: number;
  readonly migrationInterval: number;
}

export const lacksDecisions = ({ migration, duration, migrationInterval }: DecisionTimes): boolean =>
  migration !== 'none' && duration <= migrationInterval;

/** "No migration decision falls within 60 s of arrivals: the first is at migration.interval = 120 s." */
export const missingDecisionsText = ({ duration, migrationInterval }: DecisionTimes): string =>
  `No migration decision falls within ${duration} s of arrivals: the first is at migration.interval = ${migrationInterval} s.`;
