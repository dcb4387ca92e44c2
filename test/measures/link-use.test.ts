import { describe, expect, it } from 'vitest';
import { LinkUse } from '../../sim/measures/link-use.js';

const HOUR = 3_600_000_000;

/** Link 0 as given, an hour each; link 1 is never used. */
function used(uses: number[], warmUpHours = 0): LinkUse {
  const use = new LinkUse(2, warmUpHours * HOUR);
  uses.forEach((value, at) => use.sample(at * HOUR, [value, 0]));
  use.hold(uses.length * HOUR);
  return use;
}

describe('use of links', () => {
  it('holds each sample until the next', () => {
    const { mean, peak, peakMicros, highRatio } = used([0.2, 0.9, 0.4, 0.5]).figures(0);
    expect(mean).toBeCloseTo(0.5, 12);
    expect([peak, peakMicros]).toEqual([0.9, HOUR]);
    // One hour of four above 70 %.
    expect(highRatio).toBe(0.25);
  });

  it('is 0 throughout for a link without traffic', () => {
    expect(used([0.5, 0.5]).figures(1)).toEqual({ mean: 0, p95: 0, peak: 0, peakMicros: 0, highRatio: 0 });
  });

  it('has the 95th percentile to a point, by time and not by samples', () => {
    // 19 of 20 hours at 30 %: 5 % of the time is not more than 5 % of it.
    expect(used([...Array<number>(19).fill(0.3), 0.8]).figures(0).p95).toBe(0.3);
    expect(used([...Array<number>(18).fill(0.3), 0.8, 0.8]).figures(0).p95).toBe(0.8);
    // Most of the time nothing: the percentile is nothing too.
    expect(used([0.9, ...Array<number>(30).fill(0)]).figures(0).p95).toBe(0);
  });

  it('tells what is asked for beyond the capacity', () => {
    const { peak, p95 } = used([1.5, 3.25]).figures(0);
    expect([peak, p95]).toEqual([3.25, 2]);
  });

  it('leaves the warm-up out, but for what it leaves behind', () => {
    const use = new LinkUse(1, 1.5 * HOUR);
    use.sample(0, [0.9]);
    use.sample(HOUR, [0.2]);
    use.sample(2 * HOUR, [0.4]);
    use.hold(2.5 * HOUR);
    // Half an hour each of 0.2 and 0.4.
    expect(use.figures(0).mean).toBeCloseTo(0.3, 12);
    expect(use.figures(0).peak).toBe(0.4);
  });
});
