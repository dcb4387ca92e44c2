/**
 * Where a VM may go: what it demands, which pods' storage and which hosts have room for it. Questions to policies, the
 * view they see and the check of their answers all rest on these.
 */
import { lastNotAbove } from '../base/search.js';
import { nodesFit, tightestNodes, type HostRecord } from './hosts.js';
import { podsForNetworks } from './pod-binding.js';
import type { Demand, HostId, PodId, Reason, ServerId } from './ports.js';
import type { VmRecord } from './records.js';
import type { ZoneState } from './state.js';

/** What the VM asks of a host, and of which hosts at all; a string: no pod can take its disk, or be that of its networks. */
export function demandOf(state: ZoneState, vm: VmRecord): Demand | Reason {
  const { cpuMillis, memoryBytes, networks, role } = vm;
  const { bridgeMemoryBytes: bridgeBytes } = state.config;
  let pods: readonly PodId[] | null = null;
  let host: HostId | null = null;
  let localBytes = 0;
  if (vm.disk !== null) {
    const server = state.servers[state.disk(vm.disk).server]!;
    pods = [server.pod];
    host = server.host;
  } else if (vm.localDisk) localBytes = vm.diskBytes + templateBytes(state, vm);
  else if (vm.diskBytes > 0) pods = podsWithStorage(state, vm);
  const allowed = podsForNetworks(state, vm);
  if (typeof allowed === 'string') return allowed;
  pods = inBoth(pods, allowed);
  if (pods !== null && pods.length === 0) return 'storage-full';
  return { cpuMillis, memoryBytes, bridgeBytes, networks, role, pods, host, localBytes };
}

/** null: all pods. Both ascend. */
export function inBoth(some: readonly PodId[] | null, others: readonly PodId[] | null): readonly PodId[] | null {
  if (some === null || others === null) return some ?? others;
  return some.filter((pod) => others.includes(pod));
}

/** Pods whose storage has room for the VM's new disk; null: all of them. */
export function podsWithStorage(state: ZoneState, vm: VmRecord): readonly PodId[] | null {
  const pods = state.room.podsFor(vm.diskBytes + templateBytes(state, vm));
  if (pods === null || vm.template === null) return pods;
  // Where its template is already it needs less.
  const able: PodId[] = [];
  for (let pod = 0; pod < state.serversOf.length; pod++) if (roomiest(state, pod, vm) !== null) able.push(pod);
  return able.length === state.serversOf.length ? null : able;
}

/** The server for the VM's disk on this host: its own, or the roomiest of the pod; null: none has room. */
export function serverFor(state: ZoneState, vm: VmRecord, host: HostId): ServerId | null {
  if (!vm.localDisk) return roomiest(state, state.host(host).pod, vm);
  const server = state.localServerOf[host]!;
  return server >= 0 && hasRoom(state, vm, server) ? server : null;
}

/** The pod's storage server with the most free bytes, if they are enough: for its disk, and its template if need be. */
export function roomiest(state: ZoneState, pod: PodId, vm: VmRecord): ServerId | null {
  if (vm.template === null) return state.room.roomiest(pod, vm.diskBytes);
  let best: ServerId | null = null;
  for (const server of state.serversOf[pod]!) {
    if (!hasRoom(state, vm, server)) continue;
    if (best === null || state.servers[server]!.freeBytes > state.servers[best]!.freeBytes) best = server;
  }
  return best;
}

function hasRoom(state: ZoneState, vm: VmRecord, server: ServerId): boolean {
  const { freeBytes, copies } = state.servers[server]!;
  const template = vm.template === null || copies.has(vm.template) ? 0 : templateBytes(state, vm);
  return freeBytes >= vm.diskBytes + template;
}

function templateBytes(state: ZoneState, { template }: VmRecord): number {
  return template === null ? 0 : state.config.templates[template]!.bytes;
}

/** Bridges that the demand still costs on this host. */
export function bridgesOn(state: ZoneState, { networks }: Demand, host: HostId): number {
  let count = 0;
  for (const network of networks) if (!state.network(network).nics.has(host)) count++;
  return count;
}

