/** Migration, what VMs' memory is like, and defragmentation, as the rest of podtwin reads them. */

export interface MigrationSpec {
  rules: 'qemu' | 'xen' | 'xen-2005' | 'simgrid';
  downtimeMicros: number;
  bitsPerSecond: number | null;
  perHost: number | null;
  perPodUplink: number | null;
  perZone: number | null;
  timeoutMicros: number;
  ifNotConverging: 'abort' | 'pause' | 'post-copy' | 'auto-converge';
  disks: 'mirror' | 'snapshot';
  diskTimeoutMicros: number;
}

/** Rounds of defragmentation; limits of one, each null: any. */
export interface DefragSpec {
  policy: string;
  /** null: only by events. */
  everyMicros: number | null;
  migrations: number | null;
  bytes: number | null;
  downtimeSeconds: number | null;
  /** What is saved counts for so long; null: whatever brings VMs together is worth it. */
  horizonSeconds: number | null;
}

/** Shares of a VM's memory, and how fast its pages are written. */
export interface MemorySpec {
  nonZeroRatio: number;
  hotRatio: number;
  hotBytesPerSecond: number;
  coldBytesPerSecond: number;
}
