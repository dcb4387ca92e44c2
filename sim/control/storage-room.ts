/**
 * Which pods' storage has room for a disk: answered from what was answered before, until a change of a server moves a pod
 * across the size asked for. Guarantees the answer of a scan over all servers.
 */
import type { PodId, ServerId } from './ports.js';

interface Server {
  readonly pod: PodId;
  readonly freeBytes: number;
}

/** Disks have the few sizes of the offerings. */
const SIZES_KEPT = 64;

export class StorageRoom {
  /** Of the pod's roomiest server; -1 where the pod has none. */
  private readonly mostBytes: Float64Array;
  /** By size; null: all pods have room. */
  private readonly known = new Map<number, readonly PodId[] | null>();

  constructor(
    private readonly servers: readonly Server[],
    /** Servers of a pod, ascending. */
    private readonly serversOf: readonly (readonly ServerId[])[],
  ) {
    this.mostBytes = Float64Array.from(serversOf, (_, pod) => this.mostOf(pod));
  }

  /** The free bytes of a server of this pod changed. */
  changed(pod: PodId): void {
    const before = this.mostBytes[pod]!;
    const now = this.mostOf(pod);
    this.mostBytes[pod] = now;
    for (const bytes of this.known.keys()) if (before >= bytes !== now >= bytes) this.known.delete(bytes);
  }

  /** Pods with a server that has room, ascending; null: all of them. */
  podsFor(bytes: number): readonly PodId[] | null {
    let pods = this.known.get(bytes);
    if (pods !== undefined) return pods;
    const some: PodId[] = [];
    this.mostBytes.forEach((most, pod) => most >= bytes && some.push(pod));
    pods = some.length === this.mostBytes.length ? null : some;
    if (this.known.size >= SIZES_KEPT) this.known.clear();
    this.known.set(bytes, pods);
    return pods;
  }

  /** The pod's server with the most free bytes (the first of equals), if they are enough. */
  roomiest(pod: PodId, bytes: number): ServerId | null {
    if (this.mostBytes[pod]! < bytes) return null;
    return this.serversOf[pod]!.find((server) => this.servers[server]!.freeBytes === this.mostBytes[pod]) ?? null;
  }

  private mostOf(pod: PodId): number {
    let most = -1;
    for (const server of this.serversOf[pod]!) most = Math.max(most, this.servers[server]!.freeBytes);
    return most;
  }
}
