/** By how long migrations hold up other transfers: by hand, and against the same transfers without them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bench, M, SECOND, type Bench } from './transfers-bench.js';

describe('beside a migration', () => {
  const delays = (one: Bench): (number | null)[] => one.transfers.records.map(({ delaySeconds }) => delaySeconds);

  test('a transfer is told by how long that held it up: 10 Mbit at half of 10 Mbit/s for half a second', () => {
    const one = bench([10 * M]);
    one.at(0, () => one.start({}));
    // 2.5 Mbit, over from 0.5 to 1 s; the other has 5 Mbit left then, and half a second to go instead of none.
    one.at(0.5, () =>
      one.transfers.startPart({ ...one.transfers.records[0]!, bytes: 2.5e6 / 8, isMigration: true }, () => undefined),
    );
    one.lane.runUntil(10 * SECOND);
    expect(one.ended).toEqual([['there', 1_250_000]]);
    expect(delays(one)[0]).toBeCloseTo(0.25, 9);
  });

  test('one that begins under way counts from its own beginning; one that comes after the last is not held up', () => {
    const one = bench([10 * M]);
    one.at(0, () => one.start({ bytes: 2.5e6, isMigration: true, destination: 'vm' }));
    one.at(1, () => one.start({}));
    one.at(20, () => one.start({}));
    one.lane.runUntil(100 * SECOND);
    // The migration has 10 Mbit left at 1 s: both are over at 3 s.
    expect(delays(one)[1]).toBeCloseTo(1, 9);
    expect([delays(one)[0], delays(one)[2]]).toEqual([null, null]);
  });

  test('one that is cancelled is told nothing', () => {
    const one = bench([10 * M]);
    let id = 0;
    one.at(0, () => (id = one.start({})));
    one.at(0.1, () => one.start({ isMigration: true }));
    one.at(0.2, () => one.transfers.cancel(id));
    one.lane.runUntil(10 * SECOND);
    expect(delays(one)[0]).toBeNull();
  });

  test('whatever comes and goes, delays are the ends of the same transfers with and without migrations', () => {
    const links = fc.constantFrom([0], [1], [2], [0, 1], [1, 2], [0, 2]);
    const spec = fc.record({
      at: fc.integer({ min: 0, max: 30_000 }),
      links,
      bytes: fc.integer({ min: 1, max: 10_000_000 }),
      weight: fc.constantFrom(1, 1, 2),
      capBitsPerSecond: fc.constantFrom(Infinity, Infinity, 3e6),
      isMigration: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(spec, { minLength: 2, maxLength: 12 }), (specs) => {
        const ran = (migrations: boolean) => {
          const one = bench([8 * M, 10 * M, 5 * M]);
          specs.forEach(({ at, ...what }, n) => {
            if (migrations || !what.isMigration) one.at(at / 1000, () => one.start({ ...what, destination: `${n}` }));
          });
          one.lane.runUntil(100_000 * SECOND);
          return new Map(one.transfers.records.map((record) => [record.destination, record]));
        };
        const real = ran(true);
        for (const [name, { endSeconds }] of ran(false)) {
          const { endSeconds: end, delaySeconds } = real.get(name)!;
          expect(end! - endSeconds!).toBeCloseTo(delaySeconds ?? 0, 4);
        }
      }),
      { seed: 3, numRuns: 150 },
    );
  });
});
