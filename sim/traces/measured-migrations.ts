/**
 * Measured migrations, one a row, in two shapes: as published (what sources print) and as measured on libvirt hosts. Guarantees one
 * record for both, with null where a row says nothing, and every damaged cell at its place.
 */
import { damaged } from './problem-list.js';
import { NumberTable } from './number-table.js';

export type MigrationEnding = 'none' | 'abort' | 'pause' | 'post-copy' | 'throttle';

export interface MeasuredMigration {
  readonly id: string;
  /** Neither compression, several channels nor post-copy. */
  readonly isPlain: boolean;
  readonly setup: MigrationSetup;
  readonly measured: {
    /** null: neither is told. */
    readonly completed: boolean | null;
    /** The timer's action came before it had converged, or it was given up. */
    readonly converged: boolean;
    readonly fullPages: number | null;
    readonly zeroPages: number | null;
    readonly bytes: number | null;
    /** What `bytes` may hold beside pages: rounding, state of devices. */
    readonly otherBytesAtMost: number;
    readonly setupSeconds: number | null;
    readonly totalSeconds: number | null;
    readonly downtimeSeconds: number | null;
    readonly rounds: number | null;
    /** When it was given up or paused. */
    readonly watchedSeconds: number | null;
  };
}

/** What is known before it begins. null: not stated. */
export interface MigrationSetup {
  readonly pages: number | null;
  readonly usedPages: number | null;
  readonly workingSetBytes: number | null;
  readonly dirtyBytesPerSecond: number | null;
  readonly pattern: 'cyclic' | 'random';
  readonly capBytesPerSecond: number | null;
  readonly linkBitsPerSecond: number | null;
  readonly downtimeLimitSeconds: number | null;
  readonly channels: number;
  readonly ending: MigrationEnding;
  readonly afterSeconds: number | null;
  /** On one machine: the link is as fast as memory is copied. */
  readonly isLocal: boolean;
}

const PAGE_BYTES = 4096;
const MIB = 1024 * 1024;
const LIBVIRT = ['case', 'ram_total_pages', 'used_pages', 'ws_mb', 'dirty_rate_mbps', 'pattern', 'bandwidth_cap_mib_s'];
const PUBLISHED = ['case_id', 'mode', 'workload', 'vm_ram_kib', 'bw_cap_mbps', 'normal_pages', 'transferred_kib'];

/** Throws InputError where the file is missing, damaged, or of neither shape. */
export function readMeasuredMigrations(file: string): {
  shape: 'libvirt' | 'published';
  migrations: MeasuredMigration[];
} {
  const any = NumberTable.read(file, []);
  const shape = any.has('ram_total_pages') ? 'libvirt' : any.has('case_id') ? 'published' : null;
  if (shape === null)
    throw damaged(
      `measured migrations have a column 'case' and 'ram_total_pages' (libvirt hosts), or 'case_id' (published); this header has neither`,
      file,
    );
  const table = NumberTable.read(file, shape === 'libvirt' ? LIBVIRT : PUBLISHED);
  const read = shape === 'libvirt' ? libvirtRow : publishedRow;
  const migrations = [...table.rows()].map((row) => read(table, row));
  table.throwIfAny();
  return { shape, migrations };
}

