/**
 * Arrivals whose rate follows the time of the day and week, and grows.
 *
 *   rate(t) = r * c(t mod P) * exp(g * t)
 *   L(t) = integral of rate from 0 to t;   t[n+1] = L^-1(L(t[n]) + E),  E exponential with mean 1
 *
 *   t  time [s], 0 is Monday 0:00    r  mean rate at the start [1/s]    c  curve with mean 1 over its period P [s], straight
 *   lines between its points and from the last one back to the first    g  growth [1/s]    E  one draw an arrival
 *
 * The inverse transform makes it a Poisson process of that rate exactly, without thinning. Growth is taken as a factor
 * that stands for at most an hour, that of its middle: the rate is off by at most exp(g * 30 min) - 1 of itself (0.007 %
 * at 10 % per 30 days), its integral over a period by (g * 1 h)^2 / 24 of itself, and g * 1 h / 12 times the part by which
 * the curve rises or falls within an hour (3e-6 there for a curve that doubles in three hours). Without growth nothing is approximated.
 *
 * Source: assumption. That VMs arrive by the day and less at weekends is said of Azure by E. Cortez et al., "Resource
 * Central", SOSP 2017; its figures were not read. The named curves are shapes, not data.
 * Valid range: r >= 0, c >= 0 and somewhere above 0, g >= 0; rates up to a million a second.
 * Ignored: holidays, customers' own hours, bursts beyond Poisson. The same source calls the times between arrivals
 * heavy-tailed and fits Weibull's distribution; no shape could be verified, so there is none here. Arrivals in groups
 * give bursts.
 */
import { assert } from '../../sim/base/assert.js';
import { lastNotAbove } from '../../sim/base/search.js';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

export interface CurvePoint {
  seconds: number;
  /** To the other points: the scale is free. */
  relative: number;
}

export interface ArrivalCurve {
  periodSeconds: number;
  /** Ascending in time, from 0 to the period; two of one time make a jump. */
  points: readonly CurvePoint[];
}

const OFFICE_HOURS = [
  [0, 0.5],
  [6, 0.5],
  [9, 1.6],
  [12, 1.7],
  [14, 1.7],
  [18, 1.2],
  [22, 0.6],
] as const;
const WEEKEND_HOURS = [
  [0, 0.45],
  [6, 0.4],
  [12, 0.6],
  [20, 0.55],
] as const;

/** `flat`: always the same; `office-day`: more by day, every day; `office-week`: less on Saturday and Sunday. */
export const ARRIVAL_CURVES: Readonly<Record<'flat' | 'office-day' | 'office-week', ArrivalCurve>> = {
  flat: { periodSeconds: DAY_SECONDS, points: [{ seconds: 0, relative: 1 }] },
  'office-day': { periodSeconds: DAY_SECONDS, points: pointsOf([OFFICE_HOURS]) },
  'office-week': {
    periodSeconds: 7 * DAY_SECONDS,
    points: pointsOf([...Array.from({ length: 5 }, () => OFFICE_HOURS), WEEKEND_HOURS, WEEKEND_HOURS]),
  },
};

export interface ArrivalRateSpec {
  /** The mean of the curve, before growth. */
  perSecond: number;
  curve: ArrivalCurve;
  growthPerSecond: number;
}

/** Within a step the rate is start + slope * seconds since its start. */
interface Steps {
  atSeconds: Float64Array;
  start: Float64Array;
  slope: Float64Array;
  /** Expected arrivals of the first period before each step; one more: of all of it. */
  before: Float64Array;
}

export class ArrivalRate {
  private readonly steps: Steps;
  private readonly period: number;
  private readonly growth: number;
  /** The same at all times: closed form, without the curve. */
  private readonly constant: number | null;

  constructor({ perSecond, curve, growthPerSecond }: ArrivalRateSpec) {
    assert(perSecond >= 0 && growthPerSecond >= 0, 'rate and growth are not negative');
    this.period = curve.periodSeconds;
    this.growth = growthPerSecond;
    const level = curve.points.every(({ relative }) => relative === curve.points[0]!.relative);
    this.constant = (level && growthPerSecond === 0) || perSecond === 0 ? perSecond : null;
    this.steps = stepsOf(curve, perSecond, growthPerSecond);
  }

  /** Arrivals a second at a time. */
  at(seconds: number): number {
    const { round, rest } = this.split(seconds);
    const { atSeconds, start, slope } = this.steps;
    const step = lastNotAbove(atSeconds, rest, start.length);
    return this.factor(round) * (start[step]! + slope[step]! * (rest - atSeconds[step]!));
  }

  /** L: arrivals expected from 0 to a time. */
  expected(seconds: number): number {
    const { round, rest } = this.split(seconds);
    const { atSeconds, start, slope, before } = this.steps;
    const step = lastNotAbove(atSeconds, rest, start.length);
    const into = rest - atSeconds[step]!;
    const within = before[step]! + into * (start[step]! + (slope[step]! * into) / 2);
    return this.beforeRound(round) + this.factor(round) * within;
  }

