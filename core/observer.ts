/** Those who watch a run: event by event, such as a test, or at regular instants. */
import type { ContainerPool } from './container-pool.js';

/** Somebody who watches a run event by event. Times in s; requests count from 0. */
export interface Observer {
  /** A request arrives from outside; `mask` has a bit for each of the function's keys that it will access. */
  arrival?(time: number, request: number, node: number, f: number, service: number, mask: number): void;
  /** The policy is about to decide on the request, which is at `node`. */
  decision?(time: number, request: number, node: number): void;
  /** A request leaves for another node, or for its own, to be decided again. */
  offload?(time: number, request: number, from: number, to: number): void;
  /**
   * A request starts. `completion` is when its result is ready on the node, `response` what the client waits, and
   * `origin` the node where it arrived.
   */
  start?(
    time: number,
    request: number,
    node: number,
    coldStart: number,
    dataAccessTime: number,
    completion: number,
    response: number,
    f: number,
    origin: number,
  ): void;
  reject?(time: number, request: number, node: number): void;
  /** The migration policy is about to be asked what to move. */
  plan?(time: number): void;
  /** A key is now at `to`. */
  move?(time: number, key: number, from: number, to: number): void;
}

/** What samples see of the containers. */
export type SampledPool = Pick<ContainerPool, 'census' | 'coldStarts'>;

/** Somebody who looks at the containers at every multiple of an interval. */
export interface Sampling {
  /** Time between samples in s. */
  readonly interval: number;
  /** Called when all that happens before `time` has happened, the last time after the last start or rejection. */
  sample(time: number, pool: SampledPool): void;
}
