/**
 * Thins a curve to what can be seen of it: time is cut into equal buckets, and of each bucket its lowest and highest point
 * stay, in their order, with the curve's first and last point and the edges of its gaps. No peak is lost, and a curve that
 * has no more points than that is left as it is.
 */
export interface Point {
  atMicros: number;
  /** null: a gap. */
  value: number | null;
}

/** `points` in order of time. */
export function thinPoints(points: readonly Point[], buckets: number): Point[] {
  if (points.length <= 2 * buckets) return [...points];
  const start = points[0]!.atMicros;
  const span = points.at(-1)!.atMicros - start;
  const bucketOf = ({ atMicros }: Point): number =>
    Math.min(Math.floor(((atMicros - start) / span) * buckets), buckets - 1);
  const kept = new Set<number>([0, points.length - 1]);
  let from = 0;
  for (let at = 1; at <= points.length; at++) {
    if (at < points.length && bucketOf(points[at]!) === bucketOf(points[from]!)) continue;
    keepOfBucket(points, from, at, kept);
    from = at;
  }
  return [...kept].sort((a, b) => a - b).map((at) => points[at]!);
}

function keepOfBucket(points: readonly Point[], from: number, to: number, kept: Set<number>): void {
  let lowest = -1;
  let highest = -1;
  for (let at = from; at < to; at++) {
    const value = points[at]!.value;
    if (value === null) {
      const edge = at === from || at === to - 1 || points[at - 1]!.value !== null || points[at + 1]!.value !== null;
      if (edge) kept.add(at);
      continue;
    }
    if (lowest < 0 || value < points[lowest]!.value!) lowest = at;
    if (highest < 0 || value > points[highest]!.value!) highest = at;
  }
  if (lowest >= 0) kept.add(lowest).add(highest);
}
