/**
 * Guest networks and their routing appliances: implemented when a VM needs them, kept while one does, collected a set
 * interval after the last one stopped. A VLAN ID returns to the pool only when nothing carries it any more.
 */
import { apartness, claimVlan, podsForAppliance, unbind } from './pod-binding.js';
import type { HostId, Reason } from './ports.js';
import type { NetworkRecord, VmRecord } from './records.js';
import { applianceDown, applianceUp } from './rules.js';
import type { Step } from './step.js';
import { ensureNic } from './provisioning.js';

/** A customer's VM in state `requested` needs its guest networks: it goes on at once, waits, or is refused. */
export function networksNeeded(step: Step, vm: VmRecord): void {
  const apart = apartness(step.state, vm);
  if (apart !== null) return step.life.refuse(step, vm, apart);
  for (const id of vm.networks) {
    const network = step.state.network(id);
    if (network.appliance.state === 'idle') step.applianceEvent(network, 'vm-came');
    // One on its way up or down has the VM in `waiting`; one that cannot be had refuses it.
    if (network.state === 'allocated') implement(step, network);
    if (vm.state !== 'requested') return;
  }
  checkReady(step, vm);
}

function checkReady(step: Step, vm: VmRecord): void {
  if (vm.state !== 'requested') return;
  for (const id of vm.networks) if (step.state.network(id).state !== 'implemented') return;
  step.life.networkReady(step, vm);
}

/**
 * A VLAN ID and a routing appliance for it, or a refusal for all who wait. Where IDs are a pod's, it gets its own when the
 * appliance is placed.
 */
export function implement(step: Step, network: NetworkRecord): void {
  const { state } = step;
  const reason = lacks(step, network);
  if (reason !== null) {
    refuseWaiting(step, network, reason);
    return missing(step, network);
  }
  if (!state.vlans.perPod) claimVlan(step, network, null);
  step.networkEvent(network, 'implement');
  step.applianceEvent(network, 'need');
  const { config } = state;
  const router = createAppliance(step, network, config.offerings[config.routerOffering]!, `router-${network.id}`);
  step.vmEvent(router, 'create');
  step.life.networkReady(step, router);
}

/** What a guest network would need and cannot have; null: it can have all. */
export function lacks({ state }: Step, network: NetworkRecord): Reason | null {
  const pods = podsForAppliance(state, network);
  if (typeof pods === 'string') return pods;
  if (network.vlan === null && state.vlans.peek() === null) return 'vlan-exhausted';
  if (state.managementAddresses.peek() === null) return 'management-addresses-exhausted';
  return state.publicAddresses.peek() === null ? 'public-addresses-exhausted' : null;
}

/** The record of its VM, with its three addresses. */
export function createAppliance(
  step: Step,
  network: NetworkRecord,
  size: { cpuMillis: number; memoryBytes: number; diskBytes: number; template?: number | null },
  name: string,
  offering: number | null = step.state.config.routerOffering,
): VmRecord {
  const { state } = step;
  const vm = state.next.vm;
  const { cpuMillis, memoryBytes, diskBytes, template = null } = size;
  const head = { kind: 'vm', vm, name, account: network.account, networks: [network.id], role: 'router' } as const;
  step.emit({ at: step.now, ...head, offering, cpuMillis, memoryBytes, diskBytes, storage: 'pod', template });
  const addresses = [network.gateway, state.managementAddresses.peek()!, state.publicAddresses.peek()!];
  addresses.forEach((address, at) =>
    step.emit({ at: step.now, kind: 'address-assigned', vm, interface: `eth${at}`, address }),
  );
  return state.vm(vm);
}

export function applianceRuns(step: Step, network: NetworkRecord): void {
  step.applianceEvent(network, 'started');
  step.networkEvent(network, 'implemented');
  applianceUp(step, network);
  for (const id of [...network.waiting]) checkReady(step, step.state.vm(id));
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
  for (const id of [...network.waiting]) step.life.refuse(step, step.state.vm(id), reason);
}

/** VMs that an inventory found running must do without: it is tried again after a pause. */
function missing(step: Step, network: NetworkRecord): void {
  if (network.placed.size > 0) step.applianceEvent(network, 'lack', step.now + step.state.config.commands.retryMicros);
}

/** The VM of the running routing appliance is lost: another is tried for, once what there is of it is gone. */
export function applianceLost(step: Step, network: NetworkRecord): void {
  step.applianceEvent(network, 'lost');
  step.networkEvent(network, 'lost');
  applianceDown(step, network);
}

/** With the last VM gone, the collection interval begins; for an appliance that is missing, the wait ends. */
export function checkIdle(step: Step, network: NetworkRecord): void {
  if (network.appliance.state === 'missing' && network.placed.size === 0) step.applianceEvent(network, 'last-vm-gone');
  if (network.state !== 'implemented' || network.active > 0 || network.appliance.state !== 'running') return;
  step.applianceEvent(network, 'last-vm-gone', step.now + step.state.config.collectAfterMicros);
}

/** What the routing appliance waited for: the end of the collection interval, or the next try. */
export function applianceDue(step: Step, network: NetworkRecord): void {
  if (network.appliance.state === 'missing') implement(step, network);
  else collect(step, network);
}

function collect(step: Step, network: NetworkRecord): void {
  const { state, now } = step;
  if (state.vm(network.appliance.vm!).state === 'migrating')
    return step.applianceEvent(network, 'put-off', now + state.config.commands.retryMicros);
  step.applianceEvent(network, 'collect');
  step.networkEvent(network, 'shut-down');
  applianceDown(step, network);
  step.life.stop(step, state.vm(network.appliance.vm!));
}

export function applianceGone(step: Step, network: NetworkRecord): void {
  step.applianceEvent(network, 'collected');
  checkShut(step, network);
}

/**
 * Shut once the routing appliance is gone and no host carries the VLAN any more, or VMs that an inventory found running
 * keep it: then the next appliance is tried for.
 */
function checkShut(step: Step, network: NetworkRecord): void {
  if (network.state !== 'shutting-down' || network.appliance.state !== 'absent') return;
  if (network.nics.size > 0 && network.placed.size === 0) return;
  step.networkEvent(network, 'shut');
  releaseVlan(step, network);
  if (network.waiting.size > 0) implement(step, network);
  else missing(step, network);
}

/** A VLAN ID goes back when no host carries it any more. */
function releaseVlan(step: Step, network: NetworkRecord): void {
  if (network.vlan === null || network.nics.size > 0 || step.state.config.vlanAssigned !== 'at-first-use') return;
  step.emit({ at: step.now, kind: 'vlan-released', network: network.id, vlan: network.vlan });
  unbind(step, network);
}

/** Gone from the host: added again for VMs that came meanwhile, else the guest network may be ready to shut. */
export function nicGone(step: Step, network: NetworkRecord, host: HostId): void {
  if (network.placed.has(host) || network.kept.has(host)) ensureNic(step, network, host);
  else if (network.state === 'allocated') releaseVlan(step, network);
  else checkShut(step, network);
}
