/**
 * The fold: the one place that changes a zone's state, a transaction at a time. Guarantees that folding a plane's
 * history into a new state gives the state that the plane has.
 */
import { assert, unreachable } from '../base/assert.js';
import type { ZoneConfig } from './config.js';
import type { Transaction } from './history.js';
import { IntegerPool } from './integer-pool.js';
import type { VmId } from './ports.js';
import { DEADLINE, ZoneState } from './state.js';
import type { NetworkRecord, VmRecord } from './state.js';
import type { VmState } from './vm-states.js';

type Of<Kind extends Transaction['kind']> = Extract<Transaction, { kind: Kind }>;

export function foldHistory(config: ZoneConfig, history: Iterable<Transaction>): ZoneState {
  const state = new ZoneState(config);
  for (const transaction of history) applyTransaction(state, transaction);
  return state;
}

export function applyTransaction(state: ZoneState, tx: Transaction): void {
  switch (tx.kind) {
    case 'request':
      return applyRequest(state, tx);
    case 'request-ended':
      state.requests.delete(tx.request);
      if (tx.vm !== null) {
        const vm = state.vms.get(tx.vm);
        if (vm?.request === tx.request) vm.request = null;
      }
      return;
    case 'account':
      assert(tx.account === state.accounts.length, 'accounts are numbered in order');
      state.accounts.push({ id: tx.account, name: tx.name, networks: [], vms: new Map() });
      state.accountByName.set(tx.name, tx.account);
      return;
    case 'network':
      return applyNetwork(state, tx);
    case 'vlan-assigned':
      state.vlans.take(tx.vlan);
      state.network(tx.network).vlan = tx.vlan;
      return;
    case 'vlan-released':
      state.vlans.release(tx.vlan);
      state.network(tx.network).vlan = null;
      return;
    case 'network-state':
      state.network(tx.network).state = moved(tx, state.network(tx.network).state);
      return;
    case 'appliance-state':
      return applyApplianceState(state, tx);
    case 'vm':
      return applyVm(state, tx);
    case 'vm-state':
      return applyVmState(state, tx);
    case 'address-assigned':
      return applyAddress(state, tx, true);
    case 'address-released':
      return applyAddress(state, tx, false);
    case 'asked': {
      const vm = state.vm(tx.vm);
      vm.question = tx.question;
      vm.asked++;
      state.questions.set(tx.question, tx.vm);
      state.next.question = tx.question + 1;
      return;
    }
    case 'placed':
      return applyPlaced(state, tx);
    case 'unplaced':
      return applyUnplaced(state, tx);
    case 'disk':
      state.disks.set(tx.disk, {
        id: tx.disk,
        vm: tx.vm,
        server: tx.server,
        bytes: tx.bytes,
        state: 'absent',
        command: null,
      });
      state.vm(tx.vm).disk = tx.disk;
      state.next.disk = tx.disk + 1;
      return;
    case 'disk-state':
      return applyDiskState(state, tx);
    case 'nic':
      state.nics.set(tx.nic, {
        id: tx.nic,
        network: tx.network,
        host: tx.host,
        node: tx.node,
        memoryBytes: tx.memoryBytes,
        state: 'absent',
        command: null,
      });
      state.network(tx.network).nics.set(tx.host, tx.nic);
      state.next.nic = tx.nic + 1;
      return;
    case 'nic-state':
      return applyNicState(state, tx);
    case 'command':
    case 'command-repeated':
    case 'command-ended':
      return applyCommand(state, tx);
    default:
      return unreachable(tx, 'fold');
  }
}

function moved<State>(tx: { from: State; to: State }, present: State): State {
  assert(present === tx.from, () => `transaction from ${String(tx.from)}, but the state is ${String(present)}`);
  return tx.to;
}

function applyRequest(state: ZoneState, tx: Of<'request'>): void {
  state.requests.set(tx.request, { id: tx.request, type: tx.type, ref: tx.ref, vm: tx.vm });
  state.next.request = tx.request + 1;
  if (tx.vm === null) return;
  const vm = state.vm(tx.vm);
  vm.request = tx.request;
  if (tx.type === 'destroy') vm.goal = 'destroyed';
}

