/**
 * CPU and memory of every NUMA node: capacity (what its hypervisor admits) and what is taken. Nodes are numbered over the
 * whole zone, host by host. Guarantees that no more is taken than there is, and that a request is taken as a whole or not at all.
 */
import { assert } from '../base/assert.js';

export interface NodeCapacity {
  cpuMillis: number;
  memoryBytes: number;
}

export class NodeLedger {
  /** First node of each host; one more at the end. */
  readonly firstNode: Int32Array;
  readonly cpuMillis: Float64Array;
  readonly memoryBytes: Float64Array;
  readonly usedCpuMillis: Float64Array;
  readonly usedMemoryBytes: Float64Array;
  totalUsedCpuMillis = 0;
  totalUsedMemoryBytes = 0;

  constructor(
    hosts: readonly { nodes: readonly NodeCapacity[] }[],
    /** Called after every change of what is free on a node. */
    private readonly changed: (node: number, freeCpuMillis: number, freeMemoryBytes: number) => void,
  ) {
    const count = hosts.reduce((sum, { nodes }) => sum + nodes.length, 0);
    this.firstNode = new Int32Array(hosts.length + 1);
    this.cpuMillis = new Float64Array(count);
    this.memoryBytes = new Float64Array(count);
    this.usedCpuMillis = new Float64Array(count);
    this.usedMemoryBytes = new Float64Array(count);
    let next = 0;
    hosts.forEach(({ nodes }, host) => {
      this.firstNode[host] = next;
      for (const { cpuMillis, memoryBytes } of nodes) {
        this.cpuMillis[next] = cpuMillis;
        this.memoryBytes[next++] = memoryBytes;
      }
    });
    this.firstNode[hosts.length] = next;
  }

  nodesOf(host: number): number {
    return this.firstNode[host + 1]! - this.firstNode[host]!;
  }

  /** Over the host's NUMA nodes. */
  usedCpuMillisOf(host: number): number {
    let used = 0;
    for (let node = this.firstNode[host]!; node < this.firstNode[host + 1]!; node++) used += this.usedCpuMillis[node]!;
    return used;
  }

  /** Whether `nodes` names nodes of the host, each once, that can hold the amounts in equal whole parts. */
  splits(host: number, nodes: readonly number[], cpuMillis: number, memoryBytes: number): boolean {
    const parts = nodes.length;
    if (parts === 0 || cpuMillis % parts !== 0 || memoryBytes % parts !== 0) return false;
    if (!(cpuMillis >= 0 && memoryBytes >= 0)) return false;
    const count = this.nodesOf(host);
    for (let at = 0; at < parts; at++) {
      const node = nodes[at]!;
      if (!(node >= 0 && node < count) || nodes.indexOf(node) !== at) return false;
    }
    return true;
  }

  /** False, and nothing taken, where a node has too little. */
  take(host: number, nodes: readonly number[], cpuMillis: number, memoryBytes: number): boolean {
    const first = this.firstNode[host]!;
    const cpu = cpuMillis / nodes.length;
    const memory = memoryBytes / nodes.length;
    for (let at = 0; at < nodes.length; at++) {
      const node = first + nodes[at]!;
      if (this.usedCpuMillis[node]! + cpu > this.cpuMillis[node]!) return false;
      if (this.usedMemoryBytes[node]! + memory > this.memoryBytes[node]!) return false;
    }
    this.add(first, nodes, cpu, memory);
    return true;
  }

  giveBack(host: number, nodes: readonly number[], cpuMillis: number, memoryBytes: number): void {
    this.add(this.firstNode[host]!, nodes, -cpuMillis / nodes.length, -memoryBytes / nodes.length);
  }

  private add(first: number, nodes: readonly number[], cpu: number, memory: number): void {
    for (let at = 0; at < nodes.length; at++) {
      const node = first + nodes[at]!;
      const usedCpu = this.usedCpuMillis[node]! + cpu;
      const usedMemory = this.usedMemoryBytes[node]! + memory;
      assert(usedCpu >= 0 && usedMemory >= 0, 'NUMA node: more given back than was taken');
      this.usedCpuMillis[node] = usedCpu;
      this.usedMemoryBytes[node] = usedMemory;
      this.totalUsedCpuMillis += cpu;
      this.totalUsedMemoryBytes += memory;
      this.changed(node, this.cpuMillis[node]! - usedCpu, this.memoryBytes[node]! - usedMemory);
    }
  }
}
