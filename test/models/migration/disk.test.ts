/** A disk that comes along: the two ways of it against what can be worked out by hand, and against what must be so for any disk. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiskThenMemory, GRANULE_BYTES, IN_FLIGHT_BYTES, type DiskSettings } from '../../../models/migration/disk.js';
import { PageClasses } from '../../../models/migration/pre-copy/page-classes.js';
import { predict } from '../../../models/migration/predict.js';
import { QEMU_MACHINE, QEMU_SETTINGS, QemuPreCopy } from '../../../models/migration/qemu.js';

const GIB = 1024 ** 3;
const RATE = 1e9;

const settings: DiskSettings = {
  ...{ bytes: 10 * GIB, writesPerSecond: 0, bytesPerWrite: 8192, how: 'mirror' },
  ...{ capBytesPerSecond: Infinity, roundTripSeconds: 0, downtimeLimitSeconds: 0.3, timeoutSeconds: 14_400 },
};

/** 1 GiB, all of it written once and never again. */
function memory(): QemuPreCopy {
  const pages = GIB / 4096;
  return new QemuPreCopy(
    new PageClasses(pages, 0, []),
    { ...QEMU_SETTINGS, capBytesPerSecond: Infinity },
    QEMU_MACHINE,
  );
}

function migrated(change: Partial<DiskSettings>) {
  const progress = new DiskThenMemory(memory(), { ...settings, ...change });
  return { ...predict(progress, RATE), passes: progress.diskPasses };
}

describe('a disk that nobody writes to', () => {
  test.each(['mirror', 'snapshot'] as const)('%s: its bytes at the rate, then memory as ever', (how) => {
    const alone = predict(memory(), RATE);
    const with_ = migrated({ how });
    expect(with_.passes).toHaveLength(how === 'mirror' ? 1 : 2);
    expect(with_.totalSeconds).toBeCloseTo((10 * GIB) / RATE + alone.totalSeconds, 9);
    expect(with_.downtimeSeconds).toBeCloseTo(alone.downtimeSeconds!, 9);
    expect(with_.bytes).toBeCloseTo(10 * GIB + alone.bytes, 3);
    expect(with_.rounds).toEqual(alone.rounds);
  });

  test('no more than 16 MiB a round trip, and no more than the cap', () => {
    const seconds = (change: Partial<DiskSettings>): number => migrated(change).passes[0]!.seconds;
    // predict() sends at the smaller of cap and rate.
    expect(seconds({ roundTripSeconds: 0.1 })).toBeCloseTo((10 * GIB) / (IN_FLIGHT_BYTES / 0.1), 6);
    expect(seconds({ capBytesPerSecond: 5e7 })).toBeCloseTo((10 * GIB) / 5e7, 6);
  });
});

describe('a disk that is written to', () => {
  test('each pass sends the granules that the one before left dirty', () => {
    const { passes } = migrated({ writesPerSecond: 4000 });
    const granules = (10 * GIB) / GRANULE_BYTES;
    const written = (seconds: number): number => granules * (1 - Math.exp((-4000 * seconds) / granules));
    expect(passes[1]!.pages.full).toBeCloseTo(written(passes[0]!.seconds), 6);
    expect(passes[2]!.pages.full).toBeCloseTo(written(passes[1]!.seconds), 6);
    expect(passes.at(-1)!.pendingPages * GRANULE_BYTES).toBeLessThanOrEqual(IN_FLIGHT_BYTES);
  });

  test('in sync, memory has what the guest leaves: 4,000 granules a second of 1 GB/s are 262 MB/s', () => {
    const busy = migrated({ writesPerSecond: 4000 });
    const [first] = busy.rounds;
    expect(first!.bytes / first!.seconds).toBeCloseTo(RATE - 4000 * GRANULE_BYTES, -1);
    expect(busy.downtimeSeconds).toBeLessThan(0.35);
  });

  test('by snapshots, what was written while memory was copied goes with the guest stopped', () => {
    const mirror = migrated({ writesPerSecond: 500 });
    const snapshot = migrated({ writesPerSecond: 500, how: 'snapshot' });
    const last = snapshot.passes.at(-1)!;
    expect(last.speedRatio).toBe(0);
    expect(snapshot.downtimeSeconds! - mirror.downtimeSeconds!).toBeGreaterThan(0.9 * last.seconds);
    expect(last.bytes).toBeGreaterThan(20 * GRANULE_BYTES);
  });

  test('written to faster than it can be sent it never comes into sync: given up when its time is over', () => {
    const { outcome, totalSeconds, downtimeSeconds } = migrated({ writesPerSecond: 20_000, timeoutSeconds: 600 });
    expect([outcome, downtimeSeconds]).toEqual(['aborted', null]);
    expect(totalSeconds).toBeCloseTo(600, 6);
  });
});

test('whatever the disk, the sum of its passes is on the wire, and it ends', () => {
  fc.assert(
    fc.property(
      fc.record({
        bytes: fc.integer({ min: 1, max: 64 * GIB }),
        writesPerSecond: fc.double({ min: 0, max: 30_000, noNaN: true }),
        bytesPerWrite: fc.integer({ min: 512, max: 1_000_000 }),
        how: fc.constantFrom('mirror' as const, 'snapshot' as const),
        capBytesPerSecond: fc.constantFrom(Infinity, 1e6, 1e8),
        roundTripSeconds: fc.constantFrom(0, 0.0002, 0.05),
        timeoutSeconds: fc.constantFrom(1, 60, 14_400),
      }),
      (change) => {
        const { outcome, bytes, passes, totalSeconds, downtimeSeconds } = migrated(change);
        expect(['converged', 'aborted']).toContain(outcome);
        const sent = passes.reduce((sum, pass) => sum + pass.bytes, 0);
        expect(bytes).toBeGreaterThanOrEqual(sent);
        if (outcome === 'aborted') {
          expect(downtimeSeconds).toBeNull();
          expect(totalSeconds).toBeLessThanOrEqual(change.timeoutSeconds + GRANULE_BYTES / 1e6 + 1e-6);
        } else expect(sent).toBeGreaterThanOrEqual(change.bytes);
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});
