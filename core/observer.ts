/** Somebody who watches a run event by event, such as a test. Times in s; requests count from 0. */
export interface Observer {
  /** A request arrives from outside; `mask` has a bit for each of the function's keys that it will access. */
  arrival?(time: number, request: number, node: number, f: number, service: number, mask: number): void;
  /** A request leaves for another node, or for its own, to be decided again. */
  offload?(time: number, request: number, from: number, to: number): void;
  /** A request starts. `completion` is when its result is ready on the node, `response` what the client waits. */
  start?(
    time: number,
    request: number,
    node: number,
    coldStart: number,
    dataAccessTime: number,
    completion: number,
    response: number,
  ): void;
  reject?(time: number, request: number, node: number): void;
  /** A key is now at `to`. */
  move?(time: number, key: number, from: number, to: number): void;
}
