/** Hashes that pin what a run does: equal fingerprints mean equal sequences, to the last bit. */
import type { Observer } from './observer.js';
import { requestsIn } from './requests.js';
import { combine32 } from './rng.js';
import { buildWorld, type RunSpec, requestsOf, type SimulateOptions, simulate } from './simulate.js';

/** Two 32-bit hashes of a sequence of numbers, written as 16 hexadecimal digits. */
class Digest {
  private low = 0x811c9dc5;
  private high = 0x01000193;
  private readonly cell = new Float64Array(1);
  private readonly words = new Uint32Array(this.cell.buffer);

  /** Adds the 64 bits of a number. */
  add(value: number): void {
    this.cell[0] = value;
    this.low = combine32(combine32(this.low, this.words[0]), this.words[1]);
    this.high = combine32(combine32(this.high, this.words[1]), this.low);
  }

  toString(): string {
    return [this.high, this.low].map((word) => word.toString(16).padStart(8, '0')).join('');
  }
}

/** Fingerprint of the request sequence: arrival time, function, node, service time and accesses of each. */
export function requestFingerprint(run: RunSpec): string {
  const source = requestsOf(run, buildWorld(run));
  const digest = new Digest();
  for (const { time, function: f, node, service, accessed } of requestsIn(source))
    for (const value of [time, f, node, service, accessed]) digest.add(value);
  return digest.toString();
}

/** Fingerprint of a trajectory: time, kind, node and request of every event, and every move of a key. */
export function trajectoryFingerprint(run: RunSpec, options: SimulateOptions = {}): string {
  const digest = new Digest();
  const add = (kind: number, ...values: number[]): void => {
    digest.add(kind);
    for (const value of values) digest.add(value);
  };
  const observer: Observer = {
    arrival: (time, request, node, f) => add(1, time, request, node, f),
    offload: (...event) => add(2, ...event),
    // Function and node of arrival follow from the request.
    start: (...event) => add(3, ...event.slice(0, 7)),
    reject: (...event) => add(4, ...event),
    move: (...event) => add(5, ...event),
  };
  simulate(run, { ...options, observer });
  return digest.toString();
}
