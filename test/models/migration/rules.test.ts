import { describe, expect, test } from 'vitest';
import type { PageClass } from '../../../models/migration/dirty-pages.js';
import { predict, type Prediction } from '../../../models/migration/predict.js';
import { PageClasses } from '../../../models/migration/pre-copy/page-classes.js';
import { QEMU_MACHINE, QEMU_SETTINGS, QemuPreCopy, type QemuSettings } from '../../../models/migration/qemu.js';
import { SimGridPreCopy } from '../../../models/migration/simgrid.js';
import { XEN_2005_SETTINGS, Xen2005PreCopy } from '../../../models/migration/xen-2005.js';
import { XenPreCopy } from '../../../models/migration/xen.js';

const PAGE = 4096;
const GIB = 2 ** 30;
const writer = (bytes: number, bytesPerSecond: number, most = Infinity): PageClass => ({
  ...{ pages: bytes / PAGE, writesPerSecond: bytesPerSecond / PAGE, pattern: 'random', mostWritesPerSecond: most },
});
const memoryOf = (bytes: number, zero = 0, ...classes: PageClass[]): PageClasses =>
  new PageClasses(bytes / PAGE, zero / PAGE, classes);
const CAP = QEMU_SETTINGS.capBytesPerSecond;
const LINE = 1.25e9;

function qemu(memory: PageClasses, more: Partial<QemuSettings> = {}, machine = QEMU_MACHINE): Prediction {
  return predict(new QemuPreCopy(memory, { ...QEMU_SETTINGS, ...more }, machine), LINE, 1000);
}

describe('rules of QEMU', () => {
  test('an idle VM: one pass at the cap, the last 0.3 s of it with the cap lifted; three synchronisations', () => {
    const { outcome, totalSeconds, downtimeSeconds, bytes, rounds } = qemu(memoryOf(GIB));
    expect(outcome).toBe('converged');
    expect(bytes).toBeCloseTo((GIB / PAGE) * 4104, 3);
    // In whole windows of 0.1 s: 7.75 s of the 8.02 s.
    const pass = 7.8;
    expect(rounds).toHaveLength(2);
    expect(rounds[0]!.seconds).toBeCloseTo(pass, 9);
    const left = bytes - pass * CAP;
    expect(downtimeSeconds).toBeCloseTo(left / LINE + 0.02 + 0.00025, 9);
    expect(totalSeconds).toBeCloseTo(0.003 + 0.00026 + pass + downtimeSeconds!, 9);
  });

  test('zero pages are 9 bytes, and cost the time to look at them', () => {
    const { bytes, totalSeconds } = qemu(memoryOf(16 * GIB, 16 * GIB), { capBytesPerSecond: Infinity });
    expect(bytes).toBeCloseTo((16 * GIB * 9) / PAGE, 3);
    // 4 million pages at 0.25 us, all but the last 0.3 s of what was thought to be left.
    expect(totalSeconds).toBeGreaterThan(1);
    expect(totalSeconds).toBeLessThan(1.15);
  });

  test('a writer below the bandwidth converges within the limit; one with a working set too large and fast never does', () => {
    const slow = qemu(memoryOf(GIB, 0, writer(GIB / 4, 30e6)));
    expect(slow.outcome).toBe('converged');
    expect(slow.downtimeSeconds!).toBeLessThan(0.3);
    expect(slow.rounds.length).toBeGreaterThan(3);
    expect(qemu(memoryOf(GIB, 0, writer(GIB / 4, 2e9))).outcome).toBe('never');
    // As fast a writer, on fewer pages than the limit lets through.
    expect(qemu(memoryOf(GIB, 0, writer(32e6, 2e9))).outcome).toBe('converged');
  });

  describe('what never converges ends by the rule that was given', () => {
    const wild = (): PageClasses => memoryOf(GIB, 0, writer(GIB / 4, 2e9, 2e9 / PAGE));

    test('aborted: at its time, the guest never stopped', () => {
      const { outcome, totalSeconds, downtimeSeconds } = qemu(wild(), { ending: { rule: 'abort', afterSeconds: 30 } });
      expect({ outcome, downtimeSeconds }).toEqual({ outcome: 'aborted', downtimeSeconds: null });
      expect(totalSeconds).toBeCloseTo(30, 6);
    });

    test('paused: the rest goes under the cap', () => {
      const { outcome, downtimeSeconds, rounds } = qemu(wild(), { ending: { rule: 'pause', afterSeconds: 30 } });
      expect(outcome).toBe('paused');
      expect(downtimeSeconds).toBeCloseTo(rounds.at(-1)!.bytes / CAP + 0.02025, 6);
      expect(downtimeSeconds!).toBeGreaterThan(1);
    });

    test('post-copy: stopped for the state of devices only, the rest follows', () => {
      const { outcome, downtimeSeconds, totalSeconds } = qemu(wild(), {
        ending: { rule: 'post-copy', afterSeconds: 30 },
      });
      expect(outcome).toBe('post-copy');
      expect(downtimeSeconds).toBeCloseTo(0.02025, 9);
      expect(totalSeconds).toBeGreaterThan(30.1);
    });

    test('throttled by 20 %, then 10 % more, at most 99 %, until it converges', () => {
      const { outcome, rounds } = qemu(wild(), { ending: { rule: 'throttle', afterSeconds: 0 } });
      expect(outcome).toBe('converged');
      const speeds = [...new Set(rounds.map(({ speedRatio }) => Number(speedRatio.toFixed(2))))];
      expect(speeds.slice(0, 4)).toEqual([1, 0.8, 0.7, 0.6]);
      expect(Math.min(...speeds)).toBeGreaterThanOrEqual(0.01);
    });

    test('a paced writer far below what its processors can do is throttled in vain', () => {
      const paced = memoryOf(GIB, 0, writer(GIB / 4, 200e6, 50e9 / PAGE));
      expect(qemu(paced, { ending: { rule: 'throttle', afterSeconds: 0 } }).outcome).toBe('never');
    });
  });

  test('several channels carry 4106.5 bytes a page', () => {
    expect(qemu(memoryOf(GIB), { channels: 2 }).bytes).toBeCloseTo((GIB / PAGE) * 4106.5, 3);
  });
});

