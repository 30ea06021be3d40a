/**
 * Units as types, where two could be mixed up. Inside the core a duration is in seconds, data are in bytes and
 * rates in Mbit/s; a branded number cannot be passed where another unit is expected, so that
 * `transferTime(rate, size)` with its arguments swapped does not compile.
 */
declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** A duration or an instant of simulated time, in seconds. */
export type Seconds = Branded<'s'>;
/** An amount of data, in bytes. */
export type Bytes = Branded<'B'>;
/** A data rate, in megabits (10^6 bits) a second. */
export type Mbps = Branded<'Mbit/s'>;

/** A number of milliseconds, in seconds. */
export const milliseconds = (value: number): Seconds => (value / 1000) as Seconds;
/** A number of bytes. */
export const bytes = (value: number): Bytes => value as Bytes;
/** A number of megabytes of 10^6 bytes, as in the paper's Table 3, in bytes. */
export const megabytes = (value: number): Bytes => (value * BYTES_PER_MEGABYTE) as Bytes;
/** A number of Mbit/s. */
export const mbps = (value: number): Mbps => value as Mbps;

export const BYTES_PER_MEGABYTE = 1e6;
/** One Mbit/s carries 125 000 bytes a second. */
const BYTES_PER_SECOND_PER_MBPS = 125_000;

/** Time to push `size` through a link of `rate`, without latency: l / b of eq. (4). */
export function transferTime(size: Bytes, rate: Mbps): Seconds {
  return (size / (rate * BYTES_PER_SECOND_PER_MBPS)) as Seconds;
}
