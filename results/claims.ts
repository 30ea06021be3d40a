/** The claims of sec. 5.2 and 5.3 of the paper, in its order. No verdict is written down: each follows from runs. */
import type { Claim } from './claim.js';
import { TABLE3_CLAIMS } from './claims-table3.js';
import { SCALABILITY_CLAIMS, WORKLOAD_CLAIMS } from './claims-workloads.js';

export type { Claim, Evaluation, Verdict } from './claim.js';
export { isClear, verdictName, verdictText } from './claim.js';
export {
  type Evidence,
  MissingEvidence,
  paperEvidence,
  ResultsReader,
  runsEvidence,
} from './claims-evidence.js';

export const CLAIMS: readonly Claim[] = [...TABLE3_CLAIMS, ...WORKLOAD_CLAIMS, ...SCALABILITY_CLAIMS];
