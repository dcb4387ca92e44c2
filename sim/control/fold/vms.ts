/** VMs in the fold: records, states, sizes, where they are and what they hold there. */
import { assert } from '../../base/assert.js';
import { arrivalKey } from '../arrival-key.js';
import type { NetworkId } from '../ports.js';
import type { InterfaceRecord, VmRecord, VmSize } from '../records.js';
import { DEADLINE, type ZoneState } from '../state.js';
import { UNTHROTTLED } from '../throttle.js';
import type { VmState } from '../vm-states.js';
import { occupy } from './hosts.js';
import { moved, type Of } from './moved.js';
import { countPlaced } from './maintenances.js';
import { noteChanged } from './rounds.js';
import { noteThrottle } from './throttles.js';

const NOWHERE: readonly number[] = [];
const NONE: readonly number[] = [];

export function applyVm(state: ZoneState, tx: Of<'vm'>): void {
  state.vms.set(tx.vm, {
    id: tx.vm,
    name: tx.name,
    account: tx.account,
    networks: tx.networks,
    role: tx.role,
    offering: tx.offering,
    cpuMillis: tx.cpuMillis,
    memoryBytes: tx.memoryBytes,
    diskBytes: tx.diskBytes,
    localDisk: tx.storage === 'local',
    template: tx.template,
    interfaces: interfacesOf(tx),
    state: 'destroyed',
    request: null,
    host: null,
    nodes: NOWHERE,
    held: null,
    resize: null,
    throttle: UNTHROTTLED,
    throttled: true,
    awaited: null,
    migration: null,
    disk: null,
    snapshots: null,
    rules: NONE,
    question: null,
    asked: 0,
    hasRun: false,
    goal: tx.role === 'router' ? 'destroyed' : 'stopped',
    command: null,
  });
  state.next.vm = tx.vm + 1;
  if (tx.role === 'router') state.network(tx.networks[0]!).appliance.vm = tx.vm;
  else {
    state.accounts[tx.account]!.vms.set(tx.name, tx.vm);
    for (const network of tx.networks) state.network(network).vms.add(tx.vm);
  }
}

function interfacesOf({ networks, role }: Of<'vm'>): InterfaceRecord[] {
  const interfaces: InterfaceRecord[] = [];
  const add = (network: NetworkId | null): number =>
    interfaces.push({ name: nameOf(interfaces.length), network, address: null });
  for (const network of networks) add(network);
  // The management network, and the public one.
  if (role === 'router') for (let at = 0; at < 2; at++) add(null);
  return interfaces;
}

const NAMES = ['eth0', 'eth1', 'eth2', 'eth3'];

function nameOf(at: number): string {
  return NAMES[at] ?? `eth${at}`;
}

/** Whether a VM in this state keeps its guest networks in use. */
function isActive(vmState: VmState): boolean {
  return vmState !== 'stopped' && vmState !== 'moving' && vmState !== 'destroying' && vmState !== 'destroyed';
}

export function applyVmState(state: ZoneState, tx: Of<'vm-state'>): void {
  const vm = state.vm(tx.vm);
  vm.state = moved(tx, vm.state);
  if (tx.from === 'placing') closeQuestion(state, vm);
  if (tx.to === 'requested') vm.asked = 0;
  if (tx.to === 'running') vm.hasRun = true;
  if (tx.to === 'running' || tx.from === 'running') noteThrottle(state, vm);
  if (vm.role === 'user') {
    const change = Number(isActive(tx.to)) - Number(isActive(tx.from));
    for (const id of vm.networks) {
      const network = state.network(id);
      network.active += change;
      if (tx.to === 'requested') network.waiting.add(vm.id);
      else if (tx.from === 'requested') network.waiting.delete(vm.id);
      if (tx.to === 'destroyed') network.vms.delete(vm.id);
    }
  }
  if (tx.to !== 'destroyed') return;
  state.vms.delete(vm.id);
  if (vm.awaited !== null) state.awaited.delete(arrivalKey(vm.awaited.zone, vm.awaited.migration));
  if (vm.role === 'user') state.accounts[vm.account]!.vms.delete(vm.name);
}

