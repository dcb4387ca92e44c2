/**
 * `models check migrations`: pre-copy by QEMU's rules, held against measured migrations. Two parts: identities, for which measured
 * counts of pages may be used, and predictions, which use only what is known before a migration begins.
 */
import type { MigratedMemory } from '../../models/migration/pre-copy/memory.js';
import { PageBitmap } from '../../models/migration/pre-copy/page-bitmap.js';
import { PageClasses } from '../../models/migration/pre-copy/page-classes.js';
import type { PageClass } from '../../models/migration/dirty-pages.js';
import { predict, type Prediction } from '../../models/migration/predict.js';
import {
  FULL_PAGE_BYTES,
  QEMU_MACHINE,
  QEMU_SETTINGS,
  QemuPreCopy,
  ZERO_PAGE_BYTES,
  type QemuMachine,
} from '../../models/migration/qemu.js';
import type { Ending } from '../../models/migration/pre-copy/rules.js';
import { Streams } from '../engine/streams.js';
import { readMeasuredMigrations, type MeasuredMigration } from '../traces/measured-migrations.js';

export interface MigrationCase {
  id: string;
  /** Wire bytes from counts of pages; null: not to be held. */
  wireBytes: { referenceBytes: number; bytes: number; exact: boolean } | null;
  /** Total time from counts of pages and the cap. */
  cappedTotal: { referenceSeconds: number; seconds: number; relativeError: number } | null;
  prediction: {
    referenceSeconds: number | null;
    seconds: number;
    relativeError: number | null;
    referenceDowntimeSeconds: number | null;
    downtimeSeconds: number | null;
    downtimeWithin: boolean | null;
    outcome: Prediction['outcome'];
    rounds: number;
    bytes: number;
    /** Dirtied about as fast as it can be sent: luck decides. */
    marginal: boolean;
    /** Part of the figures; or why not. */
    counts: 'predicted' | 'marginal' | 'other-features' | 'non-converging';
    convergenceRight: boolean;
  } | null;
}

export interface MigrationCheck {
  kind: 'migrations';
  cases: MigrationCase[];
  summary: {
    identities: {
      wireBytes: { cases: number; exact: number };
      cappedTotals: { cases: number; within5Percent: number };
    };
    predictions: {
      cases: number;
      predicted: number;
      marginal: number;
      totalWithin10Percent: number;
      downtimeWithin: number;
      medianRelativeErrorTotal: number | null;
      nonConverging: number;
      nonConvergingRight: number;
    };
  };
}

/**
 * Two libvirt hosts in network namespaces of one machine without hardware virtualisation: QEMU's cap gives 2 % more than it
 * says, a shaped link 95.3 % of its rate as payload, an unshaped one about 1 GB/s; 1.5 MB stand in sockets' buffers when
 * the guest stops; device state and resumption take 50 ms under load. Measured on idle and lightly loaded runs, for all rows.
 */
const LIBVIRT_MACHINE: QemuMachine = {
  ...{ capRatio: 1.02, scanSeconds: 1e-6, setupSeconds: 0.005, setupSecondsPerGiB: 0.00026 },
  ...{ switchOverSeconds: 0.05, switchOverSecondsPerGiB: 0.00025, bufferedBytes: 1.5e6 },
};
const MACHINES = { libvirt: LIBVIRT_MACHINE, published: QEMU_MACHINE } as const;
/** A single stream over loopback at most. */
const LOCAL_BYTES_PER_SECOND = { libvirt: 1e9, published: 2.4e9 } as const;
const PAYLOAD_RATIO = 0.953;
const PAGE_BYTES = 4096;
/** What a guest's kernel writes by itself: few pages, again and again. */
const KERNEL: PageClass = { pages: 300, writesPerSecond: 1500, pattern: 'random', mostWritesPerSecond: Infinity };
/** As fast as one emulated processor of that machine writes pages. */
const MOST_BYTES_PER_SECOND = 5e9;
const MARGINAL = [0.85, 1] as const;
const EXACT = 1e-5;
/** Above it a cap does not bind: memory is not copied faster. */
const BINDING_BYTES_PER_SECOND = 1.25e9;
const LONGEST_SECONDS = 3600;

