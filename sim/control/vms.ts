/**
 * A VM's way up and down, a state a step (vm-states.ts): guest network, host, disk and virtual NIC, mount, start; stop,
 * dismount, release; and, where it is to be destroyed or never ran, its disk's end.
 */
import { sendDiskCommand, sendNicCommand, sendVmCommand } from './commands.js';
import { bridgeNode } from './hosts.js';
import { checkIdle, checkShut, networkFailed, networkNeeded, applianceGone, applianceRuns } from './networks.js';
import { demandOf, nodesIfFits, podsWithStorage, roomiest } from './placement.js';
import type { Answer, HostId, NetworkId, Reason } from './ports.js';
import { REASONS } from './ports.js';
import type { NetworkRecord, VmRecord } from './state.js';
import type { Step } from './step.js';

/** A policy whose choice does not hold is asked again this often in all: the world may have moved meanwhile. */
const ASK_AT_MOST = 3;

/** A VM in state `requested` sets out: at once, or when its guest network stands. */
export function begin(step: Step, vm: VmRecord): void {
  if (vm.role === 'user' && vm.network !== null) networkNeeded(step, step.state.network(vm.network), vm);
  else networkReady(step, vm);
}

export function networkReady(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'network-ready');
  ask(step, vm);
}

function ask(step: Step, vm: VmRecord): void {
  const pods = podsWithStorage(step.state, vm);
  if (pods !== null && pods.length === 0) return refuse(step, vm, 'storage-full');
  const question = step.state.next.question;
  step.emit({ kind: 'asked', question, vm: vm.id });
  step.questions.push({
    kind: 'place',
    number: question,
    vm: vm.id,
    account: vm.account,
    demand: demandOf(step.state, vm, pods),
  });
}

/** A policy's answer, held against the world as it is now; one that no longer waits for it is dropped. */
export function answered(step: Step, { question, decision }: Answer): void {
  const { state } = step;
  const id = state.questions.get(question);
  if (id === undefined) return;
  const vm = state.vm(id);
  if ('refuse' in decision) {
    const known = (REASONS as readonly string[]).includes(decision.refuse);
    return refuse(step, vm, known ? decision.refuse : 'policy-failed');
  }
  const demand = demandOf(state, vm, podsWithStorage(state, vm));
  const nodes = nodesIfFits(state, decision.host, decision.nodes, demand);
  if (nodes !== null) return place(step, vm, decision.host, nodes, question);
  if (vm.asked >= ASK_AT_MOST) return refuse(step, vm, 'policy-failed');
  ask(step, vm);
}

function place(step: Step, vm: VmRecord, host: HostId, nodes: readonly number[], question: number): void {
  const { state } = step;
  step.emit({ kind: 'placed', vm: vm.id, host, nodes, question });
  step.vmEvent(vm, 'place');
  if (vm.disk === null && vm.diskBytes > 0) {
    const server = roomiest(state, state.host(host).pod, vm.diskBytes)!;
    step.emit({ kind: 'disk', disk: state.next.disk, vm: vm.id, server, bytes: vm.diskBytes });
    const disk = state.disk(vm.disk!);
    step.diskEvent(disk, 'create');
    sendDiskCommand(step, 'create-disk', disk);
  }
  if (vm.network !== null) ensureNic(step, vm.network, host);
  checkProvisioned(step, vm);
}

function ensureNic(step: Step, networkId: NetworkId, host: HostId): void {
  const { state } = step;
  // One that is there, or on its way, will do; one on its way out is added again when it is gone.
  if (state.network(networkId).nics.has(host)) return;
  const node = bridgeNode(state.host(host));
  const memoryBytes = state.config.bridgeMemoryBytes;
  const id = state.next.nic;
  step.emit({ kind: 'nic', nic: id, network: networkId, host, node, memoryBytes });
  const nic = state.nic(id);
  step.nicEvent(nic, 'add');
  sendNicCommand(step, 'add-nic', nic);
}

/** Disk and virtual NIC may come in any order: whoever comes last moves the VM on. */
export function checkProvisioned(step: Step, vm: VmRecord): void {
  const { state } = step;
  if (vm.state !== 'provisioning') return;
  if (vm.disk !== null && state.disk(vm.disk).state !== 'ready') return;
  if (vm.network !== null && state.nicOn(state.network(vm.network), vm.host!)?.state !== 'present') return;
  step.vmEvent(vm, 'provisioned');
  if (vm.disk !== null) sendVmCommand(step, 'mount-disk', vm);
  else mounted(step, vm);
}

