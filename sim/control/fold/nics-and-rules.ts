/** Virtual NICs on hosts and rules in routing appliances and firewall, in the fold. */
import { assert } from '../../base/assert.js';
import type { HostId } from '../ports.js';
import type { NetworkRecord } from '../records.js';
import type { ZoneState } from '../state.js';
import { reindex } from './hosts.js';
import { moved, type Of } from './moved.js';

export function applyNic(state: ZoneState, tx: Of<'nic'>): void {
  const { nic: id, network, host, node, memoryBytes } = tx;
  state.nics.set(id, { id, network, host, node, memoryBytes, state: 'absent', command: null });
  state.network(network).nics.set(host, id);
  countNic(state, state.network(network), host, 1);
  state.next.nic = id + 1;
}

/** `network.nics` says already how it is. */
function countNic(state: ZoneState, { nics, nicsIn }: NetworkRecord, host: HostId, by: 1 | -1): void {
  const { pod } = state.host(host);
  const there = (nicsIn.get(pod) ?? 0) + by;
  if (there === 0) nicsIn.delete(pod);
  else nicsIn.set(pod, there);
  // The first one there now, or none left.
  const edge = by === 1 ? 1 : 0;
  state.trunks.changed(pod, by, there === edge, nics.size === edge);
}

export function applyNicState(state: ZoneState, tx: Of<'nic-state'>): void {
  const nic = state.nic(tx.nic);
  nic.state = moved(tx, nic.state);
  if (tx.from !== 'absent' && tx.to !== 'absent') return;
  const host = state.host(nic.host);
  const node = host.nodes[nic.node]!;
  if (tx.from === 'absent') node.freeMemoryBytes -= nic.memoryBytes;
  else {
    node.freeMemoryBytes += nic.memoryBytes;
    state.nics.delete(nic.id);
    const network = state.network(nic.network);
    network.nics.delete(nic.host);
    countNic(state, network, nic.host, -1);
  }
  assert(node.freeMemoryBytes >= 0, () => `host ${host.name}: no memory for a virtual NIC`);
  reindex(state, host);
}

export function applyRule(state: ZoneState, tx: Of<'rule'>): void {
  const {
    rule: id,
    network: networkId,
    label,
    type,
    name,
    protocol,
    address,
    prefixLength,
    port,
    targetPort,
    vms,
  } = tx;
  const spec = { type, name, protocol, address, prefixLength, port, targetPort, vms };
  state.rules.set(id, { id, network: networkId, label, spec, state: 'absent', request: null, command: null });
  const network = state.network(networkId);
  network.rules.add(id);
  if (label !== null) network.ruleNames.set(label, id);
  for (const one of vms) {
    // Most VMs have one or two: an array of just that many.
    const vm = state.vm(one);
    vm.rules = vm.rules.length === 0 ? [id] : [...vm.rules, id];
  }
  state.next.rule = id + 1;
}

export function applyRuleVms(state: ZoneState, tx: Of<'rule-vms'>): void {
  const rule = state.rule(tx.rule);
  for (const vm of rule.spec.vms) if (!tx.vms.includes(vm)) forget(state, vm, rule.id);
  rule.spec = { ...rule.spec, vms: tx.vms };
}

export function applyRuleState(state: ZoneState, tx: Of<'rule-state'>): void {
  const rule = state.rule(tx.rule);
  rule.state = moved(tx, rule.state);
  rule.request = tx.request;
  if (tx.to !== 'absent') return;
  state.rules.delete(rule.id);
  const network = state.network(rule.network);
  network.rules.delete(rule.id);
  if (rule.label !== null) network.ruleNames.delete(rule.label);
  for (const vm of rule.spec.vms) forget(state, vm, rule.id);
}

function forget(state: ZoneState, vm: number, rule: number): void {
  const record = state.vms.get(vm);
  if (record) record.rules = record.rules.filter((one) => one !== rule);
}
