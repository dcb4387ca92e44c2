/**
 * Storage servers and virtual disks. A disk takes its bytes on its server from the beginning of its creation on, can be
 * mounted once it is ready, and is mounted by at most one VM, on one host of the server's pod. A host lets go of a disk
 * only when the VM is off: whoever holds the mount says so (`busy`).
 */
import { assert } from '../base/assert.js';
import type { PlantFailure } from './failure.js';

export interface Disk {
  readonly disk: number;
  readonly server: number;
  readonly bytes: number;
  ready: boolean;
  /** The VM and host that mount it; -1: nobody does. */
  vm: number;
  host: number;
}

export class Storage {
  private readonly disks = new Map<number, Disk>();
  readonly usedBytes: Float64Array;
  totalUsedBytes = 0;

  constructor(private readonly servers: readonly { pod: number; capacityBytes: number }[]) {
    this.usedBytes = new Float64Array(servers.length);
  }

  disk(disk: number): Readonly<Disk> | undefined {
    return this.disks.get(disk);
  }

  all(): Iterable<Readonly<Disk>> {
    return this.disks.values();
  }

  /** Takes the room for a new disk, which is not ready yet. */
  begin(server: number, disk: number, bytes: number): PlantFailure | null {
    assert(this.servers[server], () => `the zone has no storage server ${server}`);
    if (this.disks.has(disk)) return 'in-use';
    if (!(Number.isSafeInteger(bytes) && bytes >= 0)) return 'refused';
    if (this.usedBytes[server]! + bytes > this.servers[server]!.capacityBytes) return 'no-room';
    this.usedBytes[server] = this.usedBytes[server]! + bytes;
    this.totalUsedBytes += bytes;
    this.disks.set(disk, { disk, server, bytes, ready: false, vm: -1, host: -1 });
    return null;
  }

  finish(disk: number): void {
    const found = this.disks.get(disk);
    assert(found?.ready === false, () => `disk ${disk} is not being created`);
    found.ready = true;
  }

  /** Done, too, where there is no such disk on this server. */
  destroy(server: number, disk: number): PlantFailure | null {
    const found = this.disks.get(disk);
    if (found === undefined || found.server !== server) return null;
    if (found.vm >= 0) return 'in-use';
    this.usedBytes[server] = this.usedBytes[server]! - found.bytes;
    this.totalUsedBytes -= found.bytes;
    this.disks.delete(disk);
    return null;
  }

  /** Done, too, where this VM on this host has it already. */
  mount(host: number, pod: number, vm: number, disk: number, server: number): PlantFailure | null {
    const found = this.disks.get(disk);
    if (found === undefined || !found.ready || found.server !== server) return 'no-such-disk';
    if (this.servers[server]!.pod !== pod) return 'refused';
    if (found.vm >= 0) return found.vm === vm && found.host === host ? null : 'in-use';
    found.vm = vm;
    found.host = host;
    return null;
  }

  /** Done, too, where this VM does not have it on this host. `busy`: the VM is there and uses it. */
  dismount(host: number, vm: number, disk: number, busy: boolean): PlantFailure | null {
    const found = this.disks.get(disk);
    if (found === undefined || found.vm !== vm || found.host !== host) return null;
    if (busy) return 'in-use';
    found.vm = -1;
    found.host = -1;
    return null;
  }
}