export function applyAsked(state: ZoneState, tx: Of<'asked'>): void {
  const vm = state.vm(tx.vm);
  vm.question = tx.question;
  vm.asked++;
  state.questions.set(tx.question, tx.vm);
  state.next.question = tx.question + 1;
}

function closeQuestion(state: ZoneState, vm: VmRecord): void {
  if (vm.question !== null) state.questions.delete(vm.question);
  vm.question = null;
}

/** Onto the host; what it held there or elsewhere is no longer held beside it. */
export function applyPlaced(state: ZoneState, tx: Of<'placed'>): void {
  const vm = state.vm(tx.vm);
  if (vm.held) endHold(state, vm);
  vm.host = tx.host;
  vm.nodes = tx.nodes;
  occupy(state, tx.host, tx.nodes, vm.cpuMillis, vm.memoryBytes, 1);
  state.indexes.vmMoved(vm, tx.host, 1);
  noteChanged(state, vm.networks);
  countPlaced(state, tx.host, 1);
  for (const network of vm.networks) {
    const { placed } = state.network(network);
    const there = placed.get(tx.host);
    if (there) there.push(vm.id);
    else placed.set(tx.host, [vm.id]);
  }
}

export function applyUnplaced(state: ZoneState, tx: Of<'unplaced'>): void {
  const vm = state.vm(tx.vm);
  assert(vm.host === tx.host, 'unplaced from where it is');
  if (tx.heldUntil === null) occupy(state, tx.host, vm.nodes, vm.cpuMillis, vm.memoryBytes, -1);
  else {
    vm.held = { host: tx.host, nodes: vm.nodes, until: tx.heldUntil };
    state.addDeadline(tx.heldUntil, DEADLINE.hold, vm.id);
  }
  state.indexes.vmMoved(vm, tx.host, -1);
  noteChanged(state, vm.networks);
  countPlaced(state, tx.host, -1);
  vm.host = null;
  vm.nodes = NOWHERE;
  for (const network of vm.networks) {
    const { placed } = state.network(network);
    const there = placed.get(tx.host)!;
    there.splice(there.indexOf(vm.id), 1);
    if (there.length === 0) placed.delete(tx.host);
  }
}

export function applyHoldEnded(state: ZoneState, tx: Of<'hold-ended'>): void {
  const vm = state.vm(tx.vm);
  assert(vm.held?.host === tx.host, 'a hold ends where it is');
  endHold(state, vm);
}

function endHold(state: ZoneState, vm: VmRecord): void {
  const { host, nodes } = vm.held!;
  occupy(state, host, nodes, vm.cpuMillis, vm.memoryBytes, -1);
  vm.held = null;
}

/** It holds room for the larger of both sizes until it is settled which one it has. */
export function applyResize(state: ZoneState, tx: Of<'vm-resize'>): void {
  const vm = state.vm(tx.vm);
  assert(vm.resize === null && vm.host !== null, () => `VM ${vm.id} is resized twice, or nowhere`);
  vm.resize = { from: sizeOf(vm), to: sizeOf(tx) };
  take(state, vm, Math.max(vm.cpuMillis, tx.cpuMillis), Math.max(vm.memoryBytes, tx.memoryBytes));
}

export function applySize(state: ZoneState, tx: Of<'vm-size'>): void {
  const vm = state.vm(tx.vm);
  assert(vm.held === null, () => `VM ${vm.id} gets a size while capacity is held for it`);
  vm.resize = null;
  vm.offering = tx.offering;
  take(state, vm, tx.cpuMillis, tx.memoryBytes);
  noteThrottle(state, vm);
}

/** From what it holds to this much, where it is. */
function take(state: ZoneState, vm: VmRecord, cpuMillis: number, memoryBytes: number): void {
  if (vm.host !== null) occupy(state, vm.host, vm.nodes, cpuMillis - vm.cpuMillis, memoryBytes - vm.memoryBytes, 1);
  vm.cpuMillis = cpuMillis;
  vm.memoryBytes = memoryBytes;
}

function sizeOf({ offering, cpuMillis, memoryBytes }: VmSize): VmSize {
  return { offering, cpuMillis, memoryBytes };
}
