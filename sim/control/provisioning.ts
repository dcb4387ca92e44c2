/**
 * What a VM needs beside a host before it can start: its virtual disk (and the template that this begins as), a virtual NIC
 * and bridge of each of its guest networks on the host, its DHCP entries. They come in any order; whoever comes last moves
 * the VM on.
 */
import { sendCopyCommand, sendDiskCommand, sendNicCommand, sendVmCommand } from './commands.js';
import { bridgeNode } from './hosts.js';
import type { HostId, Reason, ServerId } from './ports.js';
import type { CopyRecord, DiskRecord, NetworkRecord, VmRecord } from './records.js';
import { dhcpPresent } from './rules.js';
import type { Step } from './step.js';

/** A disk for the VM on this server, which has room: cloned from its template, which is copied there first where it is not. */
export function provideDisk(step: Step, vm: VmRecord, server: ServerId): void {
  const { state } = step;
  const copy = vm.template === null ? null : templateOn(step, vm.template, server);
  step.emit({
    at: step.now,
    kind: 'disk',
    disk: state.next.disk,
    vm: vm.id,
    server,
    bytes: vm.diskBytes,
    copy: copy?.id ?? null,
  });
  const disk = state.disk(vm.disk!);
  if (copy?.state === 'copying') step.diskEvent(disk, 'await');
  else createDisk(step, disk);
}

function templateOn(step: Step, template: number, server: ServerId): CopyRecord {
  const { state } = step;
  const there = state.servers[server]!.copies.get(template);
  if (there === undefined) {
    const { bytes } = state.config.templates[template]!;
    step.emit({ at: step.now, kind: 'template-copy', copy: state.next.copy, template, server, bytes });
  }
  const copy = state.copy(there ?? state.next.copy - 1);
  if (copy.state === 'absent' || copy.state === 'removing') {
    step.copyEvent(copy, 'copy');
    sendCopyCommand(step, 'copy-template', copy);
  }
  return copy;
}

export function copied(step: Step, copy: CopyRecord): void {
  step.copyEvent(copy, 'copied');
  for (const disk of [...copy.waiting]) createDisk(step, step.state.disk(disk));
}

/** Whoever waited for the template cannot start. A silent agent may have it. */
export function copyFailed(step: Step, copy: CopyRecord, reason: Reason): void {
  const waiting = [...copy.waiting];
  step.copyEvent(copy, reason === 'agent-silent' ? 'remove' : 'fail');
  if (copy.state === 'removing') sendCopyCommand(step, 'remove-template', copy);
  for (const disk of waiting) diskFailed(step, step.state.disk(disk), reason);
}

function createDisk(step: Step, disk: DiskRecord): void {
  step.diskEvent(disk, 'create');
  sendDiskCommand(step, 'create-disk', disk);
}

/** An agent that said no has no disk; a silent one may have it: then the VM's end collects it. */
export function diskFailed(step: Step, disk: DiskRecord, reason: Reason): void {
  const vm = step.state.vm(disk.vm);
  if (reason !== 'agent-silent' || disk.state === 'awaiting-template') step.diskEvent(disk, 'fail');
  step.life.failed(step, vm, reason);
}

export function diskGone(step: Step, disk: DiskRecord): void {
  const vm = step.state.vm(disk.vm);
  step.diskEvent(disk, 'destroyed');
  step.life.checkGone(step, vm);
}

export function ensureNic(step: Step, network: NetworkRecord, host: HostId): void {
  const { state } = step;
  // One that is there, or on its way, will do; one on its way out is added again when it is gone.
  if (network.nics.has(host)) return;
  const nic = state.nic(createNic(step, network, host));
  step.nicEvent(nic, 'add');
  sendNicCommand(step, 'add-nic', nic);
}

/** The record of one; its memory is taken with its first event. */
export function createNic(
  step: Step,
  network: NetworkRecord,
  host: HostId,
  memoryBytes = step.state.config.bridgeMemoryBytes,
): number {
  const { next, hosts } = step.state;
  const id = next.nic;
  const node = bridgeNode(hosts[host]!);
  step.emit({ at: step.now, kind: 'nic', nic: id, network: network.id, host, node, memoryBytes });
  return id;
}

export function leaveNic(step: Step, network: NetworkRecord, host: HostId): void {
  if (network.placed.has(host) || network.kept.has(host)) return;
  const nic = step.state.nicOn(network, host);
  if (!nic || nic.state === 'removing') return;
  step.nicEvent(nic, 'remove');
  sendNicCommand(step, 'remove-nic', nic);
}

/** After a change of the virtual NIC on `host`: the VMs there that waited for it go on. */
export function nicChanged(step: Step, network: NetworkRecord, host: HostId): void {
  for (const id of [...(network.placed.get(host) ?? [])]) checkProvisioned(step, step.state.vm(id));
  step.life.nicChanged(step, network, host);
}

export function nicFailed(step: Step, network: NetworkRecord, host: HostId, reason: Reason): void {
  for (const id of [...(network.placed.get(host) ?? [])]) {
    const vm = step.state.vms.get(id);
    if (vm?.state === 'provisioning') step.life.failed(step, vm, reason);
  }
  step.life.nicFailed(step, network, host, reason);
}

export function checkProvisioned(step: Step, vm: VmRecord): void {
  const { state } = step;
  if (vm.state !== 'provisioning') return;
  if (vm.disk !== null && state.disk(vm.disk).state !== 'ready') return;
  for (const network of vm.networks) if (state.nicOn(state.network(network), vm.host!)?.state !== 'present') return;
  if (vm.role === 'user' && !dhcpPresent(state, vm)) return;
  if (vm.awaited !== null) return admitted(step, vm);
  step.vmEvent(vm, 'provisioned');
  if (vm.disk !== null) sendVmCommand(step, 'mount-disk', vm);
  else step.life.mounted(step, vm);
}

/** Everything is there but what its disk is to hold: the zone that hands it over is told, and it waits. */
function admitted(step: Step, vm: VmRecord): void {
  if (vm.awaited!.ready) return;
  const disk = vm.disk === null ? null : step.state.disk(vm.disk);
  const place = { disk: disk?.id ?? null, server: disk?.server ?? null };
  step.emit({ at: step.now, kind: 'vm-admitted', vm: vm.id, request: vm.request!, ...place });
  step.endRequest(vm, 'done');
}