function applyNetwork(state: ZoneState, tx: Of<'network'>): void {
  assert(tx.network === state.networks.length, 'guest networks are numbered in order');
  state.networks.push({
    id: tx.network,
    account: tx.account,
    state: 'allocated',
    vlan: null,
    appliance: { state: 'absent', vm: null, collectAt: null },
    waiting: new Set(),
    active: 0,
    placed: new Map(),
    nics: new Map(),
    addresses: new IntegerPool(state.config.guestRanges),
  });
  state.accounts[tx.account]!.networks.push(tx.network);
}

function applyApplianceState(state: ZoneState, tx: Of<'appliance-state'>): void {
  const appliance = state.network(tx.network).appliance;
  appliance.state = moved(tx, appliance.state);
  appliance.collectAt = tx.collectAt;
  if (tx.to === 'absent') appliance.vm = null;
  if (tx.collectAt !== null) state.addDeadline(tx.collectAt, DEADLINE.collect, tx.network);
}

function applyVm(state: ZoneState, tx: Of<'vm'>): void {
  state.vms.set(tx.vm, {
    id: tx.vm,
    name: tx.name,
    account: tx.account,
    network: tx.network,
    role: tx.role,
    cpuMillis: tx.cpuMillis,
    memoryBytes: tx.memoryBytes,
    diskBytes: tx.diskBytes,
    state: 'destroyed',
    request: null,
    host: null,
    nodes: [],
    disk: null,
    question: null,
    asked: 0,
    hasRun: false,
    goal: tx.role === 'router' ? 'destroyed' : 'stopped',
    eth0: null,
    eth1: null,
    eth2: null,
    command: null,
  });
  state.next.vm = tx.vm + 1;
  if (tx.role === 'router') state.network(tx.network!).appliance.vm = tx.vm;
  else state.accounts[tx.account]!.vms.set(tx.name, tx.vm);
}

/** Whether a VM in this state keeps its guest network in use. */
function isActive(vmState: VmState): boolean {
  return vmState !== 'stopped' && vmState !== 'destroying' && vmState !== 'destroyed';
}

function applyVmState(state: ZoneState, tx: Of<'vm-state'>): void {
  const vm = state.vm(tx.vm);
  vm.state = moved(tx, vm.state);
  if (tx.from === 'placing') closeQuestion(state, vm);
  if (tx.to === 'requested') vm.asked = 0;
  if (tx.to === 'running') vm.hasRun = true;
  if (vm.network !== null && vm.role === 'user') {
    const network = state.network(vm.network);
    network.active += Number(isActive(tx.to)) - Number(isActive(tx.from));
    if (tx.to === 'requested') network.waiting.add(vm.id);
    else if (tx.from === 'requested') network.waiting.delete(vm.id);
  }
  if (tx.to === 'destroyed') {
    state.vms.delete(vm.id);
    if (vm.role === 'user') state.accounts[vm.account]!.vms.delete(vm.name);
  }
}

function closeQuestion(state: ZoneState, vm: VmRecord): void {
  if (vm.question !== null) state.questions.delete(vm.question);
  vm.question = null;
}

function applyAddress(state: ZoneState, tx: Of<'address-assigned'> | Of<'address-released'>, taken: boolean): void {
  const vm = state.vm(tx.vm);
  vm[tx.interface] = taken ? tx.address : null;
  // The gateway address belongs to the routing appliance without being in the pool.
  if (tx.interface === 'eth0' && vm.role === 'router') return;
  const pool =
    tx.interface === 'eth0'
      ? state.network(vm.network!).addresses
      : tx.interface === 'eth1'
        ? state.managementAddresses
        : state.publicAddresses;
  if (taken) pool.take(tx.address);
  else pool.release(tx.address);
}

function applyPlaced(state: ZoneState, tx: Of<'placed'>): void {
  const vm = state.vm(tx.vm);
  vm.host = tx.host;
  vm.nodes = tx.nodes;
  occupy(state, vm, 1);
  if (vm.network === null) return;
  const placed = state.network(vm.network).placed;
  const there = placed.get(tx.host);
  if (there) there.add(vm.id);
  else placed.set(tx.host, new Set<VmId>([vm.id]));
}

