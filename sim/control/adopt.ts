/**
 * VMs that run already, as an inventory found them: taken over where they are, with their guest networks. An inventory
 * that does not fit the host it names is refused. A guest network whose routing appliance is not among them gets one.
 */
import { acknowledge, end } from './acknowledge.js';
import { createAppliance, implement, lacks } from './networks.js';
import { claimVlan } from './pod-binding.js';
import type { HostId, NetworkId, Reason, Request, RuleSpec } from './ports.js';
import { createNic } from './provisioning.js';
import type { AccountRecord, NetworkRecord, VmRecord } from './records.js';
import { createRule, dhcpSpec, programWaiting, sourceNatSpec } from './rules.js';
import type { Step } from './step.js';

type Adoption = Extract<Request, { kind: 'adopt' }>;

export function adopt(step: Step, request: Adoption, account: AccountRecord): void {
  const network = request.guestNetwork === null ? null : firstNetwork(step, account);
  const no = objection(step, request, account, network);
  if (no !== null) return end(step, request, account.id, null, no);
  if (network) claimVlan(step, network, step.state.host(request.host).pod, request.guestNetwork!.vlan);
  const vm =
    request.role === 'router' ? adoptRouter(step, request, network!) : adoptUser(step, request, account, network);
  acknowledge(step, request, account.id, vm.id);
  step.emit({ at: step.now, kind: 'placed', vm: vm.id, host: request.host, nodes: request.nodes, question: null });
  if (network) {
    adoptRule(step, network.id, ruleOf(vm));
    (step.adoptedInto ??= new Set()).add(network.id);
  }
  step.vmEvent(vm, 'adopt');
  if (request.role === 'router') {
    step.applianceEvent(network!, 'adopt');
    step.networkEvent(network!, 'adopt');
    programWaiting(step, network!);
  }
  step.endRequest(vm, 'done');
}

/**
 * The inventory is taken over in one turn: with all VMs in their places, the virtual NICs that must stand beside them are
 * taken over, too, and guest networks that came without a routing appliance are given one.
 */
export function adoptionEnded(step: Step): void {
  for (const id of step.adoptedInto ?? []) {
    const network = step.state.network(id);
    for (const host of network.placed.keys()) adoptNic(step, network, host);
    if (network.state === 'allocated') implement(step, network);
  }
}

/** It stands, however little memory is left for it. */
function adoptNic(step: Step, network: NetworkRecord, host: HostId): void {
  if (network.nics.has(host)) return;
  const { nodes } = step.state.host(host);
  const left = Math.max(...nodes.map(({ freeMemoryBytes }) => freeMemoryBytes));
  const bytes = Math.min(step.state.config.bridgeMemoryBytes, left);
  step.nicEvent(step.state.nic(createNic(step, network, host, bytes)), 'adopt');
}

function firstNetwork(step: Step, { networks }: AccountRecord): NetworkRecord | null {
  for (const id of networks.values()) return step.state.network(id);
  return null;
}

function objection(
  step: Step,
  request: Adoption,
  account: AccountRecord,
  network: NetworkRecord | null,
): Reason | null {
  const { state } = step;
  if (request.role === 'router') {
    if (!network) return 'unknown-network';
    if (network.appliance.state !== 'absent') return 'vm-exists';
    const lacking = lacks(step, network);
    if (lacking !== null) return lacking;
  } else if (account.vms.has(request.vm)) return 'vm-exists';
  const pod = state.hosts[request.host]?.pod;
  if (pod === undefined) return 'no-capacity';
  if (network) {
    if (network.pod !== null && network.pod !== pod) return 'networks-apart';
    const vlan = request.guestNetwork!.vlan;
    if (vlan !== null && network.vlan === null && !state.vlans.isFree(vlan, pod)) return 'vlan-unavailable';
    if (vlan !== null && network.vlan !== null && network.vlan !== vlan) return 'vlan-unavailable';
    if (vlan === null && network.vlan === null && state.vlans.peek(pod) === null) return 'vlan-exhausted';
    if (request.role === 'user' && network.addresses.peek() === null) return 'guest-addresses-exhausted';
  }
  return roomFor(step, request) ? null : 'no-capacity';
}

function roomFor({ state }: Step, { host: id, nodes, cpuMillis, memoryBytes }: Adoption): boolean {
  const host = state.hosts[id];
  const parts = nodes.length;
  if (!host || parts === 0 || cpuMillis % parts !== 0 || memoryBytes % parts !== 0) return false;
  for (const at of nodes) {
    const node = host.nodes[at];
    if (!node || node.freeCpuMillis < cpuMillis / parts || node.freeMemoryBytes < memoryBytes / parts) return false;
  }
  return true;
}

function adoptRouter(step: Step, { vm: name, cpuMillis, memoryBytes }: Adoption, network: NetworkRecord): VmRecord {
  return createAppliance(step, network, { cpuMillis, memoryBytes, diskBytes: 0 }, name, null);
}

function adoptUser(step: Step, request: Adoption, account: AccountRecord, network: NetworkRecord | null): VmRecord {
  const { state } = step;
  const { vm: name, cpuMillis, memoryBytes } = request;
  const id = state.next.vm;
  const networks = network ? [network.id] : [];
  const size = { offering: null, cpuMillis, memoryBytes, diskBytes: 0, storage: 'pod', template: null } as const;
  step.emit({ at: step.now, kind: 'vm', vm: id, name, account: account.id, networks, role: 'user', ...size });
  if (network)
    step.emit({
      at: step.now,
      kind: 'address-assigned',
      vm: id,
      interface: 'eth0',
      address: network.addresses.peek()!,
    });
  return state.vm(id);
}

function ruleOf(vm: VmRecord): RuleSpec {
  return vm.role === 'router'
    ? sourceNatSpec(vm.interfaces[2]!.address!, vm.id)
    : dhcpSpec(vm, vm.interfaces[0]!.address!);
}

/** It stands where there is a routing appliance, and waits where one is still to come. */
function adoptRule(step: Step, network: NetworkId, spec: RuleSpec): void {
  const rule = createRule(step, network, spec, null);
  const stands = spec.type === 'source-nat' || step.state.network(network).appliance.state === 'running';
  step.ruleEvent(rule, stands ? 'adopt' : 'wait');
}
