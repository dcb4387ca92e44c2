/**
 * Things that take bytes on storage servers: virtual disks, templates' copies, snapshots. One takes its bytes from the beginning
 * of its making on; it is of use once it is ready.
 */
import { assert } from '../base/assert.js';
import type { PlantFailure } from './failure.js';

export interface Volume {
  readonly server: number;
  readonly bytes: number;
  ready: boolean;
}

/** Bytes of every storage server, whatever takes them. */
export class StorageLedger {
  readonly usedBytes: Float64Array;
  totalUsedBytes = 0;

  constructor(readonly capacityBytes: readonly number[]) {
    this.usedBytes = new Float64Array(capacityBytes.length);
  }

  /** False, and nothing taken, where there is too little. */
  take(server: number, bytes: number): boolean {
    assert(this.capacityBytes[server] !== undefined, () => `the zone has no storage server ${server}`);
    if (this.usedBytes[server]! + bytes > this.capacityBytes[server]!) return false;
    this.usedBytes[server] = this.usedBytes[server]! + bytes;
    this.totalUsedBytes += bytes;
    return true;
  }

  giveBack(server: number, bytes: number): void {
    this.usedBytes[server] = this.usedBytes[server]! - bytes;
    this.totalUsedBytes -= bytes;
    assert(this.usedBytes[server]! >= 0, 'storage: more given back than was taken');
  }
}

export class Volumes<Kind extends Volume> {
  private readonly volumes = new Map<number, Kind>();

  constructor(
    private readonly what: string,
    private readonly ledger: StorageLedger,
  ) {}

  get(id: number): Kind | undefined {
    return this.volumes.get(id);
  }

  all(): Iterable<readonly [number, Readonly<Kind>]> {
    return this.volumes;
  }

  /** Takes the room for a new one, which is not ready yet. */
  begin(id: number, volume: Kind): PlantFailure | null {
    if (this.volumes.has(id)) return 'in-use';
    if (!(Number.isSafeInteger(volume.bytes) && volume.bytes >= 0)) return 'refused';
    if (!this.ledger.take(volume.server, volume.bytes)) return 'no-room';
    this.volumes.set(id, volume);
    return null;
  }

  finish(id: number): void {
    const volume = this.volumes.get(id);
    assert(volume?.ready === false, () => `${this.what} ${id} is not being made`);
    volume.ready = true;
  }

  /** Nothing to do where there is none of this number on this server. */
  remove(id: number, server: number): void {
    const volume = this.volumes.get(id);
    if (volume?.server !== server) return;
    this.ledger.giveBack(server, volume.bytes);
    this.volumes.delete(id);
  }
}