/** Whether all switches can carry what the demand's virtual NICs on this host would add. */
export function switchesTake(state: ZoneState, { networks }: Demand, host: HostRecord): boolean {
  if (state.trunks.unlimited) return true;
  let bridges = 0;
  let newInPod = 0;
  let newInZone = 0;
  for (const id of networks) {
    const { nics, nicsIn } = state.network(id);
    if (nics.has(host.id)) continue;
    bridges++;
    if (!nicsIn.has(host.pod)) newInPod++;
    if (nics.size === 0) newInZone++;
  }
  return bridges === 0 || state.trunks.takes(host.pod, bridges, newInPod, newInZone);
}

/** Whether the demand may go to this pod at all. */
export function podAllowed({ pods }: Demand, pod: PodId): boolean {
  if (pods === null) return true;
  // Ascending, and long where storage is short in a few pods only.
  return pods[lastNotAbove(pods, pod)] === pod;
}

/**
 * Whether the demand may go to this host for its disk: there is only one where that is on a host's own disk; a new one needs
 * room there. It counts the template's bytes wherever that is: a host that has it is not looked at more closely.
 */
export function diskAllowed(state: ZoneState, { host: only, localBytes }: Demand, host: HostId): boolean {
  if (only !== null && only !== host) return false;
  if (localBytes === 0) return true;
  const server = state.localServerOf[host]!;
  return server >= 0 && state.servers[server]!.freeBytes >= localBytes;
}

/**
 * Customers' VMs go to hosts for computing or for both. Routing appliances go to the pod's routing hosts; to its hosts
 * for both only where no routing host of the pod can take it now.
 */
export function roleAllowed(state: ZoneState, host: HostRecord, demand: Demand, switches = true): boolean {
  if (demand.role === 'user') return host.role !== 'routing';
  if (host.role !== 'both') return host.role === 'routing';
  return !routingHostTakes(state, host.pod, demand, switches);
}

/** Whether a routing host of the pod can take the routing appliance now. */
function routingHostTakes(state: ZoneState, pod: PodId, demand: Demand, switches: boolean): boolean {
  const { indexes } = state;
  if (!indexes.hasDedicated(pod)) return false;
  const { first, count } = indexes.podHosts[pod]!;
  const fits = (host: HostRecord): boolean => nodesIfFits(state, host.id, undefined, demand, switches) !== null;
  return indexes.inOrder('dedicated').first(first, first + count, demand.cpuMillis, demand.memoryBytes, fits) >= 0;
}

/**
 * The nodes that would take the demand on this host (those asked for, or the tightest fit); null: it does not fit.
 * `switches` false: as if they carried everything.
 */
export function nodesIfFits(
  state: ZoneState,
  hostId: HostId,
  wanted: readonly number[] | undefined,
  demand: Demand,
  switches = true,
): readonly number[] | null {
  const host = state.hosts[hostId];
  if (!host || !host.inService || !podAllowed(demand, host.pod) || !diskAllowed(state, demand, hostId)) return null;
  if (demand.notOn?.includes(hostId) === true) return null;
  const bridges = bridgesOn(state, demand, hostId);
  let nodes: readonly number[] | null = null;
  if (wanted === undefined) nodes = tightestNodes(host, demand, bridges);
  else if (nodesFit(host, demand, wanted, bridges)) nodes = wanted;
  if (nodes === null || (bridges > 0 && switches && !switchesTake(state, demand, host))) return null;
  return roleAllowed(state, host, demand, switches) ? nodes : null;
}

/** Whether a host could take the demand if switches carried everything, where none can take it as it is. */
export function onlySwitchesRefuse(state: ZoneState, demand: Demand): boolean {
  const { trunks, indexes, hosts } = state;
  const { networks, cpuMillis, memoryBytes, role } = demand;
  const most = networks.length;
  if (most === 0 || indexes.podHosts.every((_, pod) => trunks.takes(pod, most, most, most))) return false;
  const fits = ({ id }: HostRecord): boolean => nodesIfFits(state, id, undefined, demand, false) !== null;
  return indexes.inOrder(role).first(0, hosts.length, cpuMillis, memoryBytes, fits) >= 0;
}
