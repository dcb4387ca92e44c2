/**
 * Where a VM may go: what it demands, which pods' storage and which hosts have room for it. Questions to policies, the
 * view they see and the check of their answers all rest on these.
 */
import { nodesFit, tightestNodes } from './hosts.js';
import type { Demand, HostId, PodId, ServerId } from './ports.js';
import type { VmRecord } from './records.js';
import type { ZoneState } from './state.js';

/** What the VM asks of a host, and of which hosts at all; null: no storage can take its disk. */
export function demandOf(state: ZoneState, vm: VmRecord): Demand | null {
  const { cpuMillis, memoryBytes, networks, role } = vm;
  const { bridgeMemoryBytes: bridgeBytes } = state.config;
  const demand = { cpuMillis, memoryBytes, bridgeBytes, networks, role, pods: null, host: null, localBytes: 0 };
  if (vm.disk !== null) {
    const { pod, host } = state.servers[state.disk(vm.disk).server]!;
    return { ...demand, pods: [pod], host };
  }
  if (vm.diskBytes === 0) return demand;
  if (vm.localDisk) return { ...demand, localBytes: vm.diskBytes + templateBytes(state, vm) };
  const pods = podsWithStorage(state, vm);
  return pods !== null && pods.length === 0 ? null : { ...demand, pods };
}

/** Pods whose storage has room for the VM's disk; null: all of them. */
function podsWithStorage(state: ZoneState, vm: VmRecord): PodId[] | null {
  if (state.storage.everyPodHas >= vm.diskBytes + templateBytes(state, vm)) return null;
  const pods: PodId[] = [];
  for (let pod = 0; pod < state.serversOf.length; pod++) if (roomiest(state, pod, vm) !== null) pods.push(pod);
  return pods.length === state.serversOf.length ? null : pods;
}

/** The server for the VM's disk on this host: its own, or the roomiest of the pod; null: none has room. */
export function serverFor(state: ZoneState, vm: VmRecord, host: HostId): ServerId | null {
  if (!vm.localDisk) return roomiest(state, state.host(host).pod, vm);
  const server = state.localServerOf[host]!;
  return server >= 0 && hasRoom(state, vm, server) ? server : null;
}

/** The pod's storage server with the most free bytes, if they are enough. */
function roomiest(state: ZoneState, pod: PodId, vm: VmRecord): ServerId | null {
  let best: ServerId | null = null;
  for (const server of state.serversOf[pod]!) {
    if (!hasRoom(state, vm, server)) continue;
    if (best === null || state.servers[server]!.freeBytes > state.servers[best]!.freeBytes) best = server;
  }
  return best;
}

/** For its disk, and for its template where that is not there yet. */
function hasRoom(state: ZoneState, vm: VmRecord, server: ServerId): boolean {
  const { freeBytes, copies } = state.servers[server]!;
  const template = vm.template === null || copies.has(vm.template) ? 0 : templateBytes(state, vm);
  return freeBytes >= vm.diskBytes + template;
}

function templateBytes(state: ZoneState, { template }: VmRecord): number {
  return template === null ? 0 : state.config.templates[template]!.bytes;
}

/** Bridges that the demand still costs on this host. */
function bridgesOn(state: ZoneState, { networks }: Demand, host: HostId): number {
  let count = 0;
  for (const network of networks) if (!state.network(network).nics.has(host)) count++;
  return count;
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
  if (demand.host !== null && demand.host !== hostId) return null;
  if (demand.pods !== null && !demand.pods.includes(host.pod)) return null;
  if (demand.localBytes > 0 && !localRoom(state, demand, hostId)) return null;
  const bridges = bridgesOn(state, demand, hostId);
  if (wanted === undefined) return tightestNodes(host, demand, bridges);
  return nodesFit(host, demand, wanted, bridges) ? wanted : null;
}

/** What the demand says is what the disk needs where its template is not yet; a host that has it needs less, which `place` settles. */
function localRoom(state: ZoneState, { localBytes }: Demand, host: HostId): boolean {
  const server = state.localServerOf[host]!;
  return server >= 0 && state.servers[server]!.freeBytes >= localBytes;
}