function applyUnplaced(state: ZoneState, tx: Of<'unplaced'>): void {
  const vm = state.vm(tx.vm);
  assert(vm.host === tx.host, 'unplaced from where it is');
  occupy(state, vm, -1);
  vm.host = null;
  vm.nodes = [];
  if (vm.network === null) return;
  const placed = state.network(vm.network).placed;
  const there = placed.get(tx.host)!;
  there.delete(vm.id);
  if (there.size === 0) placed.delete(tx.host);
}

function occupy(state: ZoneState, vm: VmRecord, sign: 1 | -1): void {
  const host = state.host(vm.host!);
  const parts = vm.nodes.length;
  for (const at of vm.nodes) {
    const node = host.nodes[at]!;
    node.freeCpuMillis -= (sign * vm.cpuMillis) / parts;
    node.freeMemoryBytes -= (sign * vm.memoryBytes) / parts;
    assert(node.freeCpuMillis >= 0 && node.freeMemoryBytes >= 0, () => `host ${host.name} node ${at} over capacity`);
  }
  state.indexes.hostChanged(host.id);
  state.indexes.vmMoved(vm, host.id, sign);
}

function applyDiskState(state: ZoneState, tx: Of<'disk-state'>): void {
  const disk = state.disk(tx.disk);
  disk.state = moved(tx, disk.state);
  if (tx.from === 'absent') state.servers[disk.server]!.freeBytes -= disk.bytes;
  if (tx.to === 'absent') {
    state.servers[disk.server]!.freeBytes += disk.bytes;
    state.disks.delete(disk.id);
    state.vm(disk.vm).disk = null;
  }
  if (tx.from === 'absent' || tx.to === 'absent') state.room.changed(state.servers[disk.server]!.pod);
}

function applyNicState(state: ZoneState, tx: Of<'nic-state'>): void {
  const nic = state.nic(tx.nic);
  nic.state = moved(tx, nic.state);
  const host = state.host(nic.host);
  const node = host.nodes[nic.node]!;
  if (tx.from === 'absent') node.freeMemoryBytes -= nic.memoryBytes;
  if (tx.to === 'absent') {
    node.freeMemoryBytes += nic.memoryBytes;
    dropNic(state, state.network(nic.network), nic.id, nic.host);
  }
  assert(node.freeMemoryBytes >= 0, () => `host ${host.name}: no memory for a virtual NIC`);
  state.indexes.hostChanged(host.id);
}

function dropNic(state: ZoneState, network: NetworkRecord, nic: number, host: number): void {
  state.nics.delete(nic);
  network.nics.delete(host);
}

function applyCommand(state: ZoneState, tx: Of<'command'> | Of<'command-repeated'> | Of<'command-ended'>): void {
  if (tx.kind === 'command') {
    const { command: id, type, subject, host, server, attempt, deadline } = tx;
    state.commands.set(id, { id, type, subject, host, server, attempt, deadline });
    state.next.command = id + 1;
    subjectOf(state, type, subject).command = id;
    state.addDeadline(deadline, DEADLINE.command, id);
    return;
  }
  const command = state.commands.get(tx.command);
  assert(command, () => `no command ${tx.command}`);
  if (tx.kind === 'command-repeated') {
    command.attempt = tx.attempt;
    command.deadline = tx.deadline;
    state.addDeadline(tx.deadline, DEADLINE.command, tx.command);
    return;
  }
  state.commands.delete(tx.command);
  subjectOf(state, command.type, command.subject).command = null;
}

/** The VM, disk or virtual NIC that a command serves: each has at most one outstanding. */
export function subjectOf(state: ZoneState, type: string, subject: number): { command: number | null } {
  if (type === 'create-disk' || type === 'destroy-disk') return state.disk(subject);
  if (type === 'add-nic' || type === 'remove-nic') return state.nic(subject);
  return state.vm(subject);
}