describe('rules of Xen', () => {
  test('stop after five rounds, whatever is left; or when fewer than 50 pages are', () => {
    const busy = predict(new XenPreCopy(memoryOf(GIB, 0, writer(GIB / 4, 2e9)), Infinity), LINE);
    expect(busy.rounds).toHaveLength(6);
    expect(busy.downtimeSeconds).toBeGreaterThan(0.14);
    const idle = predict(new XenPreCopy(memoryOf(GIB), Infinity), LINE);
    expect(idle.rounds).toHaveLength(2);
    expect(idle.downtimeSeconds).toBeCloseTo(0.009, 9);
  });

  test('of 2005: the rate follows what was dirtied, between 100 and 500 Mbit/s; written pages wait for their next round', () => {
    // 20 MB hot at 60 MB/s beside 780 MB: the hot ones are always written again by their turn.
    const memory = memoryOf(800e6, 0, writer(20e6, 60e6));
    const { rounds, outcome } = predict(new Xen2005PreCopy(memory, XEN_2005_SETTINGS), 125e6);
    expect(outcome).toBe('converged');
    // What waits is not sent in the first round, at 100 Mbit/s.
    expect(rounds[0]!.bytes).toBeLessThan((781e6 * 4104) / PAGE);
    expect(rounds[0]!.bytes).toBeGreaterThan((780e6 * 4104) / PAGE);
    expect(rounds[0]!.bytes / rounds[0]!.seconds).toBeCloseTo(12.5e6, 0);
    // 20 MB in a minute is below the least rate; 20 MB in a second are not.
    expect(rounds[1]!.bytes / rounds[1]!.seconds).toBeCloseTo(12.5e6, 0);
    const rates = rounds.slice(2, -1).map(({ bytes, seconds }) => bytes / seconds);
    expect(Math.max(...rates)).toBeLessThanOrEqual(62.5e6 * 1.0001);
    expect(rounds.at(-1)!.bytes / rounds.at(-1)!.seconds).toBeCloseTo(62.5e6, 0);
  });
});

test('rules of SimGrid: the closed form v_n = R (d / B)^(n + 1), stopped at 0.03 B', () => {
  const [R, d, B] = [GIB, 40e6, 125e6];
  const vm = { memoryBytes: R, dirtyBytesPerSecond: d, workingSetBytes: Math.floor(0.9 * R), capBytesPerSecond: B };
  const { totalSeconds, downtimeSeconds, bytes, rounds } = predict(new SimGridPreCopy(vm), B);
  let due = R;
  let v = R * (d / B);
  let count = 0;
  for (; v > 0.03 * B; v *= d / B, count++) due += v;
  due += v;
  expect(rounds.length - 2).toBe(count);
  expect(bytes).toBeCloseTo(due, -2);
  expect(totalSeconds).toBeCloseTo(due / B, 6);
  expect(downtimeSeconds).toBeCloseTo(v / B, 6);
});
