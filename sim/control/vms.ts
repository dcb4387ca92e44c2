/**
 * A VM's way up and down, a state a step (vm-states.ts): guest networks, host, disk, virtual NICs and DHCP entries, mount,
 * start; stop, dismount, release; and, where it is to be destroyed or never ran, the end of all that was its own.
 */
import { sendDiskCommand, sendVmCommand } from './commands.js';
import { checkIdle, networkFailed, networksNeeded, applianceGone, applianceRuns } from './networks.js';
import { demandOf, nodesIfFits, onlySwitchesRefuse, serverFor } from './placement.js';
import { claimVlan, unbind } from './pod-binding.js';
import { checkProvisioned, ensureNic, leaveNic, provideDisk } from './provisioning.js';
import { REASONS, type Decision, type HostId, type Reason } from './ports.js';
import type { VmRecord } from './records.js';
import { dropRulesOf, ensureDhcp } from './rules.js';
import { dropSnapshots } from './snapshots.js';
import type { Step } from './step.js';
import { tellThrottle } from './throttling.js';

/** A policy whose choice does not hold is asked again this often in all: the world may have moved meanwhile. */
const ASK_AT_MOST = 3;

/** A VM in state `requested` sets out: at once, or when its guest networks stand. */
export function begin(step: Step, vm: VmRecord): void {
  if (vm.role === 'user' && vm.networks.length > 0) networksNeeded(step, vm);
  else networkReady(step, vm);
}

/** Its guest networks stand: it goes where its capacity is held, or a policy is asked. */
export function networkReady(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'network-ready');
  if (!vm.held) return ask(step, vm);
  const { host, nodes } = vm.held;
  step.emit({ at: step.now, kind: 'hold-ended', vm: vm.id, host });
  const demand = demandOf(step.state, vm);
  if (typeof demand === 'string' || nodesIfFits(step.state, host, nodes, demand) === null) return ask(step, vm);
  place(step, vm, host, nodes, null);
}

function ask(step: Step, vm: VmRecord): void {
  const demand = demandOf(step.state, vm);
  if (typeof demand === 'string') return refuse(step, vm, demand);
  const question = step.state.next.question;
  step.emit({ at: step.now, kind: 'asked', question, vm: vm.id });
  step.questions.push({ kind: 'place', number: question, vm: vm.id, account: vm.account, demand });
}

/** A policy's answer, held against the world as it is now; one that no longer waits for it is dropped. */
export function answered(step: Step, question: number, decision: Decision): void {
  const { state } = step;
  const id = state.questions.get(question);
  if (id === undefined) return;
  const vm = state.vm(id);
  const demand = demandOf(state, vm);
  if ('refuse' in decision) {
    const known = (REASONS as readonly string[]).includes(decision.refuse);
    const asPolicySaw = typeof demand === 'string' || decision.refuse !== 'no-capacity';
    if (!asPolicySaw && onlySwitchesRefuse(state, demand)) return refuse(step, vm, 'switch-vlans-exhausted');
    return refuse(step, vm, known ? decision.refuse : 'policy-failed');
  }
  const nodes = typeof demand === 'string' ? null : nodesIfFits(state, decision.host, decision.nodes, demand);
  if (nodes !== null) return place(step, vm, decision.host, nodes, question);
  if (vm.asked >= ASK_AT_MOST) return refuse(step, vm, 'policy-failed');
  ask(step, vm);
}

function place(step: Step, vm: VmRecord, host: HostId, nodes: readonly number[], question: number | null): void {
  const { state } = step;
  step.emit({ at: step.now, kind: 'placed', vm: vm.id, host, nodes, question });
  if (vm.role === 'router') claimVlan(step, state.network(vm.networks[0]!), state.host(host).pod);
  step.vmEvent(vm, 'place');
  if (vm.disk === null && vm.diskBytes > 0) provideDisk(step, vm, serverFor(state, vm, host)!);
  for (const network of vm.networks) ensureNic(step, state.network(network), host);
  if (vm.role === 'user') ensureDhcp(step, vm);
  checkProvisioned(step, vm);
}