/** After a change of the virtual NIC on `host`: the VMs there that waited for it go on. */
export function nicChanged(step: Step, network: NetworkRecord, host: HostId): void {
  for (const id of [...(network.placed.get(host) ?? [])]) checkProvisioned(step, step.state.vm(id));
}

export function nicFailed(step: Step, network: NetworkRecord, host: HostId, reason: Reason): void {
  for (const id of [...(network.placed.get(host) ?? [])]) {
    const vm = step.state.vms.get(id);
    if (vm?.state === 'provisioning') failed(step, vm, reason);
  }
}

/** Gone from the host: added again for VMs that came meanwhile, else the guest network may be ready to shut. */
export function nicGone(step: Step, network: NetworkRecord, host: HostId): void {
  if (network.placed.has(host)) ensureNic(step, network.id, host);
  else checkShut(step, network);
}

export function mounted(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'mounted');
  sendVmCommand(step, 'start-vm', vm);
}

export function started(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'started');
  step.endRequest(vm, 'done');
  if (vm.role === 'router') applianceRuns(step, step.state.network(vm.network!));
}

export function rebooted(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'rebooted');
  step.endRequest(vm, 'done');
}

export function stop(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'stop');
  sendVmCommand(step, 'stop-vm', vm);
}

export function reboot(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'reboot');
  sendVmCommand(step, 'reboot-vm', vm);
}

/** The start cannot go on before anything was built. */
export function refuse(step: Step, vm: VmRecord, reason: Reason): void {
  if (vm.role === 'router') networkFailed(step, step.state.network(vm.network!), reason);
  step.vmEvent(vm, 'refuse', reason);
  step.endRequest(vm, 'refused', reason);
  afterStop(step, vm);
}

/** A step of the start, or a reboot, failed: the customer is told now, what was built is taken back. */
export function failed(step: Step, vm: VmRecord, reason: Reason): void {
  if (vm.role === 'router') networkFailed(step, step.state.network(vm.network!), reason);
  const from = vm.state;
  step.vmEvent(vm, 'fail', reason);
  step.endRequest(vm, 'failed', reason);
  if (vm.state === 'stopping') sendVmCommand(step, 'stop-vm', vm);
  else if (from === 'mounting') sendVmCommand(step, 'dismount-disk', vm);
  else dismounted(step, vm);
}

export function halted(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'halted');
  if (vm.disk !== null) sendVmCommand(step, 'dismount-disk', vm);
  else dismounted(step, vm);
}

export function dismounted(step: Step, vm: VmRecord): void {
  const host = vm.host!;
  step.emit({ kind: 'unplaced', vm: vm.id, host });
  if (vm.network !== null) leaveNic(step, step.state.network(vm.network), host);
  step.vmEvent(vm, 'dismounted');
  afterStop(step, vm);
}

function leaveNic(step: Step, network: NetworkRecord, host: HostId): void {
  if (network.placed.has(host)) return;
  const nic = step.state.nicOn(network, host);
  if (!nic || nic.state === 'removing') return;
  step.nicEvent(nic, 'remove');
  sendNicCommand(step, 'remove-nic', nic);
}

function afterStop(step: Step, vm: VmRecord): void {
  if (vm.goal === 'stopped' && vm.hasRun) step.endRequest(vm, 'done');
  else destroy(step, vm);
  if (vm.role === 'user' && vm.network !== null) checkIdle(step, step.state.network(vm.network));
}

/** A stopped VM's disk is collected; one without a disk is gone at once. */
export function destroy(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'destroy');
  if (vm.disk === null) return diskGone(step, vm);
  const disk = step.state.disk(vm.disk);
  step.diskEvent(disk, 'destroy');
  sendDiskCommand(step, 'destroy-disk', disk);
}

export function diskGone(step: Step, vm: VmRecord): void {
  for (const name of ['eth0', 'eth1', 'eth2'] as const) {
    const address = vm[name];
    if (address !== null) step.emit({ kind: 'address-released', vm: vm.id, interface: name, address });
  }
  step.vmEvent(vm, 'disk-destroyed');
  step.endRequest(vm, 'done');
  if (vm.role === 'router') applianceGone(step, step.state.network(vm.network!));
}
