/**
 * VMs on their way between hosts: room that a destination keeps for one that is to come, and what a source still holds of one
 * that has gone. Guarantees that both are taken from NUMA nodes and bridges, and given back, like a VM's own.
 */
import type { Bridges } from './bridges.js';
import { networksOf, sameDomain, type DomainSpec } from './domain.js';
import type { PlantFailure } from './failure.js';
import type { NodeLedger } from './node-ledger.js';

export interface HeldRoom {
  readonly vm: number;
  readonly host: number;
  readonly nodes: readonly number[];
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly networks: readonly number[];
}

/** A disk that a VM will have once it has come, in place of its own. */
export interface NewDisk {
  readonly disk: number;
  readonly server: number;
}

export interface ExpectedVm {
  readonly spec: DomainSpec;
  /** null: it keeps the one that it has. */
  readonly disk: NewDisk | null;
}

interface Expected extends HeldRoom, ExpectedVm {}

export class Passages {
  /** By VM: at most one destination. */
  private readonly expected = new Map<number, Expected>();
  private readonly departed = new Map<string, HeldRoom>();

  constructor(
    private readonly ledger: NodeLedger,
    private readonly bridges: Bridges,
  ) {}

  all(): HeldRoom[] {
    return [...this.expected.values(), ...this.departed.values()];
  }

  expectedOn(host: number, vm: number): ExpectedVm | undefined {
    const expected = this.expected.get(vm);
    return expected?.host === host ? expected : undefined;
  }

  hasDeparted(host: number, vm: number): boolean {
    return this.departed.has(keyOf(host, vm));
  }

  /** Room for a VM that runs elsewhere. Done, too, where exactly this is kept already. */
  expect(spec: DomainSpec, disk: NewDisk | null = null): PlantFailure | null {
    const { vm, host, nodes, cpuMillis, memoryBytes } = spec;
    const there = this.expected.get(vm);
    if (there !== undefined) return sameDomain(there.spec, spec) && there.disk?.disk === disk?.disk ? null : 'in-use';
    const networks = networksOf(spec);
    if (!this.ledger.splits(host, nodes, cpuMillis, memoryBytes)) return 'refused';
    for (const network of networks) if (this.bridges.on(host, network) === undefined) return 'no-such-nic';
    if (!this.ledger.take(host, nodes, cpuMillis, memoryBytes)) return 'no-room';
    for (const network of networks) this.bridges.plugIn(host, network);
    this.expected.set(vm, { vm, host, nodes, cpuMillis, memoryBytes, networks, spec, disk });
    return null;
  }

  /** It has come: the room is its own from now on, and what it had at its source is held there. */
  arrived(vm: number, source: HeldRoom): void {
    this.expected.delete(vm);
    this.departed.set(keyOf(source.host, vm), source);
  }

  /** Nothing to do where nothing is kept. */
  abandon(host: number, vm: number): void {
    const expected = this.expected.get(vm);
    if (expected?.host !== host) return;
    this.expected.delete(vm);
    this.giveBack(expected);
  }

  release(host: number, vm: number): void {
    const key = keyOf(host, vm);
    const left = this.departed.get(key);
    if (left === undefined) return;
    this.departed.delete(key);
    this.giveBack(left);
  }

  /** The host is off: it holds nothing for anybody. */
  hostFailed(host: number): void {
    for (const { vm, host: at } of this.all())
      if (at === host) {
        this.abandon(host, vm);
        this.release(host, vm);
      }
  }

  private giveBack({ host, nodes, cpuMillis, memoryBytes, networks }: HeldRoom): void {
    this.ledger.giveBack(host, nodes, cpuMillis, memoryBytes);
    for (const network of networks) this.bridges.unplug(host, network);
  }
}

function keyOf(host: number, vm: number): string {
  return `${vm} on ${host}`;
}
