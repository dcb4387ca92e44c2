/** Accounts, guest networks, routing appliances and addresses in the fold. */
import { assert } from '../../base/assert.js';
import { guestRanges } from '../guest-range.js';
import { IntegerPool } from '../integer-pool.js';
import { DEADLINE, type ZoneState } from '../state.js';
import { UNTHROTTLED } from '../throttle.js';
import { moved, type Of } from './moved.js';

export function applyAccount(state: ZoneState, tx: Of<'account'>): void {
  assert(tx.account === state.accounts.length, 'accounts are numbered in order');
  state.accounts.push({ id: tx.account, name: tx.name, networks: new Map(), vms: new Map(), throttle: UNTHROTTLED });
  state.accountByName.set(tx.name, tx.account);
}

export function applyNetwork(state: ZoneState, tx: Of<'network'>): void {
  assert(tx.network === state.networks.length, 'guest networks are numbered in order');
  const range = { first: tx.address, prefixLength: tx.prefixLength };
  state.networks.push({
    id: tx.network,
    name: tx.name,
    account: tx.account,
    range,
    gateway: tx.gateway,
    state: 'allocated',
    vlan: null,
    pod: null,
    appliance: { state: 'absent', vm: null, dueAt: null },
    waiting: new Set(),
    vms: new Set(),
    active: 0,
    placed: new Map(),
    kept: new Map(),
    nics: new Map(),
    nicsIn: new Map(),
    addresses: new IntegerPool(guestRanges(range, tx.gateway)),
    publicAddresses: new Set(),
    rules: new Set(),
    ruleNames: new Map(),
  });
  state.accounts[tx.account]!.networks.set(tx.name, tx.network);
}

export function applyNetworkState(state: ZoneState, tx: Of<'network-state'>): void {
  const network = state.network(tx.network);
  network.state = moved(tx, network.state);
  if (tx.to === 'deleted') state.accounts[network.account]!.networks.delete(network.name);
}

export function applyVlan(state: ZoneState, tx: Of<'vlan-assigned'> | Of<'vlan-released'>, taken: boolean): void {
  const network = state.network(tx.network);
  if (taken) state.vlans.take(tx.vlan, network.pod);
  else state.vlans.release(tx.vlan, network.pod);
  network.vlan = taken ? tx.vlan : null;
}

export function applyNetworkPod(state: ZoneState, tx: Of<'network-pod'>): void {
  const network = state.network(tx.network);
  assert(network.vlan === null, () => `guest network ${network.id} changes its pod while it has a VLAN ID`);
  network.pod = tx.pod;
}

export function applyApplianceState(state: ZoneState, tx: Of<'appliance-state'>): void {
  const { appliance } = state.network(tx.network);
  appliance.state = moved(tx, appliance.state);
  appliance.dueAt = tx.dueAt;
  if (tx.to === 'absent') appliance.vm = null;
  if (tx.dueAt !== null) state.addDeadline(tx.dueAt, DEADLINE.appliance, tx.network);
}

export function applyAddress(
  state: ZoneState,
  tx: Of<'address-assigned'> | Of<'address-released'>,
  taken: boolean,
): void {
  const vm = state.vm(tx.vm);
  const at = vm.interfaces.findIndex(({ name }) => name === tx.interface);
  const there = vm.interfaces[at];
  assert(there, () => `VM ${vm.id} has no ${tx.interface}`);
  there.address = taken ? tx.address : null;
  // The gateway address belongs to the routing appliance without being in the pool.
  if (at === 0 && vm.role === 'router') return;
  const pool =
    there.network !== null
      ? state.network(there.network).addresses
      : at === 1
        ? state.managementAddresses
        : state.publicAddresses;
  if (taken) pool.take(tx.address);
  else pool.release(tx.address);
}

export function applyPublicAddress(
  state: ZoneState,
  tx: Of<'address-acquired'> | Of<'address-returned'>,
  taken: boolean,
): void {
  const { publicAddresses } = state.network(tx.network);
  if (taken) {
    state.publicAddresses.take(tx.address);
    publicAddresses.add(tx.address);
  } else {
    publicAddresses.delete(tx.address);
    state.publicAddresses.release(tx.address);
  }
}
