/**
 * A zone as it would be after moves of running VMs, one after the other, each ended before the next begins: for policies that look
 * further than one move. Guarantees the plane's own rule of what fits (NUMA nodes, virtual NICs and their bridges, the disk where that
 * comes along, pods and roles); that nothing of the zone changes; and that `undo` leaves things as they were.
 * What switches carry is not in it: a move that they refuse is dropped when its turn comes.
 */
import { assert } from '../../base/assert.js';
import { bridgeNode, tightestNodes, type HostRecord } from '../hosts.js';
import { demandThere, diskMoves } from '../migration-room.js';
import type { Demand, HostId, NetworkId, ServerId, VmId } from '../ports.js';
import type { VmRecord } from '../records.js';
import type { ZoneState } from '../state.js';

/** What policies see of it. */
export interface WhatIf {
  hostOf(vm: VmId): HostId | null;
  /** Whether it could be migrated there now; false where it is there, or cannot be migrated at all. */
  fits(vm: VmId, host: HostId): boolean;
  /** Free over its NUMA nodes. */
  free(host: HostId): { cpuMillis: number; memoryBytes: number };
  /** It is there from now on; it fits. */
  move(vm: VmId, host: HostId): void;
  /** Moves so far, to go back to. */
  readonly depth: number;
  /** Back to when there were so many moves. */
  undo(depth: number): void;
}

interface Place {
  readonly host: HostId;
  readonly nodes: readonly number[];
  /** The storage server of its disk; null: it has none. */
  readonly server: ServerId | null;
}

export class ZoneWhatIf implements WhatIf {
  private readonly hosts = new Map<HostId, HostRecord>();
  private readonly places = new Map<VmId, Place>();
  /** VMs of a guest network on a host, and the node that its bridge is on, where moves have changed them. */
  private readonly vmsOf = new Map<number, number>();
  private readonly bridges = new Map<number, number | null>();
  private readonly freeBytes = new Map<ServerId, number>();
  private readonly undos: (() => void)[] = [];

  constructor(private readonly state: ZoneState) {}

  get depth(): number {
    return this.undos.length;
  }

  hostOf(vm: VmId): HostId | null {
    return this.places.get(vm)?.host ?? this.state.vm(vm).host;
  }

  free(id: HostId): { cpuMillis: number; memoryBytes: number } {
    const sum = { cpuMillis: 0, memoryBytes: 0 };
    for (const { freeCpuMillis, freeMemoryBytes } of this.host(id).nodes) {
      sum.cpuMillis += freeCpuMillis;
      sum.memoryBytes += freeMemoryBytes;
    }
    return sum;
  }

  fits(id: VmId, to: HostId): boolean {
    const vm = this.state.vm(id);
    return canMigrate(vm) && this.nodesThere(vm, to) !== null;
  }

  move(id: VmId, to: HostId): void {
    const vm = this.state.vm(id);
    const found = this.nodesThere(vm, to);
    assert(canMigrate(vm) && found !== null, () => `VM ${id} fits on host ${to}`);
    const from = this.placeOf(vm);
    const server = this.moves(vm, to) ? this.serverThere(vm, to) : from.server;
    const there: Place = { host: to, nodes: found, server };
    const back: (() => void)[] = [];
    // At the destination first: both ends hold it for a while.
    for (const network of vm.networks) back.push(this.joined(network, to));
    back.push(this.occupy(to, there.nodes, vm, 1));
    if (server !== from.server) back.push(this.takeDisk(server!, vm, 1), this.takeDisk(from.server!, vm, -1));
    back.push(this.occupy(from.host, from.nodes, vm, -1));
    for (const network of vm.networks) back.push(this.left(network, from.host));
    const before = this.places.get(id);
    this.places.set(id, there);
    this.undos.push(() => {
      while (back.length > 0) back.pop()!();
      if (before === undefined) this.places.delete(id);
      else this.places.set(id, before);
    });
  }

  undo(depth: number): void {
    while (this.undos.length > depth) this.undos.pop()!();
  }

  private nodesThere(vm: VmRecord, to: HostId): readonly number[] | null {
    const host = this.host(to);
    if (!host.inService || this.hostOf(vm.id) === to || !this.mayHold(host, vm)) return null;
    const along = this.moves(vm, to);
    const demand = this.demandOf(vm, along);
    if (demand === null || (demand.pods !== null && !demand.pods.includes(host.pod))) return null;
    if (along && this.serverThere(vm, to) === null) return null;
    let bridges = 0;
    for (const network of vm.networks) if (this.bridgeOn(network, to) === null) bridges++;
    return tightestNodes(host, demand, bridges);
  }

  /** A routing appliance is on a host for both only where no routing host of the pod can take it. */
  private mayHold({ role, pod }: HostRecord, vm: VmRecord): boolean {
    if (vm.role === 'user') return role !== 'routing';
    if (role !== 'both') return role === 'routing';
    const { indexes } = this.state;
    if (!indexes.hasDedicated(pod)) return true;
    const { first, count } = indexes.podHosts[pod]!;
    for (let host = first; host < first + count; host++)
      if (this.host(host).role === 'routing' && (this.hostOf(vm.id) === host || this.nodesThere(vm, host) !== null))
        return false;
    return true;
  }

