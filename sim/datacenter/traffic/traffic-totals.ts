/**
 * Traffic that follows curves over the day, summed up: what it is at an instant, its integral over time, and the most that
 * what crosses pods came to. Traffic of one curve rises and falls together, so that a sum a curve is enough.
 */
import { CompensatedSum } from '../../measures/compensated-sum.js';
import { areaUntil, heightAt, highestBetween, type CpuCurve } from '../../../models/workload/cpu-curve.js';
import { NO_TRAFFIC, type Localities } from './network-traffic.js';

/** null: always the same. */
export type Curve = CpuCurve | null;

export const LOCALITIES = Object.keys(NO_TRAFFIC) as (keyof Localities)[];

/** Of guest networks along one curve: the sum, and how many have anything to it. */
interface Part {
  readonly sum: CompensatedSum;
  parts: number;
}

type Parts = Record<keyof Localities, Part>;
type Sums = Record<keyof Localities, CompensatedSum>;

const parts = (): Parts =>
  Object.fromEntries(LOCALITIES.map((key) => [key, { sum: new CompensatedSum(), parts: 0 }])) as unknown as Parts;

const sums = (): Sums => Object.fromEntries(LOCALITIES.map((key) => [key, new CompensatedSum()])) as Sums;

export const factorAt = (curve: Curve, atMicros: number): number => (curve === null ? 1 : heightAt(curve, atMicros));

/** Integral of the factor, in microseconds. */
export function factorArea(curve: Curve, fromMicros: number, toMicros: number): number {
  return curve === null ? toMicros - fromMicros : areaUntil(curve, toMicros) - areaUntil(curve, fromMicros);
}

export class TrafficTotals {
  private readonly along = new Map<Curve, Parts>();
  private readonly bitMicros = sums();
  private sinceMicros = 0;
  private peakCrossPod = 0;

  /** What happens before `fromMicros`, the end of the warm-up, is in no integral and no peak. */
  constructor(private readonly fromMicros: number) {}

  /** A part of the traffic along a curve was `before` and is `after` from now on. */
  change(nowMicros: number, curve: Curve, before: Readonly<Localities>, after: Readonly<Localities>): void {
    this.settle(nowMicros);
    let found = this.along.get(curve);
    if (found === undefined) this.along.set(curve, (found = parts()));
    for (const key of LOCALITIES) {
      if (before[key] === after[key]) continue;
      const part = found[key];
      part.parts += Number(after[key] !== 0) - Number(before[key] !== 0);
      part.sum.add(after[key] - before[key]);
      // What rounding leaves of differences is no traffic.
      if (part.parts === 0) part.sum.reset();
    }
  }

  /** In bits per second. */
  at(atMicros: number): Localities {
    const now = { ...NO_TRAFFIC };
    for (const [curve, totals] of this.along) {
      const factor = factorAt(curve, atMicros);
      for (const key of LOCALITIES) now[key] += factor * Math.max(0, totals[key].sum.value);
    }
    return now;
  }

  /** Bits up to now, after the warm-up. */
  bits(nowMicros: number): Localities {
    this.settle(nowMicros);
    return Object.fromEntries(LOCALITIES.map((key) => [key, this.bitMicros[key].value / 1e6])) as unknown as Localities;
  }

  /** The most that crossed pods at an instant after the warm-up, in bits per second. */
  peakCrossPodBitsPerSecond(nowMicros: number): number {
    this.settle(nowMicros);
    return this.peakCrossPod;
  }

  private settle(nowMicros: number): void {
    const from = Math.max(this.sinceMicros, this.fromMicros);
    this.sinceMicros = nowMicros;
    if (nowMicros < from) return;
    let highest = 0;
    for (const [curve, totals] of this.along) {
      const area = factorArea(curve, from, nowMicros);
      for (const key of LOCALITIES) this.bitMicros[key].add(area * Math.max(0, totals[key].sum.value));
      // A bound for several curves together; exact for one.
      if (nowMicros > from)
        highest += totals.crossPod.sum.value * (curve === null ? 1 : highestBetween(curve, from, nowMicros));
    }
    if (highest > this.peakCrossPod) this.peakCrossPod = highest;
  }
}
