/**
 * Guest networks and their routing appliances: implemented when a VM needs them, kept while one does, collected a set
 * interval after the last one stopped. A VLAN ID returns to the pool only when nothing carries it any more.
 */
import type { Reason } from './ports.js';
import type { NetworkRecord, VmRecord } from './state.js';
import type { Step } from './step.js';
import { networkReady, refuse, stop } from './vms.js';

/** A customer's VM in state `requested` needs its guest network: it goes on at once, waits, or is refused. */
export function networkNeeded(step: Step, network: NetworkRecord, vm: VmRecord): void {
  if (network.state === 'implemented') {
    if (network.appliance.state === 'idle') step.applianceEvent(network, 'vm-came');
    return networkReady(step, vm);
  }
  if (network.state === 'allocated') implement(step, network);
  // Otherwise it is on its way up or down, and the VM stands in `waiting`.
}

function implement(step: Step, network: NetworkRecord): void {
  const { state } = step;
  const vlan = network.vlan ?? state.vlans.peek();
  const management = state.managementAddresses.peek();
  const publicAddress = state.publicAddresses.peek();
  if (vlan === null) return refuseWaiting(step, network, 'vlan-exhausted');
  if (management === null) return refuseWaiting(step, network, 'management-addresses-exhausted');
  if (publicAddress === null) return refuseWaiting(step, network, 'public-addresses-exhausted');
  if (network.vlan === null) step.emit({ kind: 'vlan-assigned', network: network.id, vlan });
  step.networkEvent(network, 'implement');
  step.applianceEvent(network, 'need');
  const { config } = state;
  const { cpuMillis, memoryBytes, diskBytes } = config.offerings[config.routerOffering]!;
  const id = state.next.vm;
  step.emit({
    kind: 'vm',
    vm: id,
    name: `router-${network.id}`,
    account: network.account,
    network: network.id,
    role: 'router',
    offering: config.routerOffering,
    cpuMillis,
    memoryBytes,
    diskBytes,
  });
  step.emit({ kind: 'address-assigned', vm: id, interface: 'eth0', address: config.guestGateway });
  step.emit({ kind: 'address-assigned', vm: id, interface: 'eth1', address: management });
  step.emit({ kind: 'address-assigned', vm: id, interface: 'eth2', address: publicAddress });
  const router = state.vm(id);
  step.vmEvent(router, 'create');
  networkReady(step, router);
}

export function applianceRuns(step: Step, network: NetworkRecord): void {
  step.applianceEvent(network, 'started');
  step.networkEvent(network, 'implemented');
  for (const id of [...network.waiting]) networkReady(step, step.state.vm(id));
  checkIdle(step, network);
}

/** The routing appliance cannot be had: those who wait are told its reason, what there is of it goes. */
export function networkFailed(step: Step, network: NetworkRecord, reason: Reason): void {
  if (network.state !== 'implementing') return;
  step.applianceEvent(network, 'fail');
  step.networkEvent(network, 'fail');
  refuseWaiting(step, network, reason);
}

function refuseWaiting(step: Step, network: NetworkRecord, reason: Reason): void {
  for (const id of [...network.waiting]) refuse(step, step.state.vm(id), reason);
}

/** With the last VM gone, the collection interval begins. */
export function checkIdle(step: Step, network: NetworkRecord): void {
  if (network.state !== 'implemented' || network.active > 0 || network.appliance.state !== 'running') return;
  step.applianceEvent(network, 'last-vm-gone', step.now + step.state.config.collectAfterMicros);
}

/** The collection interval is over. */
export function collect(step: Step, network: NetworkRecord): void {
  step.applianceEvent(network, 'collect');
  step.networkEvent(network, 'shut-down');
  stop(step, step.state.vm(network.appliance.vm!));
}

export function applianceGone(step: Step, network: NetworkRecord): void {
  step.applianceEvent(network, 'collected');
  checkShut(step, network);
}

/** Shut once the routing appliance is gone and no host carries the VLAN any more. */
export function checkShut(step: Step, network: NetworkRecord): void {
  if (network.state !== 'shutting-down' || network.appliance.state !== 'absent' || network.nics.size > 0) return;
  step.networkEvent(network, 'shut');
  if (step.state.config.vlanAssigned === 'at-first-use')
    step.emit({ kind: 'vlan-released', network: network.id, vlan: network.vlan! });
  if (network.waiting.size > 0) implement(step, network);
}
