import { describe, expect, test } from 'vitest';
import { timeAxis } from '../../../reports/figures/time-axis.js';

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

describe('the unit fits the run, and ticks are where people look for them', () => {
  test.each([
    [7 * DAY, 'days', [0, 1, 2, 3, 4, 5, 6, 7]],
    [14 * DAY, 'days', [0, 2, 4, 6, 8, 10, 12, 14]],
    [365 * DAY, 'days', [0, 50, 100, 150, 200, 250, 300, 350]],
    [3650 * DAY, 'days', [0, 800, 1600, 2400, 3200]],
    [DAY, 'hours', [0, 3, 6, 9, 12, 15, 18, 21, 24]],
    [30 * HOUR, 'hours', [0, 6, 12, 18, 24, 30]],
    [HOUR, 'minutes', [0, 10, 20, 30, 40, 50, 60]],
    [90 * SECOND, 'seconds', [0, 20, 40, 60, 80]],
    [0, 'seconds', [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ])('%d us in %s', (duration, name, ticks) => {
    const { scale } = timeAxis(duration);
    expect(scale.label).toBe(`simulated time (${name})`);
    expect(scale.ticks).toEqual(ticks);
  });
});

test('simulated time as the axis counts it', () => {
  expect(timeAxis(7 * DAY).at(36 * HOUR)).toBe(1.5);
  expect(timeAxis(HOUR).at(30 * SECOND)).toBe(0.5);
});
