/** The requests of a run as plain objects. */
import { requestsIn } from '../../core/requests.js';
import { type RunSpec, requestsOf, type World } from '../../core/simulate.js';

/** A request on its way through the system. */
export interface Request {
  readonly id: number;
  readonly f: number;
  readonly origin: number;
  readonly arrival: number;
  readonly service: number;
  /** For each access slot of the function: is it accessed? */
  readonly accesses: readonly boolean[];
  offloads: number;
  wayBack: number;
}

/** All requests of a run, in order of arrival. */
export function allRequests(run: RunSpec, world: World): Request[] {
  const slots = world.application.keySlots;
  return Array.from(requestsIn(requestsOf(run, world)), (drawn, id) => ({
    id,
    f: drawn.function,
    origin: drawn.node,
    arrival: drawn.time,
    service: drawn.service,
    accesses: Array.from({ length: slots }, (_, q) => ((drawn.accessed >>> q) & 1) === 1),
    offloads: 0,
    wayBack: 0,
  }));
}
