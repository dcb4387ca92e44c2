/**
 * Where a VM may go: what it demands, which pods' storage and which hosts have room for it. Questions to policies, the
 * view they see and the check of their answers all rest on these.
 */
import { nodesFit, tightestNodes } from './hosts.js';
import type { Demand, HostId, PodId, ServerId } from './ports.js';
import type { VmRecord, ZoneState } from './state.js';

/** Pods whose storage holds the VM's disk, or has room for it; null: all of them. */
export function podsWithStorage(state: ZoneState, vm: VmRecord): PodId[] | null {
  if (vm.disk !== null) return [state.servers[state.disk(vm.disk).server]!.pod];
  if (vm.diskBytes === 0) return null;
  const pods: PodId[] = [];
  for (let pod = 0; pod < state.serversOf.length; pod++)
    if (roomiest(state, pod, vm.diskBytes) !== null) pods.push(pod);
  return pods.length === state.serversOf.length ? null : pods;
}

/** The pod's storage server with the most free bytes, if they are enough. */
export function roomiest(state: ZoneState, pod: PodId, bytes: number): ServerId | null {
  let best: ServerId | null = null;
  let most = bytes;
  for (const server of state.serversOf[pod]!) {
    const { freeBytes } = state.servers[server]!;
    if (freeBytes < most || (best !== null && freeBytes === most)) continue;
    most = freeBytes;
    best = server;
  }
  return best;
}

export function demandOf(state: ZoneState, vm: VmRecord, pods: PodId[] | null): Demand {
  const { cpuMillis, memoryBytes, network, role } = vm;
  const bridgeBytes = network === null ? 0 : state.config.bridgeMemoryBytes;
  return { cpuMillis, memoryBytes, bridgeBytes, network, role, pods };
}

/** What a bridge would still cost the demand on this host. */
function bridgeBytesOn(state: ZoneState, demand: Demand, host: HostId): number {
  if (demand.network === null || state.network(demand.network).nics.has(host)) return 0;
  return demand.bridgeBytes;
}

/** The nodes that would take the demand on this host (those asked for, or the tightest fit); null: it does not fit. */
export function nodesIfFits(
  state: ZoneState,
  hostId: HostId,
  wanted: readonly number[] | undefined,
  demand: Demand,
): readonly number[] | null {
  const host = state.hosts[hostId];
  if (!host || !host.inService) return null;
  if (host.role === (demand.role === 'router' ? 'computing' : 'routing')) return null;
  if (demand.pods !== null && !demand.pods.includes(host.pod)) return null;
  const bridge = bridgeBytesOn(state, demand, hostId);
  if (wanted === undefined) return tightestNodes(host, demand, bridge);
  return nodesFit(host, demand, wanted, bridge) ? wanted : null;
}