/** Throws InputError where the file cannot be read, is damaged, or of no known shape. */
export function checkMigrations(file: string): MigrationCheck {
  const { shape, migrations } = readMeasuredMigrations(file);
  const cases = migrations.map((one): MigrationCase => ({
    id: one.id,
    wireBytes: wireBytesOf(one),
    cappedTotal: cappedTotalOf(one, MACHINES[shape]),
    prediction: predictionOf(one, shape),
  }));
  return { kind: 'migrations', cases, summary: summaryOf(cases) };
}

function wireBytesOf({ isPlain, measured }: MeasuredMigration): MigrationCase['wireBytes'] {
  const { fullPages, zeroPages, bytes, otherBytesAtMost, completed } = measured;
  if (!isPlain || completed === null || fullPages === null || zeroPages === null || bytes === null) return null;
  const ours = fullPages * FULL_PAGE_BYTES + zeroPages * ZERO_PAGE_BYTES;
  const exact = Math.abs(bytes - ours) <= EXACT * bytes + otherBytesAtMost;
  return { referenceBytes: bytes, bytes: ours, exact };
}

function cappedTotalOf(
  { setup, measured, isPlain }: MeasuredMigration,
  machine: QemuMachine,
): MigrationCase['cappedTotal'] {
  const cap = setup.capBytesPerSecond;
  const { fullPages, zeroPages, totalSeconds, setupSeconds, completed } = measured;
  if (cap === null || cap > BINDING_BYTES_PER_SECOND || completed !== true) return null;
  if (!isPlain || fullPages === null || zeroPages === null || totalSeconds === null) return null;
  const bytes = fullPages * FULL_PAGE_BYTES + zeroPages * ZERO_PAGE_BYTES;
  const seconds = (setupSeconds ?? machine.setupSeconds) + bytes / (cap * machine.capRatio);
  return { referenceSeconds: totalSeconds, seconds, relativeError: Math.abs(seconds / totalSeconds - 1) };
}

function predictionOf(one: MeasuredMigration, shape: 'libvirt' | 'published'): MigrationCase['prediction'] {
  const { setup, measured } = one;
  const { pages, workingSetBytes, dirtyBytesPerSecond, downtimeLimitSeconds } = setup;
  if (pages === null || workingSetBytes === null || dirtyBytesPerSecond === null) return null;
  if (measured.completed === null && measured.watchedSeconds === null) return null;
  const rate = Math.min(
    setup.linkBitsPerSecond === null ? Infinity : (setup.linkBitsPerSecond / 8) * PAYLOAD_RATIO,
    setup.isLocal || setup.linkBitsPerSecond === null ? LOCAL_BYTES_PER_SECOND[shape] : Infinity,
  );
  const machine = MACHINES[shape];
  const bandwidth = Math.min(rate, (setup.capBytesPerSecond ?? Infinity) * machine.capRatio);
  const settings = {
    ...QEMU_SETTINGS,
    capBytesPerSecond: setup.capBytesPerSecond ?? Infinity,
    downtimeLimitSeconds: downtimeLimitSeconds ?? QEMU_SETTINGS.downtimeLimitSeconds,
    channels: setup.channels,
    ending: endingOf(setup.ending, setup.afterSeconds),
  };
  const classes = [KERNEL, ...writersOf(workingSetBytes, dirtyBytesPerSecond, setup.pattern)];
  const zeroPages = setup.usedPages === null ? 0 : Math.max(0, pages - setup.usedPages);
  const memory = memoryOf(one.id, shape, pages, zeroPages, classes);
  // Long enough to tell what was given up from what would have converged just after.
  const most = Math.min(LONGEST_SECONDS, 4 * (measured.watchedSeconds ?? measured.totalSeconds ?? LONGEST_SECONDS));
  const ours = predict(new QemuPreCopy(memory, settings, machine), rate, most);
  const pace = dirtyBytesPerSecond / bandwidth;
  const marginal = pace >= MARGINAL[0] && pace <= MARGINAL[1];
  const ends = ours.outcome === 'converged' ? ours.totalSeconds : Infinity;
  const { totalSeconds, downtimeSeconds, converged, completed } = measured;
  const reference = completed === true ? totalSeconds : null;
  const downtime = completed === true ? downtimeSeconds : null;
  return {
    referenceSeconds: reference,
    seconds: ours.totalSeconds,
    relativeError: reference === null ? null : Math.abs(ours.totalSeconds / reference - 1),
    referenceDowntimeSeconds: downtime,
    downtimeSeconds: ours.downtimeSeconds,
    downtimeWithin: downtime === null ? null : isDowntimeWithin(ours.downtimeSeconds, downtime),
    ...{ outcome: ours.outcome, rounds: ours.rounds.length + 1, bytes: ours.bytes, marginal },
    counts: !one.isPlain
      ? 'other-features'
      : completed !== true
        ? 'non-converging'
        : marginal
          ? 'marginal'
          : reference === null
            ? 'other-features'
            : 'predicted',
    convergenceRight: converged || ends > (measured.watchedSeconds ?? 0),
  };
}

