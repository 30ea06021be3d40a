/**
 * Units as types. Inside the simulator there is one base unit a quantity: seconds, bytes, megabytes of
 * memory, Mbit/s. A branded number cannot be passed where another unit is expected, so that
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
/** An amount of memory, in megabytes, as the paper's Table 2 counts it. */
export type Megabytes = Branded<'MB'>;

export const seconds = (value: number): Seconds => value as Seconds;
export const milliseconds = (value: number): Seconds => (value / 1000) as Seconds;
export const bytes = (value: number): Bytes => value as Bytes;
export const mbps = (value: number): Mbps => value as Mbps;
export const megabytes = (value: number): Megabytes => value as Megabytes;

/** One Mbit/s carries 125 000 bytes a second. */
export const BYTES_PER_SECOND_PER_MBPS = 125_000;

/** One megabyte of migrated data is 10^6 bytes, as in the paper's Table 3. */
export const BYTES_PER_MEGABYTE = 1e6;

/** Time to push `size` through a link of `rate`, without latency: l / b of eq. (4). */
export function transferTime(size: Bytes, rate: Mbps): Seconds {
  return (size / (rate * BYTES_PER_SECOND_PER_MBPS)) as Seconds;
}
