/** The requests of a run as plain objects. */
import { CHUNK } from '../../core/requests.js';
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
  const source = requestsOf(run, world);
  const slots = world.application.keySlots;
  const requests: Request[] = [];
  for (;;) {
    source.refill();
    for (let i = 0; i < CHUNK; i++) {
      if (source.time[i] === Infinity) return requests;
      requests.push({
        id: requests.length,
        f: source.functionOf[i],
        origin: source.node[i],
        arrival: source.time[i],
        service: source.service[i],
        accesses: Array.from({ length: slots }, (_, q) => ((source.mask[i] >>> q) & 1) === 1),
        offloads: 0,
        wayBack: 0,
      });
    }
  }
}
