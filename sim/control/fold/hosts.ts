/** Hosts in the fold: what VMs, virtual NICs and holds take of their NUMA nodes, and what agents found there. */
import { assert } from '../../base/assert.js';
import type { HostRecord } from '../hosts.js';
import type { HostId } from '../ports.js';
import type { ZoneState } from '../state.js';
import type { Of } from './moved.js';

/** Takes (sign 1) or gives back (-1) CPU and memory, in equal parts from the nodes. */
export function occupy(
  state: ZoneState,
  hostId: HostId,
  nodes: readonly number[],
  cpuMillis: number,
  memoryBytes: number,
  sign: 1 | -1,
): void {
  const host = state.host(hostId);
  const parts = nodes.length;
  for (const at of nodes) {
    const node = host.nodes[at]!;
    node.freeCpuMillis -= (sign * cpuMillis) / parts;
    node.freeMemoryBytes -= (sign * memoryBytes) / parts;
    assert(node.freeCpuMillis >= 0 && node.freeMemoryBytes >= 0, () => `host ${host.name} node ${at} over capacity`);
  }
  reindex(state, host);
}

/** After a change of the host's free capacity, or of its being in service. */
export function reindex(state: ZoneState, host: HostRecord): void {
  state.indexes.hostChanged(host.id);
}

export function applyHostCapacity(state: ZoneState, tx: Of<'host-capacity'>): void {
  const host = state.host(tx.host);
  const node = host.nodes[tx.node]!;
  node.freeCpuMillis += tx.cpuMillis - node.cpuMillis;
  node.freeMemoryBytes += tx.memoryBytes - node.memoryBytes;
  node.cpuMillis = tx.cpuMillis;
  node.memoryBytes = tx.memoryBytes;
  assert(node.freeCpuMillis >= 0 && node.freeMemoryBytes >= 0, () => `host ${host.name}: less than it holds`);
  reindex(state, host);
}

export function applyHostFeatures(state: ZoneState, tx: Of<'host-features'>): void {
  state.host(tx.host).features = tx.features;
}

export function applyHostService(state: ZoneState, tx: Of<'host-service'>): void {
  const host = state.host(tx.host);
  host.inService = tx.service === 'in';
  reindex(state, host);
}
