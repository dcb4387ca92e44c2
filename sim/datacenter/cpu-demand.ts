/**
 * The CPU that many VMs ask for together, over time: a sum of constants and of VMs along common curves, so that it costs
 * the same whatever the number of VMs. Guarantees the sum of what each asks for at every instant (but for a rounding or
 * two, however often VMs came and went), exact integrals of it, and of what of it is above a capacity. Nothing is
 * sampled: between its breaks the sum is a straight line.
 *
 * A VM whose curve is cut off at its whole CPU is kept by itself, since it follows the curve only in part: those are few.
 */
import { assert } from '../base/assert.js';
import { CompensatedSum } from '../measures/compensated-sum.js';
import {
  areaUntil,
  heightAt,
  LONGEST_PERIOD_MICROS,
  nextBreak,
  type CpuCurve,
} from '../../models/workload/cpu-curve.js';
import { isClipped, type ConstantUse, type CurveUse } from '../../models/workload/cpu-use.js';

/** A trace is constant from one piece to the next. */
export type SteadyUse = ConstantUse | CurveUse;

/** VMs along one curve. */
interface Along {
  readonly curve: CpuCurve;
  vms: number;
  /** Of those that are never cut off: CPU times mean. */
  readonly weight: CompensatedSum;
  /** CPU of those that are cut off somewhere, by their mean. */
  readonly clipped: Map<number, number>;
  /** Of these, the CPU, and what is asked for of it where the curve is lowest. */
  clippedMillis: number;
  readonly clippedLowest: CompensatedSum;
}

/** Integrals over a stretch of time: thousandths of a core times microseconds, and microseconds. */
export interface Shortage {
  demandArea: number;
  shortArea: number;
  shortMicros: number;
}

/** What is more than the capacity by no more than this share of it is a rounding, not a shortage. */
const ROUNDING = 1e-12;

export class CpuDemand {
  private readonly constant = new CompensatedSum();
  private constants = 0;
  private readonly along: Along[] = [];
  /** Bounds of the demand whatever the time, in thousandths of a core; the demand need not reach them. */
  highest = 0;
  lowest = 0;

  add(cpuMillis: number, use: SteadyUse): void {
    this.change(cpuMillis, use, 1);
  }

  remove(cpuMillis: number, use: SteadyUse): void {
    this.change(cpuMillis, use, -1);
  }

  /** In thousandths of a core. */
  at(atMicros: number): number {
    let sum = this.constant.value;
    for (const one of this.along) sum += demandOf(one, heightAt(one.curve, atMicros));
    return sum;
  }

  /** `capacityMillis` Infinity: of no interest. */
  over(fromMicros: number, toMicros: number, capacityMillis = Infinity): Shortage {
    const found = { demandArea: 0, shortArea: 0, shortMicros: 0 };
    const micros = toMicros - fromMicros;
    if (micros <= 0) return found;
    if (!this.isPlain || isBetween(this.lowest, this.highest, capacityMillis))
      return this.walked(fromMicros, toMicros, capacityMillis, found);
    found.demandArea = this.plainArea(fromMicros, toMicros);
    if (!exceeds(this.lowest, capacityMillis)) return found;
    found.shortArea = found.demandArea - capacityMillis * micros;
    found.shortMicros = micros;
    return found;
  }

  /** The most that is asked for from one time to another. */
  peak(fromMicros: number, toMicros: number): number {
    let most = this.at(fromMicros);
    // After a whole period everything has been seen.
    const until = Math.min(toMicros, fromMicros + LONGEST_PERIOD_MICROS);
    const visit = (_micros: number, _before: number, after: number): void => {
      if (after > most) most = after;
    };
    // Along one curve more is asked for the higher it is: no peak lies between its breaks.
    this.walk(fromMicros, until, visit, this.along.length > 1);
    return most;
  }

  private change(cpuMillis: number, use: SteadyUse, sign: 1 | -1): void {
    if (use.kind === 'constant') {
      this.constants += sign;
      this.constant.add(sign * cpuMillis * use.ratio);
      if (this.constants === 0) this.constant.reset();
    } else this.changeAlong(cpuMillis, use, sign);
    this.highest = this.lowest = this.constant.value;
    for (const { curve, weight, clippedMillis, clippedLowest } of this.along) {
      this.highest += weight.value * curve.highest + clippedMillis;
      this.lowest += weight.value * curve.lowest + clippedLowest.value;
    }
  }

