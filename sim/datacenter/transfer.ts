/** A finite transfer: what is asked for, what becomes of it, and what those who carry it ask of the world. */

export interface TransferSpec {
  readonly kind: string;
  readonly source: string;
  readonly destination: string;
  readonly links: readonly number[];
  readonly bytes: number;
  readonly weight: number;
  /** Infinity: none but the links'. */
  readonly capBitsPerSecond: number;
  readonly guaranteedBitsPerSecond: number;
  /** To or from a storage server, or the store of templates. */
  readonly isStorage: boolean;
  /** Of the memory or disk of a VM that is migrated. Absent: not. */
  readonly isMigration?: boolean;
  /** Across zones; each of them carries its own part of the way. */
  readonly crossesZones?: boolean;
}

export interface TransferRecord extends TransferSpec {
  readonly isMigration: boolean;
  readonly beginMicros: number;
  /** Exact end; null: it has not ended. */
  endSeconds: number | null;
  cancelled: boolean;
  /** By how long migrations held it up; null: there were none beside it, or it is one's own. */
  delaySeconds: number | null;
  /** Another zone has the record of it. */
  readonly isPart: boolean;
}

export interface TransfersPorts {
  now(): number;
  /** `due` is to be called then. */
  at(timeMicros: number): number;
  cancel(handle: number): void;
  /** What the other traffic leaves now of a link, in bits per second. `hasDisks`: transfers of disks are on it. */
  leftOver(): (link: number, hasDisks: boolean) => number;
  /** Whether the other traffic changes by itself, along a curve. */
  follows(): boolean;
}

export function recordOf(spec: TransferSpec, beginMicros: number, isPart: boolean): TransferRecord {
  const { isMigration = false } = spec;
  return { ...spec, isMigration, beginMicros, endSeconds: null, cancelled: false, delaySeconds: null, isPart };
}
