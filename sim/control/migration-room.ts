/**
 * What a migrated VM needs where it is to go: compute, its guest networks, and room for its disk where that has to come along (to
 * another pod, or off a host's own disk).
 */
import { sendDiskCommand } from './commands.js';
import { demandOf, inBoth, nodesIfFits } from './placement.js';
import { podsForNetworks } from './pod-binding.js';
import type { Demand, HostId, Reason, ServerId } from './ports.js';
import type { MigrationRecord, VmRecord } from './records.js';
import type { ZoneState } from './state.js';
import type { Step } from './step.js';

/** Whether the VM's disk cannot stay where it is when the VM is on this host. */
export function diskMoves(state: ZoneState, vm: VmRecord, to: HostId): boolean {
  if (vm.disk === null) return false;
  const { host, pod } = state.servers[state.disk(vm.disk).server]!;
  return host === null ? pod !== state.host(to).pod : host !== to;
}

/** What it asks of a host; `along`: of one that its disk comes along to. */
export function demandThere(state: ZoneState, vm: VmRecord, along: boolean): Demand | Reason {
  if (!along || vm.disk === null) return demandOf(state, vm);
  if ((vm.snapshots?.size ?? 0) > 0) return 'has-snapshots';
  const { cpuMillis, memoryBytes, networks, role, localDisk } = vm;
  const { bytes } = state.disk(vm.disk);
  const allowed = podsForNetworks(state, vm);
  if (typeof allowed === 'string') return allowed;
  const pods = inBoth(localDisk ? null : state.room.podsFor(bytes), allowed);
  if (pods?.length === 0) return 'storage-full';
  const { bridgeMemoryBytes: bridgeBytes } = state.config;
  const localBytes = localDisk ? bytes : 0;
  return { cpuMillis, memoryBytes, bridgeBytes, networks, role, pods, host: null, localBytes };
}

/** Nodes that would take it at the destination; or why it cannot go there now. */
export function objectionTo(state: ZoneState, vm: VmRecord, to: HostId): readonly number[] | Reason {
  if (vm.host === to) return 'already-there';
  const no = cannotGo(state, vm, to);
  if (typeof no === 'string') return no;
  const nodes = nodesIfFits(state, to, undefined, no);
  if (nodes !== null) return nodes;
  const onlySwitches = nodesIfFits(state, to, undefined, no, false) !== null;
  return onlySwitches ? 'switch-vlans-exhausted' : 'no-capacity';
}

/** Why a VM that is off cannot be moved there; null: it can. It has no disk to move: it is there already. */
export function objectionToDisk(state: ZoneState, vm: VmRecord, to: HostId): Reason | null {
  if (!diskMoves(state, vm, to)) return 'already-there';
  const no = cannotGo(state, vm, to);
  return typeof no === 'string' ? no : null;
}

function cannotGo(state: ZoneState, vm: VmRecord, to: HostId): Demand | Reason {
  const { pod, inService } = state.host(to);
  if (!inService) return 'host-out-of-service';
  const along = diskMoves(state, vm, to);
  const demand = demandThere(state, vm, along);
  if (typeof demand === 'string') return demand;
  const bound = podsForNetworks(state, vm);
  if (Array.isArray(bound) && !bound.includes(pod)) return 'unsupported';
  if (along && serverThere(state, vm, to) === null) return 'storage-full';
  return demand;
}

/** The server for its disk there: the host's own, or the roomiest of the pod; null: none has room. */
function serverThere(state: ZoneState, vm: VmRecord, to: HostId): ServerId | null {
  const { bytes } = state.disk(vm.disk!);
  if (!vm.localDisk) return state.room.roomiest(state.host(to).pod, bytes);
  const server = state.localServerOf[to]!;
  return server >= 0 && state.servers[server]!.freeBytes >= bytes ? server : null;
}

/** A disk there for what the VM's own has, which it will come to have in its place; where that moves. There is room. */
export function provideDiskThere(
  step: Step,
  migration: MigrationRecord,
  vm: VmRecord,
  command: 'create-disk' | 'copy-disk',
): void {
  const { state } = step;
  const to = migration.to!;
  if (!diskMoves(state, vm, to)) return;
  const { bytes } = state.disk(vm.disk!);
  const server = serverThere(state, vm, to)!;
  const disk = state.next.disk;
  step.emit({ at: step.now, kind: 'migration-disk', migration: migration.id, vm: vm.id, disk, server, bytes });
  step.diskEvent(state.disk(disk), 'create');
  sendDiskCommand(step, command, state.disk(disk));
}

/** The disk that the migration brought, or left behind, is collected. False: there is none. */
export function collectDisk(step: Step, { disk: id }: MigrationRecord): boolean {
  if (id === null) return false;
  const disk = step.state.disk(id);
  step.diskEvent(disk, 'destroy');
  sendDiskCommand(step, 'destroy-disk', disk);
  return true;
}
