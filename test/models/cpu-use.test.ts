import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaUntil, CPU_CURVES, cpuCurve, heightAt, nextBreak } from '../../models/workload/cpu-curve.js';
import { constantUse, curveUse, isClipped, meanRatioOf, traceUse, useAt } from '../../models/workload/cpu-use.js';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const OFFICE = CPU_CURVES['office-day'];

describe('office-day', () => {
  test('is low at night and at weekends, high from nine to five, and on its way between', () => {
    const at = (day: number, hour: number): number => heightAt(OFFICE, day * DAY + hour * HOUR);
    // A mean weekday is 2, a day of the weekend 1: 12/7 in the week.
    expect(at(0, 0)).toBeCloseTo(7 / 12, 12);
    expect(at(0, 7.5)).toBeCloseTo(2 / (12 / 7), 12);
    expect(at(3, 12)).toBeCloseTo(7 / 4, 12);
    expect(at(4, 19.5)).toBeCloseTo(2 / (12 / 7), 12);
    expect(at(5, 12)).toBeCloseTo(7 / 12, 12);
    expect(at(6, 12)).toBeCloseTo(7 / 12, 12);
    expect([OFFICE.lowest, OFFICE.highest]).toEqual([at(0, 0), at(0, 12)]);
  });

  test('has the mean 1 over a week, and comes again every week', () => {
    expect(areaUntil(OFFICE, WEEK)).toBeCloseTo(WEEK, -1);
    expect(heightAt(OFFICE, 40 * WEEK + 10 * HOUR)).toBe(heightAt(OFFICE, 10 * HOUR));
    expect(areaUntil(OFFICE, 3 * WEEK + 10 * HOUR) - areaUntil(OFFICE, 3 * WEEK)).toBeCloseTo(
      areaUntil(OFFICE, 10 * HOUR),
      0,
    );
  });

  test('breaks where its slope does', () => {
    expect(nextBreak(OFFICE, 0)).toBe(6 * HOUR);
    expect(nextBreak(OFFICE, 6 * HOUR)).toBe(9 * HOUR);
    expect(nextBreak(OFFICE, 2 * WEEK + 4 * DAY + 23 * HOUR)).toBe(3 * WEEK);
  });
});

test('the area under a curve is what a fine sum of its heights says', () => {
  const curve = cpuCurve('any', [
    [0, 5],
    [HOUR, 0],
    [7 * HOUR, 2],
    [DAY, 5],
  ]);
  const from = 11.5 * HOUR;
  const steps = 200_000;
  const step = (1.7 * DAY) / steps;
  let sum = 0;
  for (let at = 0; at < steps; at++) sum += heightAt(curve, from + (at + 0.5) * step) * step;
  expect((areaUntil(curve, from + steps * step) - areaUntil(curve, from)) / sum).toBeCloseTo(1, 8);
});

test('a curve that does not end as it begins, is below 0 or fits no week is refused', () => {
  expect(() => cpuCurve('c', [[0, 1], [DAY, 2]])).toThrow(/ends as it begins/); // prettier-ignore
  expect(() => cpuCurve('c', [[0, 1], [HOUR, -1], [DAY, 1]])).toThrow(/no height is negative/); // prettier-ignore
  expect(() => cpuCurve('c', [[0, 1], [5 * HOUR, 1]])).toThrow(/divides a week/); // prettier-ignore
  expect(() => cpuCurve('c', [[0, 0], [DAY, 0]])).toThrow(/above 0 somewhere/); // prettier-ignore
});

describe('use', () => {
  test('constant', () => {
    expect(useAt(constantUse(0.3), 123, 0)).toBe(0.3);
    expect(() => constantUse(1.1)).toThrow(/no share/);
  });

  test('along a curve: the mean times the height, never above 1', () => {
    expect(useAt(curveUse(OFFICE, 0.4), 12 * HOUR, 0)).toBeCloseTo(0.7, 12);
    expect(useAt(curveUse(OFFICE, 0.8), 12 * HOUR, 0)).toBe(1);
    // 4/7 of 7/4 is 1: the highest mean that is never cut off.
    expect(isClipped(curveUse(OFFICE, 0.57))).toBe(false);
    expect(isClipped(curveUse(OFFICE, 0.58))).toBe(true);
  });

  test('clipping takes from the mean what is above 1, and no more', () => {
    expect(meanRatioOf(curveUse(OFFICE, 0.5))).toBe(0.5);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), (mean) => {
        const use = curveUse(OFFICE, mean);
        const steps = 20_000;
        let sum = 0;
        for (let at = 0; at < steps; at++) sum += useAt(use, ((at + 0.5) * WEEK) / steps, 0);
        expect(meanRatioOf(use)).toBeCloseTo(sum / steps, 5);
        expect(meanRatioOf(use)).toBeLessThanOrEqual(mean);
      }),
      { numRuns: 30, seed: 3 },
    );
    // All of its CPU, but for nights and weekends: 1 - (5 * (6 + 2) + 2 * 24) * 5/12 / 168 and what the ramps are below 1.
    const below = (5 / 12) * (5 * 8 + 2 * 24) + 5 * ((5 / 12) * (5 / 14) * 8) / 2; // prettier-ignore
    expect(meanRatioOf(curveUse(OFFICE, 1))).toBeCloseTo(1 - below / 168, 12);
  });

  test('a trace goes from piece to piece, from the first running on, and its last piece lasts', () => {
    const use = traceUse({ micros: [10, 20, 30], ratios: [0.1, 0.9, 0.5] });
    const at = (micros: number): number => useAt(use, micros, 1000);
    expect([1000, 1009, 1010, 1029, 1030, 1059, 1060, 1e15].map(at)).toEqual([0.1, 0.1, 0.9, 0.9, 0.5, 0.5, 0.5, 0.5]);
  });

  test('equal neighbours of a trace are one piece', () => {
    expect(traceUse({ micros: [1, 2, 3, 4], ratios: [0.5, 0.5, 0, 0] })).toEqual({
      kind: 'trace',
      startMicros: [0, 3],
      ratios: [0.5, 0],
    });
    expect(() => traceUse({ micros: [], ratios: [] })).toThrow(/has pieces/);
    expect(() => traceUse({ micros: [0], ratios: [0.5] })).toThrow(/0 microseconds/);
    expect(() => traceUse({ micros: [1], ratios: [1.5] })).toThrow(/no share/);
  });
});
