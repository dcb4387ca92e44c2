/** What planes and agents of hosts say to each other of live migrations: plain data. */
import type { DiskId, HostId, Interface, MigrationId, ServerId, Throttle, TimeMicros, VmId, VmRole } from './ports.js';

export type MigrationCommand =
  /** To the destination: room for a VM that is to come from another host. It runs there once it has come. */
  | {
      kind: 'prepare-migration';
      vm: VmId;
      from: HostId;
      cpuMillis: number;
      memoryBytes: number;
      nodes: readonly number[];
      interfaces: readonly Interface[];
      role: VmRole;
      throttle: Throttle;
      /** What it will have for its disk, where that comes along; null: it keeps the one that it has, or has none. */
      disk: PlacedDisk | null;
    }
  /** To the source: bring a running VM there, live; done when it runs at the destination. */
  | { kind: 'migrate-vm'; vm: VmId; to: HostId; limits: MigrationLimits; disk: PlacedDisk | null }
  /** To the source: stop bringing it; it runs on. Nothing to do where it is not being brought. */
  | { kind: 'cancel-migration'; vm: VmId }
  /** To the source: whatever is left of a VM that has gone. */
  | { kind: 'release-vm'; vm: VmId }
  /** To the destination: whatever was prepared for a VM that has not come. */
  | { kind: 'abandon-migration'; vm: VmId }
  /** What is so on this host of the VM: answered at once, whatever is being done. */
  | { kind: 'inquire-source' | 'inquire-destination'; vm: VmId };

/** From a zone's plane to another's, about a VM that it hands over; each is obeyed once, and answered by its end. */
export type PeerCommand =
  /** May it come? Done once everything is there that its start needs, but its disk's content; answered with where that goes. */
  | ({ kind: 'offer-vm' } & OfferedVm)
  /** Its disk's content is there: it is yours. Done when it runs. */
  | { kind: 'hand-over-vm'; from: string; migration: MigrationId }
  | { kind: 'withdraw-vm'; from: string; migration: MigrationId };

/** A VM as one zone tells another of it: names, not numbers, and no addresses. */
export interface OfferedVm {
  /** The zone that has it. */
  readonly from: string;
  /** Its number there. */
  readonly migration: MigrationId;
  readonly account: string;
  readonly vm: string;
  /** Index into offerings, which are the cloud's; null: by resources. */
  readonly offering: number | null;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly localDisk: boolean;
  /** Guest networks of its virtual NICs, eth0 first. */
  readonly networks: readonly string[];
}

export interface PlacedDisk {
  readonly disk: DiskId;
  readonly server: ServerId;
}

/** How far a migration may go, and what becomes of it where it does not converge. */
export interface MigrationLimits {
  /** null: as fast as the network lets it. */
  readonly bitsPerSecond: number | null;
  readonly downtimeMicros: TimeMicros;
  /** Not converged after this long, it ends by the rule. */
  readonly timeoutMicros: TimeMicros;
  readonly ifNotConverging: 'abort' | 'pause' | 'post-copy' | 'auto-converge';
  /** A disk that comes along: kept in sync with what the guest writes, or copied from snapshots, the last with the guest stopped. */
  readonly disks: 'mirror' | 'snapshot';
  /** Not copied after this long, the migration is given up. */
  readonly diskTimeoutMicros: TimeMicros;
}

/** What a host has of a VM: that runs; that runs and is being sent; that is expected; that has gone; nothing. */
export const INQUIRED_STATES = ['running', 'sending', 'expected', 'departed', 'absent'] as const;
export type InquiredState = (typeof INQUIRED_STATES)[number];