  /** L^-1: the earliest time from which on more than `expected` are expected; Infinity where there is none. */
  timeOf(expected: number): number {
    const round = this.roundOf(expected);
    if (!(round < 1e12)) return Infinity;
    const { atSeconds, start, slope, before } = this.steps;
    const left = (expected - this.beforeRound(round)) / this.factor(round);
    const step = lastNotAbove(before, left, start.length);
    const rest = Math.max(0, left - before[step]!);
    const a = start[step]!;
    const root = Math.sqrt(Math.max(0, a * a + 2 * slope[step]! * rest));
    // Where the rate begins at 0, the least of numbers have no root.
    const into = a + root === 0 ? 0 : (2 * rest) / (a + root);
    return round * this.period + Math.min(atSeconds[step]! + into, atSeconds[step + 1]!);
  }

  /** Seconds from `now` to the next arrival, given an exponential draw with mean 1; Infinity: never. */
  until(now: number, exponential: number): number {
    if (this.constant !== null) return this.constant === 0 ? Infinity : exponential / this.constant;
    return Math.max(0, this.timeOf(this.expected(now) + exponential) - now);
  }

  private split(seconds: number): { round: number; rest: number } {
    const round = Math.floor(seconds / this.period);
    return { round, rest: Math.max(0, seconds - round * this.period) };
  }

  /** By how much the rate has grown after so many periods. */
  private factor(round: number): number {
    return this.growth === 0 ? 1 : Math.exp(this.growth * this.period * round);
  }

  /** Arrivals expected in the first so many periods: each holds those of the one before times its growth. */
  private beforeRound(round: number): number {
    const inFirst = this.steps.before.at(-1)!;
    if (this.growth === 0 || round === 0) return inFirst * round;
    const perRound = this.growth * this.period;
    return (inFirst * Math.expm1(perRound * round)) / Math.expm1(perRound);
  }

  /** The period in which so many have been expected; Infinity where it lies beyond all runs. */
  private roundOf(expected: number): number {
    const inFirst = this.steps.before.at(-1)!;
    const perRound = this.growth * this.period;
    const rounds =
      this.growth === 0 ? expected / inFirst : Math.log1p((expected / inFirst) * Math.expm1(perRound)) / perRound;
    let round = Math.floor(rounds);
    if (!(round < 1e12)) return Infinity;
    // Rounding may miss by one.
    while (round > 0 && this.beforeRound(round) > expected) round--;
    while (this.beforeRound(round + 1) <= expected) round++;
    return round;
  }
}

function pointsOf(days: readonly (readonly (readonly [hour: number, relative: number])[])[]): CurvePoint[] {
  return days.flatMap((hours, day) =>
    hours.map(([hour, relative]) => ({ seconds: day * DAY_SECONDS + hour * HOUR_SECONDS, relative })),
  );
}

function stepsOf(curve: ArrivalCurve, perSecond: number, growth: number): Steps {
  const corners = around(curve);
  let area = 0;
  for (let at = 1; at < corners.length; at++)
    area +=
      ((corners[at]!.relative + corners[at - 1]!.relative) / 2) * (corners[at]!.seconds - corners[at - 1]!.seconds);
  assert(area > 0, 'an arrival curve is somewhere above 0');
  const scale = (perSecond * curve.periodSeconds) / area;
  const atSeconds: number[] = [];
  const start: number[] = [];
  const slope: number[] = [];
  const before = [0];
  for (let at = 1; at < corners.length; at++) {
    const low = corners[at - 1]!;
    const high = corners[at]!;
    const length = high.seconds - low.seconds;
    if (length === 0) continue;
    const pieces = growth === 0 ? 1 : Math.ceil(length / HOUR_SECONDS);
    const rise = (high.relative - low.relative) / length;
    for (let piece = 0; piece < pieces; piece++) {
      const from = (length * piece) / pieces;
      const to = (length * (piece + 1)) / pieces;
      const grown = growth === 0 ? scale : scale * Math.exp(growth * (low.seconds + (from + to) / 2));
      atSeconds.push(low.seconds + from);
      start.push(grown * (low.relative + rise * from));
      slope.push(grown * rise);
      before.push(before.at(-1)! + grown * (to - from) * (low.relative + (rise * (from + to)) / 2));
    }
  }
  atSeconds.push(curve.periodSeconds);
  return {
    atSeconds: Float64Array.from(atSeconds),
    start: Float64Array.from(start),
    slope: Float64Array.from(slope),
    before: Float64Array.from(before),
  };
}

/** With a point at 0 and one at the end of the period, where it comes round. */
function around({ points, periodSeconds }: ArrivalCurve): CurvePoint[] {
  const first = points[0];
  const last = points.at(-1);
  assert(first && last && first.seconds >= 0 && last.seconds <= periodSeconds, 'points lie within the period');
  points.forEach(({ seconds, relative }, at) =>
    assert(relative >= 0 && (at === 0 || seconds >= points[at - 1]!.seconds), 'points ascend, and none is negative'),
  );
  const gap = first.seconds + periodSeconds - last.seconds;
  const part = gap === 0 ? 0 : (periodSeconds - last.seconds) / gap;
  const relative = last.relative + part * (first.relative - last.relative);
  const ends = { seconds: periodSeconds, relative };
  return [
    ...(first.seconds > 0 ? [{ seconds: 0, relative }] : []),
    ...points,
    ...(last.seconds < periodSeconds ? [ends] : []),
  ];
}
