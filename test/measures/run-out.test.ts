import { describe, expect, it } from 'vitest';
import { Growth } from '../../sim/measures/run-out.js';

const DAY = 86_400_000_000;
const HOUR = DAY / 24;

function grown(valueAt: (days: number) => number, days = 7, warmUpDays = 0): Growth {
  const growth = new Growth(warmUpDays * DAY);
  for (let at = 0; at <= days * DAY; at += HOUR) growth.sample(at, valueAt(at / DAY));
  return growth;
}

describe('run-out', () => {
  it('is where a straight line meets the capacity', () => {
    // 10 in use at first, 5 more each day: 100 after 18 days.
    const { perDay, inUse, atMicros } = grown((days) => 10 + 5 * days).runOut(100)!;
    expect(perDay).toBeCloseTo(5, 9);
    expect(inUse).toBeCloseTo(45, 9);
    expect(atMicros! / DAY).toBeCloseTo(18, 6);
  });

  it('is now where the capacity is passed already', () => {
    expect(grown((days) => 10 + 5 * days).runOut(40)!.atMicros! / DAY).toBeCloseTo(7, 9);
  });

  it('never comes where nothing grows, or what is there shrinks', () => {
    expect(grown(() => 10).runOut(100)!.atMicros).toBeNull();
    expect(grown((days) => 50 - days).runOut(100)!.atMicros).toBeNull();
  });

  it('is not told from a slope that a day’s ups and downs explain', () => {
    // A wave of a day, four and a half of them: the least-squares slope is above 0, by chance of where the run ends.
    const wave = (days: number): number => 50 + 20 * Math.sin(2 * Math.PI * days);
    const result = grown(wave, 4.25).runOut(100)!;
    expect(Math.abs(result.perDay)).toBeGreaterThan(0.1);
    expect(result.atMicros).toBeNull();
    // The same wave on a growth that shows above it.
    expect(grown((days) => wave(days) + 12 * days, 7).runOut(300)!.atMicros).not.toBeNull();
  });

  it('leaves the warm-up out, and needs three samples', () => {
    const growth = grown((days) => (days < 2 ? 1000 : 10 + 5 * days), 7, 2);
    expect(growth.runOut(100)!.perDay).toBeCloseTo(5, 9);
    const few = new Growth();
    few.sample(0, 1);
    few.sample(DAY, 2);
    expect(few.runOut(10)).toBeNull();
  });
});

describe('a line that hardly rises', () => {
  it('is no growth where rounding explains it, and none that matters where a century would not do', () => {
    // Sums of squares of 16 million leave a slope of about 1e-9 a day.
    const flat = grown((days) => 16e6 + (days > 3 ? 1e-8 : 0), 1).runOut(1e9)!;
    expect(flat.atMicros).toBeNull();
    // A byte a day to a terabyte: 2.7 million years.
    expect(grown((days) => 1 + days).runOut(1e12)!.atMicros).toBeNull();
    expect(grown((days) => 1 + days).runOut(36_000)!.atMicros).not.toBeNull();
  });
});
