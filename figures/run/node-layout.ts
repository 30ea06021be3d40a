/** Points for nodes whose distances come as close to latencies as a plane allows. */
import { forceLink, forceSimulation, type SimulationLinkDatum, type SimulationNodeDatum } from 'd3-force';
import type { RecordedNodes } from '../../core/recording.js';

/** A point a node, in ms of one-way latency. */
export interface NodePoints {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface NodeLayout extends NodePoints {
  /** Median over pairs of |distance - latency| / latency, in %; 0 where there are no pairs. */
  readonly medianErrorPercent: number;
}

interface Spring extends SimulationLinkDatum<SimulationNodeDatum> {
  readonly latency: number;
}

/** Steps of the simulation of springs, and how much of what a spring is off by a step takes away, times nodes. */
const STEPS = 300;
const STRENGTH = 3;

/** The points about their middle, turned such that they spread along x most and that the first is on the left. */
function turned(points: readonly SimulationNodeDatum[]): { x: number[]; y: number[] } {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const [middleX, middleY] = [mean(points.map(({ x = 0 }) => x)), mean(points.map(({ y = 0 }) => y))];
  const centered = points.map(({ x = 0, y = 0 }) => ({ x: x - middleX, y: y - middleY }));
  const covariance = mean(centered.map(({ x, y }) => x * y));
  const difference = mean(centered.map(({ x, y }) => x * x - y * y));
  const angle = Math.atan2(2 * covariance, difference) / 2;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const x = centered.map((point) => cosine * point.x + sine * point.y);
  const y = centered.map((point) => cosine * point.y - sine * point.x);
  const sign = (x[0] ?? 0) > 0 ? -1 : 1;
  return { x: x.map((value) => sign * value), y: y.map((value) => sign * value) };
}

/** A spring a pair of nodes, as long as their latency, let go until all are at rest: the same for the same latencies. */
export function nodeLayout({ name, latency_ms: latencies }: RecordedNodes): NodeLayout {
  const count = name.length;
  const points: SimulationNodeDatum[] = name.map(() => ({}));
  const springs: Spring[] = [];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++)
      springs.push({ source: i, target: j, latency: latencies[i * count + j]! });
  }
  forceSimulation(points)
    .force(
      'latency',
      forceLink(springs)
        .distance(({ latency }) => latency)
        .strength(STRENGTH / Math.max(count, STRENGTH)),
    )
    .stop()
    .tick(STEPS);
  const { x, y } = turned(points);
  const errors: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const latency = latencies[i * count + j]!;
      if (latency > 0) errors.push(Math.abs(Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!) - latency) / latency);
    }
  }
  errors.sort((a, b) => a - b);
  return { x, y, medianErrorPercent: 100 * (errors[Math.floor(errors.length / 2)] ?? 0) };
}