  private changeAlong(cpuMillis: number, use: CurveUse, sign: 1 | -1): void {
    const { curve, mean } = use;
    let one = this.along.find((along) => along.curve === curve);
    if (one === undefined) {
      one = {
        ...{ curve, vms: 0, weight: new CompensatedSum() },
        ...{ clipped: new Map(), clippedMillis: 0, clippedLowest: new CompensatedSum() },
      };
      this.along.push(one);
    }
    one.vms += sign;
    if (!isClipped(use)) one.weight.add(sign * cpuMillis * mean);
    else {
      const millis = (one.clipped.get(mean) ?? 0) + sign * cpuMillis;
      assert(millis >= 0, 'CPU demand: a VM that was not there is taken away');
      if (millis === 0) one.clipped.delete(mean);
      else one.clipped.set(mean, millis);
      one.clippedMillis += sign * cpuMillis;
      one.clippedLowest.add(sign * cpuMillis * Math.min(1, mean * curve.lowest));
    }
    if (one.vms === 0) this.along.splice(this.along.indexOf(one), 1);
  }

  /** Nothing is cut off. */
  private get isPlain(): boolean {
    return this.along.every(({ clippedMillis }) => clippedMillis === 0);
  }

  private plainArea(fromMicros: number, toMicros: number): number {
    let area = this.constant.value * (toMicros - fromMicros);
    for (const { curve, weight } of this.along)
      area += weight.value * (areaUntil(curve, toMicros) - areaUntil(curve, fromMicros));
    return area;
  }

  /** Whole periods are all alike: one is walked for all of them. */
  private walked(fromMicros: number, toMicros: number, capacityMillis: number, sum: Shortage): Shortage {
    const periods = Math.floor((toMicros - fromMicros) / LONGEST_PERIOD_MICROS);
    let times = Math.max(periods, 1);
    const visit = (micros: number, before: number, after: number): void => {
      sum.demandArea += (times * (before + after) * micros) / 2;
      const over = before - capacityMillis;
      const overAfter = after - capacityMillis;
      const isOver = exceeds(before, capacityMillis);
      const isOverAfter = exceeds(after, capacityMillis);
      if (!isOver && !isOverAfter) return;
      const most = Math.max(over, overAfter);
      const share = isOver && isOverAfter ? 1 : most / (most - Math.min(over, overAfter, 0));
      sum.shortMicros += times * share * micros;
      sum.shortArea += share === 1 ? (times * (over + overAfter) * micros) / 2 : (times * share * most * micros) / 2;
    };
    if (periods > 0) this.walk(fromMicros, fromMicros + LONGEST_PERIOD_MICROS, visit);
    times = 1;
    this.walk(fromMicros + periods * LONGEST_PERIOD_MICROS, toMicros, visit);
    return sum;
  }

  /**
   * Every straight piece of the demand: its length, and the demand at its beginning and end. Without `bent` what curves do
   * between their breaks is passed over: where VMs reach their whole CPU, or fall below it.
   */
  private walk(
    fromMicros: number,
    toMicros: number,
    visit: (micros: number, before: number, after: number) => void,
    bent = true,
  ): void {
    const { along } = this;
    let at = fromMicros;
    let heights = along.map(({ curve }) => heightAt(curve, at));
    while (at < toMicros) {
      const to = along.reduce((next, { curve }) => Math.min(next, nextBreak(curve, at)), toMicros);
      const after = along.map(({ curve }) => heightAt(curve, to));
      let before = this.atHeights(heights, after, 0);
      let passed = 0;
      const shares = bent ? kinks(along, heights, after) : [];
      shares.push(1);
      for (const share of shares) {
        const demand = this.atHeights(heights, after, share);
        visit((share - passed) * (to - at), before, demand);
        before = demand;
        passed = share;
      }
      heights = after;
      at = to;
    }
  }

  /** Where each curve has gone a share of the way from one height to another. */
  private atHeights(from: readonly number[], to: readonly number[], share: number): number {
    let sum = this.constant.value;
    this.along.forEach((one, at) => (sum += demandOf(one, from[at]! + share * (to[at]! - from[at]!))));
    return sum;
  }
}

function demandOf({ weight, clipped }: Along, height: number): number {
  let sum = weight.value * height;
  for (const [mean, cpuMillis] of clipped) sum += cpuMillis * Math.min(1, mean * height);
  return sum;
}

/** Where VMs reach their whole CPU, or fall below it: shares of the way, ascending. */
function kinks(along: readonly Along[], from: readonly number[], to: readonly number[]): number[] {
  const shares: number[] = [];
  along.forEach(({ clipped }, at) => {
    for (const mean of clipped.keys()) {
      const share = (1 / mean - from[at]!) / (to[at]! - from[at]!);
      if (share > 0 && share < 1) shares.push(share);
    }
  });
  return shares.sort((a, b) => a - b);
}

/** By more than a rounding. */
export function exceeds(demandMillis: number, capacityMillis: number): boolean {
  return demandMillis > capacityMillis * (1 + ROUNDING);
}

function isBetween(lowest: number, highest: number, capacityMillis: number): boolean {
  return exceeds(highest, capacityMillis) && !exceeds(lowest, capacityMillis);
}
