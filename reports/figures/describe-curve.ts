/** A curve in a sentence, for whoever does not see it: where it begins and ends, and how low and high it gets. */
import { humanQuantity } from '../../sim/base/units.js';
import type { Point } from '../thin-points.js';

export function describeCurve(name: string, points: readonly Point[], text: (value: number) => string): string {
  const known = points.filter((point): point is { atMicros: number; value: number } => point.value !== null);
  if (known.length === 0) return `${name}: nothing to measure`;
  if (known.length === 1) return `${name}: ${text(known[0]!.value)} in the only sample`;
  let lowest = known[0]!;
  let highest = known[0]!;
  for (const point of known) {
    if (point.value < lowest.value) lowest = point;
    if (point.value > highest.value) highest = point;
  }
  const when = ({ atMicros, value }: typeof lowest): string =>
    `${text(value)} at ${humanQuantity('duration', atMicros)}`;
  const ends = `from ${text(known[0]!.value)} at first to ${text(known.at(-1)!.value)} at last`;
  return `${name}: ${ends}, lowest ${when(lowest)}, highest ${when(highest)}`;
}
