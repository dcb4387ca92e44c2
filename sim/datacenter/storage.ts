/**
 * Storage servers and what is on them: virtual disks, the templates' copies that some of them are clones of, snapshots. A disk
 * can be mounted once it is ready, and is mounted by at most one VM, on one host of the server's pod (or on the one host
 * whose own disk the server is). A host lets go of a disk only when the VM is off: whoever holds the mount says so (`busy`).
 */
import type { PlantFailure } from './failure.js';
import { StorageLedger, Volumes, type Volume } from './volumes.js';

export interface Disk extends Volume {
  /** The template's copy that it is a clone of; null: none. */
  readonly copy: number | null;
  /** The VM and host that mount it; -1: nobody does. */
  vm: number;
  host: number;
}

export interface TemplateCopy extends Volume {
  readonly template: number;
}

export interface Snapshot extends Volume {
  readonly disk: number;
}

export interface ServerSpec {
  pod: number;
  /** The host whose own disk it is; null: the pod's. */
  host: number | null;
  capacityBytes: number;
}

export class Storage {
  readonly ledger: StorageLedger;
  readonly copies: Volumes<TemplateCopy>;
  readonly snapshots: Volumes<Snapshot>;
  private readonly disks: Volumes<Disk>;
  /** The disk that each VM mounts. */
  private readonly mounted = new Map<number, number>();

  constructor(private readonly servers: readonly ServerSpec[]) {
    this.ledger = new StorageLedger(servers.map(({ capacityBytes }) => capacityBytes));
    this.disks = new Volumes('disk', this.ledger);
    this.copies = new Volumes('template copy', this.ledger);
    this.snapshots = new Volumes('snapshot', this.ledger);
  }

  disk(disk: number): Readonly<Disk> | undefined {
    return this.disks.get(disk);
  }

  /** The disk that the VM mounts. */
  diskOf(vm: number): Readonly<Disk> | undefined {
    const disk = this.mounted.get(vm);
    return disk === undefined ? undefined : this.disks.get(disk);
  }

  /** The server with the disk that the VM mounts; null: it mounts none. */
  serverOf(vm: number): number | null {
    return this.diskOf(vm)?.server ?? null;
  }

  all(): Iterable<readonly [number, Readonly<Disk>]> {
    return this.disks.all();
  }

  /** Takes the room for a new disk, which is not ready yet. `copy`: the template on the same server that it begins as. */
  begin(server: number, disk: number, bytes: number, copy: number | null = null): PlantFailure | null {
    if (copy !== null) {
      const template = this.copies.get(copy);
      if (!template?.ready || template.server !== server) return 'no-such-template';
    }
    return this.disks.begin(disk, { server, bytes, copy, ready: false, vm: -1, host: -1 });
  }

  finish(disk: number): void {
    this.disks.finish(disk);
  }

  /** Done, too, where there is no such disk on this server. */
  destroy(server: number, disk: number): PlantFailure | null {
    const found = this.disks.get(disk);
    if (found?.server === server && found.vm >= 0) return 'in-use';
    this.disks.remove(disk, server);
    return null;
  }

  /** Done, too, where there is none; not while disks are clones of it. */
  removeCopy(server: number, copy: number): PlantFailure | null {
    for (const [, disk] of this.disks.all()) if (disk.copy === copy) return 'in-use';
    this.copies.remove(copy, server);
    return null;
  }

  /** Takes the room for a copy of the disk as it is now. */
  beginSnapshot(server: number, snapshot: number, disk: number, bytes: number): PlantFailure | null {
    const found = this.disks.get(disk);
    if (!found?.ready || found.server !== server) return 'no-such-disk';
    return this.snapshots.begin(snapshot, { server, bytes, disk, ready: false });
  }

  /** Whether the disk can be written over with its snapshot: nobody mounts it. */
  revert(server: number, snapshot: number, disk: number): PlantFailure | null {
    const source = this.snapshots.get(snapshot);
    if (!source?.ready || source.server !== server || source.disk !== disk) return 'no-such-snapshot';
    const target = this.disks.get(disk);
    if (!target?.ready) return 'no-such-disk';
    return target.vm >= 0 ? 'in-use' : null;
  }

  /** Done, too, where this VM on this host has it already. */
  mount(host: number, pod: number, vm: number, disk: number, server: number): PlantFailure | null {
    const failed = this.mountable(host, pod, disk, server);
    if (failed !== null) return failed;
    const found = this.disks.get(disk)!;
    if (found.vm >= 0) return found.vm === vm && found.host === host ? null : 'in-use';
    found.vm = vm;
    found.host = host;
    this.mounted.set(vm, disk);
    return null;
  }

  /** The VM has its disk on another host from now on; or another disk, which is ready there. */
  moveMount(vm: number, host: number, to: number | null): void {
    const from = this.mounted.get(vm);
    if (from === undefined) return;
    if (to === null) {
      this.disks.get(from)!.host = host;
      return;
    }
    Object.assign(this.disks.get(from)!, { vm: -1, host: -1 });
    Object.assign(this.disks.get(to)!, { vm, host });
    this.mounted.set(vm, to);
  }

  /** Whether a disk can be mounted on a host; null: it can. */
  mountable(host: number, pod: number, disk: number, server: number): PlantFailure | null {
    const found = this.disks.get(disk);
    if (!found?.ready || found.server !== server) return 'no-such-disk';
    const at = this.servers[server]!;
    return at.pod !== pod || (at.host !== null && at.host !== host) ? 'refused' : null;
  }

  /** Whether a disk can be read as a whole: it is where it is looked for, and nobody mounts it. */
  copyable(server: number, disk: number): PlantFailure | null {
    const found = this.disks.get(disk);
    if (!found?.ready || found.server !== server) return 'no-such-disk';
    return found.vm >= 0 ? 'in-use' : null;
  }

  /** Done, too, where this VM does not have it on this host. `busy`: the VM is there and uses it. */
  dismount(host: number, vm: number, disk: number, busy: boolean): PlantFailure | null {
    const found = this.disks.get(disk);
    if (found === undefined || found.vm !== vm || found.host !== host) return null;
    if (busy) return 'in-use';
    found.vm = -1;
    found.host = -1;
    this.mounted.delete(vm);
    return null;
  }
}