export function mounted(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'mounted');
  tellThrottle(step, vm);
  sendVmCommand(step, 'start-vm', vm);
}

export function started(step: Step, vm: VmRecord): void {
  step.vmEvent(vm, 'started');
  step.endRequest(vm, 'done');
  if (vm.role === 'router') applianceRuns(step, step.state.network(vm.networks[0]!));
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
  if (vm.role === 'router') networkFailed(step, step.state.network(vm.networks[0]!), reason);
  step.vmEvent(vm, 'refuse', reason);
  step.endRequest(vm, 'refused', reason);
  afterStop(step, vm);
}

/** A step of the start, or a reboot, failed: the customer is told now, what was built is taken back. */
export function failed(step: Step, vm: VmRecord, reason: Reason): void {
  if (vm.role === 'router') networkFailed(step, step.state.network(vm.networks[0]!), reason);
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

/** Off its host. What it held there stays reserved for a while, where it is to be started again. */
export function dismounted(step: Step, vm: VmRecord): void {
  const { holdStoppedMicros } = step.state.config;
  const host = vm.host!;
  const stays = vm.goal === 'stopped' && vm.hasRun && !isHaltedToMove(step, vm);
  const held = stays && holdStoppedMicros > 0;
  step.emit({ at: step.now, kind: 'unplaced', vm: vm.id, host, heldUntil: held ? step.now + holdStoppedMicros : null });
  for (const network of vm.networks) leaveNic(step, step.state.network(network), host);
  step.vmEvent(vm, 'dismounted');
  afterStop(step, vm);
}

/** For a cold migration. */
export function isHaltedToMove({ state }: Step, { migration }: VmRecord): boolean {
  return migration !== null && state.migration(migration).state === 'halting';
}

/** The capacity of a stopped VM is free from now on. */
export function endHold(step: Step, vm: VmRecord): void {
  if (vm.held) step.emit({ at: step.now, kind: 'hold-ended', vm: vm.id, host: vm.held.host });
}

function afterStop(step: Step, vm: VmRecord): void {
  const stays = vm.goal === 'stopped' && vm.hasRun;
  if (!stays) destroy(step, vm);
  else if (!step.life.stopped(step, vm)) step.endRequest(vm, 'done');
  if (vm.role === 'user') for (const network of vm.networks) checkIdle(step, step.state.network(network));
}

/** A stopped VM's disk, snapshots and rules are collected; where there are none it is gone at once. */
export function destroy(step: Step, vm: VmRecord): void {
  const { state } = step;
  endHold(step, vm);
  step.vmEvent(vm, 'destroy');
  dropSnapshots(step, vm);
  dropRulesOf(step, vm);
  if (vm.disk !== null) {
    const disk = state.disk(vm.disk);
    if (disk.state === 'awaiting-template') step.diskEvent(disk, 'fail');
    else {
      step.diskEvent(disk, 'destroy');
      sendDiskCommand(step, 'destroy-disk', disk);
    }
  }
  checkGone(step, vm);
}

/** Disk, snapshots and rules may go in any order: with the last the VM is gone, and its addresses are free. */
export function checkGone(step: Step, vm: VmRecord): void {
  if (vm.state !== 'destroying' || vm.disk !== null || vm.rules.length > 0 || (vm.snapshots?.size ?? 0) > 0) return;
  for (const { name, address } of vm.interfaces)
    if (address !== null) step.emit({ at: step.now, kind: 'address-released', vm: vm.id, interface: name, address });
  step.vmEvent(vm, 'disk-destroyed');
  step.endRequest(vm, 'done');
  if (vm.role === 'router') applianceGone(step, step.state.network(vm.networks[0]!));
  else for (const network of vm.networks) unbind(step, step.state.network(network));
}
