/**
 * First fit over the hosts in O(log hosts) typically: a tree of maxima of what each host could hold at most. What the
 * tree says is a bound that can only be too high; the caller's exact test decides at the leaf.
 */
import type { HostRecord } from './hosts.js';

export class CapacityIndex {
  private readonly leaves: number;
  private readonly cpu: Float64Array;
  private readonly memory: Float64Array;

  /** `counts` says which hosts belong (by role); the others are never found. */
  constructor(
    private readonly hosts: readonly HostRecord[],
    private readonly counts: (host: HostRecord) => boolean,
  ) {
    let leaves = 1;
    while (leaves < hosts.length) leaves *= 2;
    this.leaves = leaves;
    this.cpu = new Float64Array(2 * leaves).fill(-1);
    this.memory = new Float64Array(2 * leaves).fill(-1);
    for (const host of hosts) this.set(host);
    for (let at = leaves - 1; at >= 1; at--) this.pull(at);
  }

  /** The host's free capacity, or its being in service, changed. */
  update(host: HostRecord): void {
    this.set(host);
    for (let at = (this.leaves + host.id) >> 1; at >= 1; at >>= 1) if (!this.pull(at)) return;
  }

  /** The first host with id in [from, end) for which the bounds allow the demand and `fits` holds; -1: none. */
  first(from: number, end: number, cpu: number, memory: number, fits: (host: HostRecord) => boolean): number {
    return this.search(1, 0, this.leaves, from, Math.min(end, this.hosts.length), cpu, memory, fits);
  }

  private search(
    at: number,
    low: number,
    high: number,
    from: number,
    end: number,
    cpu: number,
    memory: number,
    fits: (host: HostRecord) => boolean,
  ): number {
    if (high <= from || low >= end || this.cpu[at]! < cpu || this.memory[at]! < memory) return -1;
    if (high - low === 1) return fits(this.hosts[low]!) ? low : -1;
    const middle = (low + high) / 2;
    const left = this.search(2 * at, low, middle, from, end, cpu, memory, fits);
    return left >= 0 ? left : this.search(2 * at + 1, middle, high, from, end, cpu, memory, fits);
  }

  private set(host: HostRecord): void {
    const at = this.leaves + host.id;
    const found = host.inService && this.counts(host);
    this.cpu[at] = found ? mostCpuMillis(host) : -1;
    this.memory[at] = found ? mostMemoryBytes(host) : -1;
  }

  private pull(at: number): boolean {
    const cpu = Math.max(this.cpu[2 * at]!, this.cpu[2 * at + 1]!);
    const memory = Math.max(this.memory[2 * at]!, this.memory[2 * at + 1]!);
    if (cpu === this.cpu[at] && memory === this.memory[at]) return false;
    this.cpu[at] = cpu;
    this.memory[at] = memory;
    return true;
  }
}

/** The most CPU that a VM could be given on this host, in whatever number of nodes: a bound that may be too high. */
export function mostCpuMillis({ nodes }: HostRecord): number {
  if (nodes.length === 1) return nodes[0]!.freeCpuMillis;
  if (nodes.length === 2) return mostOfTwo(nodes[0]!.freeCpuMillis, nodes[1]!.freeCpuMillis);
  return mostInEqualParts(nodes.map((node) => node.freeCpuMillis));
}

export function mostMemoryBytes({ nodes }: HostRecord): number {
  if (nodes.length === 1) return nodes[0]!.freeMemoryBytes;
  if (nodes.length === 2) return mostOfTwo(nodes[0]!.freeMemoryBytes, nodes[1]!.freeMemoryBytes);
  return mostInEqualParts(nodes.map((node) => node.freeMemoryBytes));
}

function mostOfTwo(a: number, b: number): number {
  return Math.max(a, b, 2 * Math.min(a, b));
}

/** The largest amount that k nodes can hold in k equal parts, over all k. */
function mostInEqualParts(free: number[]): number {
  free.sort((a, b) => b - a);
  return free.reduce((most, amount, at) => Math.max(most, amount * (at + 1)), 0);
}
