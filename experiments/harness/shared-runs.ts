/** The runs that a campaign makes: one that several of its experiments have in common is made once, for all of them. */
import type { Run } from './expand.js';
import type { StudySession } from './study-session.js';

/** A run as one experiment knows it. */
export interface OwnRun {
  readonly session: StudySession;
  readonly run: Run;
}

export class SharedRuns {
  /** By name of the experiment, the numbers of runs that another one makes. */
  private readonly left = new Map<string, Set<number>>();
  /** By key of a run that is made, the runs of other experiments that it stands for. */
  private readonly others = new Map<string, OwnRun[]>();
  private readonly sessions: readonly StudySession[];
  private readonly byName: ReadonlyMap<string, StudySession>;
  /** Sum of the estimated costs of the runs that are made, in seconds. */
  cost = 0;

  constructor(sessions: readonly StudySession[]) {
    // The experiment with the costliest run first, so that none of those is left over at the end.
    this.sessions = [...sessions].sort((a, b) => b.dearest - a.dearest);
    this.byName = new Map(sessions.map((session) => [session.name, session]));
    // A single experiment, which may have a million runs, shares none and need not be looked through.
    if (sessions.length > 1) this.findShared();
    this.cost += sessions.reduce((sum, { missingCost }) => sum + missingCost, 0);
  }

  private findShared(): void {
    const seen = new Set<string>();
    for (const session of this.sessions) {
      const left = new Set<number>();
      this.left.set(session.name, left);
      for (const run of session.folder.missing()) {
        const key = session.folder.keyOf(run);
        if (!seen.has(key)) {
          seen.add(key);
          continue;
        }
        left.add(run.index);
        this.others.set(key, [...(this.others.get(key) ?? []), { session, run }]);
        this.cost -= run.cost;
      }
    }
  }

  /** The runs to be made, each once. */
  *toMake(): Generator<Run> {
    for (const { name, folder } of this.sessions)
      for (const run of folder.missing()) if (!this.left.get(name)?.has(run.index)) yield run;
  }

  /** All that a run which was made stands for, itself first. */
  allOf(run: Run): readonly OwnRun[] {
    const session = this.byName.get(run.experiment)!;
    return [{ session, run }, ...(this.others.get(session.folder.keyOf(run)) ?? [])];
  }
}
