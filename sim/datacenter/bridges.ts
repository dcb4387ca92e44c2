/**
 * Virtual NICs and bridges: one for a guest network on a host, on the guest network's VLAN, its memory charged to one NUMA
 * node. Guarantees that it stands while a VM of the guest network is on the host, that no host carries one VLAN twice, and
 * that switches can carry it. In an overlay the VLAN ID is a VNI.
 */
import { assert } from '../base/assert.js';
import type { PlantFailure } from './failure.js';
import type { NodeLedger } from './node-ledger.js';
import type { Trunks } from './trunks.js';

export interface Bridge {
  readonly network: number;
  readonly host: number;
  readonly vlan: number;
  readonly nodes: readonly [number];
  readonly memoryBytes: number;
  /** Domains of the guest network on the host. */
  vms: number;
}

/** IDs, of 12 or 24 bits, are below this. */
const VLANS = 0x100_0000;

export class Bridges {
  /** By guest network and host. */
  private readonly bridges = new Map<number, Bridge>();
  /** Host and VLAN of each bridge. */
  private readonly carried = new Set<number>();

  constructor(
    private readonly hostCount: number,
    private readonly ledger: NodeLedger,
    /** What switches carry: for whoever wants to look. */
    readonly trunks: Trunks,
  ) {}

  get count(): number {
    return this.bridges.size;
  }

  on(host: number, network: number): Bridge | undefined {
    return this.bridges.get(network * this.hostCount + host);
  }

  all(): Iterable<Readonly<Bridge>> {
    return this.bridges.values();
  }

  /** Done, too, where exactly this one stands already. `found`: it stood before anything happened, whatever switches can carry. */
  add(
    host: number,
    network: number,
    vlan: number,
    node: number,
    memoryBytes: number,
    found = false,
  ): PlantFailure | null {
    assert(host >= 0 && host < this.hostCount, () => `the zone has no host ${host}`);
    const there = this.on(host, network);
    if (there !== undefined)
      return there.vlan === vlan && there.nodes[0] === node && there.memoryBytes === memoryBytes ? null : 'in-use';
    if (!this.trunks.isId(vlan)) return 'refused';
    const carries = host * VLANS + vlan;
    if (this.carried.has(carries)) return 'in-use';
    const nodes = [node] as const;
    if (!this.ledger.splits(host, nodes, 0, memoryBytes)) return 'refused';
    if (!this.ledger.take(host, nodes, 0, memoryBytes)) return 'no-room';
    if (found) this.trunks.addFound(host, network);
    else if (!this.trunks.add(host, network)) {
      this.ledger.giveBack(host, nodes, 0, memoryBytes);
      return 'no-room';
    }
    this.carried.add(carries);
    this.bridges.set(network * this.hostCount + host, { network, host, vlan, nodes, memoryBytes, vms: 0 });
    return null;
  }

  /** Done, too, where none stands. */
  remove(host: number, network: number): PlantFailure | null {
    const bridge = this.on(host, network);
    if (bridge === undefined) return null;
    if (bridge.vms > 0) return 'in-use';
    this.ledger.giveBack(host, bridge.nodes, 0, bridge.memoryBytes);
    this.trunks.remove(host, network);
    this.carried.delete(host * VLANS + bridge.vlan);
    this.bridges.delete(network * this.hostCount + host);
    return null;
  }

  /** False where the host has no bridge of the guest network. */
  plugIn(host: number, network: number): boolean {
    const bridge = this.on(host, network);
    if (bridge === undefined) return false;
    bridge.vms++;
    return true;
  }

  unplug(host: number, network: number): void {
    const bridge = this.on(host, network);
    assert(bridge !== undefined && bridge.vms > 0, 'a VM is unplugged from a bridge that it was plugged into');
    bridge.vms--;
  }
}