  /** Of pods only those that its guest networks bind it to: room for its disk is counted here. */
  private demandOf(vm: VmRecord, along: boolean): Demand | null {
    const demand = demandThere(this.state, vm, along);
    if (typeof demand === 'string') return null;
    return along ? { ...demand, pods: this.state.vlans.perPod ? demand.pods : null } : demand;
  }

  private moves(vm: VmRecord, to: HostId): boolean {
    const place = this.places.get(vm.id);
    if (place === undefined || place.server === null) return diskMoves(this.state, vm, to);
    const { host, pod } = this.state.servers[place.server]!;
    return host === null ? pod !== this.state.host(to).pod : host !== to;
  }

  private serverThere(vm: VmRecord, to: HostId): ServerId | null {
    const { state } = this;
    const { bytes } = state.disk(vm.disk!);
    const servers = vm.localDisk ? [state.localServerOf[to]!] : state.serversOf[state.host(to).pod]!;
    let best: ServerId | null = null;
    for (const server of servers) {
      if (server < 0 || this.bytesFree(server) < bytes) continue;
      if (best === null || this.bytesFree(server) > this.bytesFree(best)) best = server;
    }
    return best;
  }

  private placeOf(vm: VmRecord): Place {
    const moved = this.places.get(vm.id);
    if (moved !== undefined) return moved;
    const server = vm.disk === null ? null : this.state.disk(vm.disk).server;
    return { host: vm.host!, nodes: vm.nodes, server };
  }

  private host(id: HostId): HostRecord {
    return this.hosts.get(id) ?? this.state.host(id);
  }

  private ownHost(id: HostId): HostRecord {
    let host = this.hosts.get(id);
    if (host === undefined) {
      const real = this.state.host(id);
      this.hosts.set(id, (host = { ...real, nodes: real.nodes.map((node) => ({ ...node })) }));
    }
    return host;
  }

  private occupy(id: HostId, nodes: readonly number[], vm: VmRecord, by: 1 | -1): () => void {
    const host = this.ownHost(id);
    const change = (sign: number): void => {
      for (const at of nodes) {
        host.nodes[at]!.freeCpuMillis -= (sign * vm.cpuMillis) / nodes.length;
        host.nodes[at]!.freeMemoryBytes -= (sign * vm.memoryBytes) / nodes.length;
      }
    };
    change(by);
    return () => change(-by);
  }

  private bytesFree(server: ServerId): number {
    return this.freeBytes.get(server) ?? this.state.servers[server]!.freeBytes;
  }

  private takeDisk(server: ServerId, vm: VmRecord, by: 1 | -1): () => void {
    const { bytes } = this.state.disk(vm.disk!);
    this.freeBytes.set(server, this.bytesFree(server) - by * bytes);
    return () => this.freeBytes.set(server, this.bytesFree(server) + by * bytes);
  }

  private keyOf(network: NetworkId, host: HostId): number {
    return network * this.state.hosts.length + host;
  }

  /** The node of the guest network's bridge on the host; null: there is none. */
  private bridgeOn(network: NetworkId, host: HostId): number | null {
    const known = this.bridges.get(this.keyOf(network, host));
    if (known !== undefined) return known;
    const nic = this.state.nicOn(this.state.network(network), host);
    return nic === undefined ? null : nic.node;
  }

  private countOn(network: NetworkId, host: HostId): number {
    const { placed, kept } = this.state.network(network);
    const known = this.vmsOf.get(this.keyOf(network, host));
    return known ?? (placed.get(host)?.length ?? 0) + (kept.get(host)?.length ?? 0);
  }

  private joined(network: NetworkId, host: HostId): () => void {
    const key = this.keyOf(network, host);
    const count = this.countOn(network, host);
    this.vmsOf.set(key, count + 1);
    const back = this.bridgeOn(network, host) === null ? this.bridge(network, host, true) : null;
    return () => {
      back?.();
      this.vmsOf.set(key, count);
    };
  }

  private left(network: NetworkId, host: HostId): () => void {
    const key = this.keyOf(network, host);
    const count = this.countOn(network, host);
    this.vmsOf.set(key, count - 1);
    const back = count === 1 ? this.bridge(network, host, false) : null;
    return () => {
      back?.();
      this.vmsOf.set(key, count);
    };
  }

  /** Made with a guest network's first VM on the host, collected with its last. */
  private bridge(network: NetworkId, at: HostId, made: boolean): () => void {
    const host = this.ownHost(at);
    const key = this.keyOf(network, at);
    const before = this.bridgeOn(network, at);
    const bytes = this.state.config.bridgeMemoryBytes;
    const node = made ? bridgeNode(host) : before!;
    host.nodes[node]!.freeMemoryBytes += made ? -bytes : bytes;
    this.bridges.set(key, made ? node : null);
    return () => {
      host.nodes[node]!.freeMemoryBytes += made ? bytes : -bytes;
      this.bridges.set(key, before);
    };
  }
}

function canMigrate({ state, migration, request }: VmRecord): boolean {
  return state === 'running' && migration === null && request === null;
}