/** Page by page where the order of writes is known; a publication says no more than how many pages. */
function memoryOf(
  id: string,
  shape: 'libvirt' | 'published',
  pages: number,
  zeroPages: number,
  classes: readonly PageClass[],
): MigratedMemory {
  if (shape === 'published') return new PageClasses(pages, zeroPages, classes);
  const draws = new Streams(1).stream(`check/migrations/${id}`);
  return new PageBitmap(pages, zeroPages, classes, () => draws.next());
}

function isDowntimeWithin(ours: number | null, measured: number): boolean {
  if (ours === null) return false;
  return Math.abs(ours - measured) <= 0.06 || (ours <= 2 * measured && measured <= 2 * ours);
}

function endingOf(ending: MeasuredMigration['setup']['ending'], afterSeconds: number | null): Ending {
  if (ending === 'none') return QEMU_SETTINGS.ending;
  // Auto-converge throttles from the beginning.
  return { rule: ending, afterSeconds: ending === 'throttle' ? 0 : (afterSeconds ?? 0) };
}

function writersOf(bytes: number, bytesPerSecond: number, pattern: PageClass['pattern']): PageClass[] {
  if (bytes === 0 || bytesPerSecond === 0) return [];
  const most = Math.max(MOST_BYTES_PER_SECOND, Math.min(bytesPerSecond, Number.MAX_VALUE)) / PAGE_BYTES;
  const wanted = bytesPerSecond === Infinity ? MOST_BYTES_PER_SECOND / PAGE_BYTES : bytesPerSecond / PAGE_BYTES;
  return [{ pages: bytes / PAGE_BYTES, writesPerSecond: wanted, pattern, mostWritesPerSecond: Math.min(most, 1e12) }];
}

function summaryOf(cases: readonly MigrationCase[]): MigrationCheck['summary'] {
  const wire = cases.flatMap(({ wireBytes }) => wireBytes ?? []);
  const capped = cases.flatMap(({ cappedTotal }) => cappedTotal ?? []);
  const all = cases.flatMap(({ prediction }) => prediction ?? []);
  const predicted = all.filter(({ counts }) => counts === 'predicted');
  const stuck = all.filter(({ counts }) => counts === 'non-converging');
  const errors = predicted.flatMap(({ relativeError }) => relativeError ?? []).sort((a, b) => a - b);
  return {
    identities: {
      wireBytes: { cases: wire.length, exact: wire.filter(({ exact }) => exact).length },
      cappedTotals: {
        cases: capped.length,
        within5Percent: capped.filter(({ relativeError }) => relativeError <= 0.05).length,
      },
    },
    predictions: {
      cases: all.length,
      predicted: predicted.length,
      marginal: all.filter(({ counts }) => counts === 'marginal').length,
      totalWithin10Percent: errors.filter((error) => error <= 0.1).length,
      downtimeWithin: predicted.filter(({ downtimeWithin }) => downtimeWithin === true).length,
      medianRelativeErrorTotal: medianOf(errors),
      nonConverging: stuck.length,
      nonConvergingRight: stuck.filter(({ convergenceRight }) => convergenceRight).length,
    },
  };
}

function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