function libvirtRow(table: NumberTable, row: number): MeasuredMigration {
  const features = table.text(row, 'features');
  const ending: MigrationEnding = /timeout-suspend/.test(features)
    ? 'pause'
    : /postcopy/.test(features)
      ? 'post-copy'
      : /auto-converge/.test(features)
        ? 'throttle'
        : /abort/.test(features)
          ? 'abort'
          : 'none';
  const scaled = (name: string, factor: number): number | null => {
    const value = table.number(row, name);
    return value === null ? null : value * factor;
  };
  const pattern = table.text(row, 'pattern');
  if (pattern !== 'seq' && pattern !== 'rand') table.problem(row, 'pattern', `'${pattern}' is neither seq nor rand`);
  const completed = table.text(row, 'outcome') === 'completed';
  const triggered = table.text(row, 'triggered') === '1';
  return {
    id: table.text(row, 'case'),
    isPlain: !/postcopy|xbzrle|multifd|compress/.test(features),
    setup: {
      pages: table.due(row, 'ram_total_pages', 1),
      usedPages: table.due(row, 'used_pages'),
      workingSetBytes: table.due(row, 'ws_mb') * 1e6,
      dirtyBytesPerSecond: table.due(row, 'dirty_rate_mbps') * 1e6,
      pattern: pattern === 'rand' ? 'random' : 'cyclic',
      capBytesPerSecond: scaled('bandwidth_cap_mib_s', MIB),
      linkBitsPerSecond: scaled('link_mbit', 1e6),
      downtimeLimitSeconds: scaled('max_downtime_ms', 1e-3),
      channels: /multifd/.test(features) ? 2 : 1,
      ending,
      afterSeconds: table.number(row, 'trigger_after_s'),
      isLocal: table.text(row, 'link_mbit') === '',
    },
    measured: {
      completed,
      converged: completed && !triggered,
      fullPages: completed ? table.number(row, 'normal_pages') : null,
      zeroPages: completed ? table.number(row, 'constant_pages') : null,
      bytes: completed ? table.number(row, 'bytes_total') : null,
      // The state of devices, and 18 bytes an iteration.
      otherBytesAtMost: MIB / 4,
      setupSeconds: scaled('setup_ms', 1e-3),
      totalSeconds: scaled('total_ms', 1e-3),
      downtimeSeconds: scaled('downtime_ms', 1e-3),
      rounds: table.number(row, 'iterations'),
      watchedSeconds: watched(table, row),
    },
  };
}

/** Where no timer did it: since setup, of the last pass that was seen. */
function watched(table: NumberTable, row: number): number | null {
  const after = table.number(row, 'trigger_after_s');
  const last = Number(table.text(row, 'pass_start_ms').split(';').at(-1)) / 1000;
  return after ?? (last > 0 ? last : null);
}

function publishedRow(table: NumberTable, row: number): MeasuredMigration {
  const mode = table.text(row, 'mode');
  const workload = table.text(row, 'workload');
  const status = table.text(row, 'status');
  const scaled = (name: string, factor: number): number | null => {
    const value = table.number(row, name);
    return value === null ? null : value * factor;
  };
  const writable =
    /(\d+(?:\.\d+)?) (MiB|GiB|MB|GB) writable set|writable set about (\d+(?:\.\d+)?) (MiB|GiB|MB|GB)/.exec(workload);
  const sizes: Record<string, number> = { MB: 1e6, GB: 1e9, MiB: MIB, GiB: MIB * 1024 };
  const set = writable === null ? null : Number(writable[1] ?? writable[3]) * sizes[(writable[2] ?? writable[4])!]!;
  const kib = table.number(row, 'vm_ram_kib');
  const total = scaled('total_ms', 1e-3);
  const completed = status === 'completed';
  return {
    id: table.text(row, 'case_id'),
    isPlain: /^precopy(,|$)/.test(mode) && !/hint/.test(mode),
    setup: {
      pages: kib === null ? null : (kib * 1024) / PAGE_BYTES,
      usedPages: null,
      workingSetBytes: set,
      // Stressed as fast as processors go: not stated, and more than any link.
      dirtyBytesPerSecond: set === null ? null : Infinity,
      pattern: 'random',
      capBytesPerSecond: scaled('bw_cap_mbps', 1e6 / 8),
      linkBitsPerSecond: scaled('nominal_link_mbps', 1e6),
      downtimeLimitSeconds: scaled('downtime_limit_ms', 1e-3),
      ...{ channels: /multifd/.test(mode) ? 2 : 1, ending: 'none', afterSeconds: null },
      isLocal: /loopback|local/i.test(table.text(row, 'transport')),
    },
    measured: {
      completed: status === '' ? null : completed,
      converged: completed,
      fullPages: hasOldCount(table.text(row, 'engine_version')) ? null : table.number(row, 'normal_pages'),
      zeroPages: table.number(row, 'zero_pages'),
      bytes: scaled('transferred_kib', 1024),
      otherBytesAtMost: 1024,
      setupSeconds: scaled('setup_ms', 1e-3),
      totalSeconds: total,
      downtimeSeconds: scaled('downtime_ms', 1e-3),
      rounds: table.number(row, 'dirty_sync_count'),
      watchedSeconds: total,
    },
  };
}

/** QEMU before 2.6 counted its bytes in another way. */
function hasOldCount(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return major !== undefined && (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 6));
}
