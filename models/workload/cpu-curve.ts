/**
 * Named shapes of CPU use over the day and the week: what VMs of one office do together.
 *
 *   s = h(t mod P) / H     shape at time t: piecewise linear, mean 1 over a period
 *
 *   h  height between instants of the table, straight lines between them
 *   H  mean height over the period        P  period [s], a day or a week; kept in microseconds here
 *
 * Time 0 of a run is a Monday, 0:00.
 * office-day: on weekdays 1 until 6:00, up to 3 at 9:00, 3 until 17:00, down to 1 at 22:00; 1 on Saturday and Sunday.
 * H = 12/7, so that s lies between 7/12 at night and 7/4 during office hours.
 * Source: assumption: a plain shape, not data. That interactive VMs follow the day and slack off at weekends is in
 * E. Cortez et al., "Resource Central", SOSP 2017; how far they do so is not published as a table.
 * Valid range: t >= 0; heights not negative, some positive.
 * Ignored: lunch, holidays, time zones, VMs of one curve that differ in phase, and all that is faster than hours.
 */
import { assert } from '../../sim/base/assert.js';
import { lastNotAbove } from '../../sim/base/search.js';

export interface CpuCurve {
  readonly name: string;
  readonly periodMicros: number;
  /** Ascending from 0 to the period; the height at both ends is the same. */
  readonly micros: readonly number[];
  /** At each of these instants. */
  readonly heights: readonly number[];
  /** Integral of the heights up to each of these instants, in microseconds. */
  readonly areas: readonly number[];
  readonly lowest: number;
  readonly highest: number;
}

const HOUR_MICROS = 3_600_000_000;
const DAY_MICROS = 24 * HOUR_MICROS;
/** Every curve's period divides it. */
export const LONGEST_PERIOD_MICROS = 7 * DAY_MICROS;

/** From points of any height, which are divided by their mean. */
export function cpuCurve(name: string, points: readonly (readonly [micros: number, height: number])[]): CpuCurve {
  const micros = points.map(([at]) => at);
  const periodMicros = micros.at(-1) ?? 0;
  assert(micros[0] === 0 && periodMicros > 0, () => `${name}: a curve goes from 0 to its period`);
  assert(LONGEST_PERIOD_MICROS % periodMicros === 0, () => `${name}: the period of a curve divides a week`);
  assert(points[0]![1] === points.at(-1)![1], () => `${name}: a curve ends as it begins`);
  const areasOf = (heights: readonly number[]): number[] => {
    let sum = 0;
    return heights.map((height, at) => {
      if (at === 0) return 0;
      assert(micros[at]! > micros[at - 1]! && height >= 0, () => `${name}: instants ascend, no height is negative`);
      return (sum += ((height + heights[at - 1]!) / 2) * (micros[at]! - micros[at - 1]!));
    });
  };
  const given = points.map(([, height]) => height);
  const mean = areasOf(given).at(-1)! / periodMicros;
  assert(mean > 0, () => `${name}: a curve is above 0 somewhere`);
  const heights = given.map((height) => height / mean);
  const areas = areasOf(heights);
  return { name, periodMicros, micros, heights, areas, lowest: Math.min(...heights), highest: Math.max(...heights) };
}

export function heightAt(curve: CpuCurve, atMicros: number): number {
  const phase = atMicros % curve.periodMicros;
  const piece = pieceAt(curve, phase);
  const { micros, heights } = curve;
  const low = heights[piece]!;
  const high = heights[piece + 1]!;
  if (low === high) return low;
  return low + ((high - low) * (phase - micros[piece]!)) / (micros[piece + 1]! - micros[piece]!);
}

/** Integral of the height from time 0 to `atMicros`, in microseconds. */
export function areaUntil(curve: CpuCurve, atMicros: number): number {
  const phase = atMicros % curve.periodMicros;
  const periods = (atMicros - phase) / curve.periodMicros;
  const piece = pieceAt(curve, phase);
  const since = phase - curve.micros[piece]!;
  const rest = curve.areas[piece]! + ((curve.heights[piece]! + heightAt(curve, phase)) / 2) * since;
  return periods * curve.areas.at(-1)! + rest;
}

/** The greatest height from one instant to another. */
export function highestBetween(curve: CpuCurve, fromMicros: number, toMicros: number): number {
  if (toMicros - fromMicros >= curve.periodMicros) return curve.highest;
  let highest = heightAt(curve, fromMicros);
  // Straight lines are highest at an end.
  for (let at = fromMicros; at < toMicros && highest < curve.highest;) {
    at = Math.min(nextBreak(curve, at), toMicros);
    highest = Math.max(highest, heightAt(curve, at));
  }
  return highest;
}

/** The first instant after `atMicros` at which the slope may change. */
export function nextBreak(curve: CpuCurve, atMicros: number): number {
  const phase = atMicros % curve.periodMicros;
  return atMicros - phase + curve.micros[pieceAt(curve, phase) + 1]!;
}

/** The last point that is not after `phase`, of those that begin a piece. */
function pieceAt({ micros }: CpuCurve, phase: number): number {
  return lastNotAbove(micros, phase, micros.length - 1);
}

function officeDay(): CpuCurve {
  const weekday = [
    [0, 1],
    [6, 1],
    [9, 3],
    [17, 3],
    [22, 1],
  ] as const;
  const points = Array.from({ length: 5 }, (_, day) =>
    weekday.map(([hour, height]) => [day * DAY_MICROS + hour * HOUR_MICROS, height] as const),
  ).flat();
  return cpuCurve('office-day', [...points, [LONGEST_PERIOD_MICROS, 1]]);
}

export const CPU_CURVES = { 'office-day': officeDay() } as const satisfies Record<string, CpuCurve>;
