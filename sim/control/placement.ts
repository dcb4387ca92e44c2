/**
 * Where a VM may go: what it demands, which pods' storage and which hosts have room for it. Questions to policies, the
 * view they see and the check of their answers all rest on these.
 */
import { nodesFit, tightestNodes, type HostRecord } from './hosts.js';
import type { Demand, HostId, PodId, ServerId } from './ports.js';
import type { VmRecord, ZoneState } from './state.js';

/** Pods whose storage holds the VM's disk, or has room for it; null: all of them. */
export function podsWithStorage(state: ZoneState, vm: VmRecord): readonly PodId[] | null {
  if (vm.disk !== null) return [state.servers[state.disk(vm.disk).server]!.pod];
  return vm.diskBytes === 0 ? null : state.room.podsFor(vm.diskBytes);
}

/** The pod's storage server with the most free bytes, if they are enough. */
export function roomiest(state: ZoneState, pod: PodId, bytes: number): ServerId | null {
  return state.room.roomiest(pod, bytes);
}

export function demandOf(state: ZoneState, vm: VmRecord, pods: readonly PodId[] | null): Demand {
  const { cpuMillis, memoryBytes, network, role } = vm;
  const bridgeBytes = network === null ? 0 : state.config.bridgeMemoryBytes;
  return { cpuMillis, memoryBytes, bridgeBytes, network, role, pods };
}

/** What a bridge would still cost the demand on this host. */
export function bridgeBytesOn(state: ZoneState, demand: Demand, host: HostId): number {
  if (demand.network === null || state.network(demand.network).nics.has(host)) return 0;
  return demand.bridgeBytes;
}

/** Whether the demand may go to this pod at all. */
export function podAllowed({ pods }: Demand, pod: PodId): boolean {
  if (pods === null) return true;
  // Ascending, and long where storage is short in a few pods only.
  let low = 0;
  let high = pods.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pods[middle]! < pod) low = middle + 1;
    else high = middle;
  }
  return pods[low] === pod;
}

/**
 * Customers' VMs go to hosts for computing or for both. Routing appliances go to the pod's routing hosts; to its hosts
 * for both only where no routing host of the pod can take it now.
 */
export function roleAllowed(state: ZoneState, host: HostRecord, demand: Demand): boolean {
  if (demand.role === 'user') return host.role !== 'routing';
  if (host.role !== 'both') return host.role === 'routing';
  return !routingHostTakes(state, host.pod, demand);
}

/** Whether a routing host of the pod can take the routing appliance now. */
export function routingHostTakes(state: ZoneState, pod: PodId, demand: Demand): boolean {
  const { indexes } = state;
  if (!indexes.hasDedicated(pod)) return false;
  const { first, count } = indexes.podHosts[pod]!;
  const fits = (host: HostRecord): boolean => nodesIfFits(state, host.id, undefined, demand) !== null;
  return indexes.inOrder('dedicated').first(first, first + count, demand.cpuMillis, demand.memoryBytes, fits) >= 0;
}

/** The nodes that would take the demand on this host (those asked for, or the tightest fit); null: it does not fit. */
export function nodesIfFits(
  state: ZoneState,
  hostId: HostId,
  wanted: readonly number[] | undefined,
  demand: Demand,
): readonly number[] | null {
  const host = state.hosts[hostId];
  if (!host || !host.inService || !podAllowed(demand, host.pod)) return null;
  const bridge = bridgeBytesOn(state, demand, hostId);
  let nodes: readonly number[] | null = null;
  if (wanted === undefined) nodes = tightestNodes(host, demand, bridge);
  else if (nodesFit(host, demand, wanted, bridge)) nodes = wanted;
  return nodes !== null && roleAllowed(state, host, demand) ? nodes : null;
}
