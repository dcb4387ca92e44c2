/**
 * The axis of simulated time, from 0: in the unit that fits the length of the run, with ticks where people look for them
 * (6, 12, 18 h, not 5, 10, 15 h).
 */
import type * as Plot from '@observablehq/plot';
import { QUANTITIES } from '../../sim/base/units.js';
import { countText } from '../numbers.js';

/** The largest unit of which the run lasts at least `least`. */
const UNITS = [
  { unit: 'd', name: 'days', least: 2, steps: [1, 2, 5, 10, 20, 50, 100] },
  { unit: 'h', name: 'hours', least: 2, steps: [0.5, 1, 2, 3, 6, 12] },
  { unit: 'min', name: 'minutes', least: 2, steps: [0.5, 1, 2, 5, 10, 15, 30] },
  { unit: 's', name: 'seconds', least: 0, steps: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30] },
] as const;

const MOST_TICKS = 8;

export interface TimeAxis {
  scale: Plot.ScaleOptions;
  /** Simulated time as the axis counts it. */
  at(micros: number): number;
}

export function timeAxis(durationMicros: number): TimeAxis {
  const { units } = QUANTITIES.duration;
  const inUnit = (micros: number, unit: string): number => (micros * units[unit]!.over) / units[unit]!.times;
  const { unit, name, steps } = UNITS.find((one) => inUnit(durationMicros, one.unit) >= one.least)!;
  // A run without length still has an axis.
  const end = inUnit(durationMicros, unit) || 1;
  let step: number = steps.find((one) => end / one <= MOST_TICKS) ?? steps.at(-1)!;
  while (end / step > MOST_TICKS) step *= 2;
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_none, count) =>
    Number((count * step).toPrecision(12)),
  );
  const tickFormat = (tick: number): string => (Number.isInteger(tick) ? countText(tick) : String(tick));
  return {
    scale: { domain: [0, end], ticks, tickFormat, label: `simulated time (${name})`, labelArrow: 'none' },
    at: (micros) => inUnit(micros, unit),
  };
}
