/**
 * Where VLAN IDs are a pod's, a guest network is in one pod: that of its routing appliance, which is placed where an ID is
 * free. From then on its VMs go there alone, as long as it has the ID, or a VM of it a disk there. Elsewhere nothing here binds.
 */
import type { PodId, Reason } from './ports.js';
import type { NetworkRecord, VmRecord } from './records.js';
import type { ZoneState } from './state.js';
import type { Step } from './step.js';

/** Pods that the VM's guest networks leave it; null: all. A string: why it can be in none. */
export function podsForNetworks(
  state: ZoneState,
  { role, networks }: Pick<VmRecord, 'role' | 'networks'>,
): readonly PodId[] | Reason | null {
  if (!state.vlans.perPod || networks.length === 0) return null;
  if (role === 'router') return podsForAppliance(state, state.network(networks[0]!));
  let only: PodId | null = null;
  for (const id of networks) {
    const { pod } = state.network(id);
    if (pod === null) continue;
    if (only !== null && only !== pod) return 'networks-apart';
    only = pod;
  }
  return only === null ? null : [only];
}

/**
 * Its own pod; else, if an ID is free there, that of another guest network which a VM that waits for it is in, too; else
 * wherever an ID is free.
 */
export function podsForAppliance(state: ZoneState, network: NetworkRecord): readonly PodId[] | Reason | null {
  if (!state.vlans.perPod) return null;
  const { pod, vlan } = network;
  if (pod !== null) return vlan !== null || state.vlans.peek(pod) !== null ? [pod] : 'vlan-exhausted';
  for (const id of network.waiting)
    for (const other of state.vm(id).networks) {
      const near = state.network(other).pod;
      if (near !== null && state.vlans.peek(near) !== null) return [near];
    }
  const free = state.vlans.podsWithFree();
  return free.length === 0 ? 'vlan-exhausted' : free;
}

/** Why a VM cannot have all its guest networks in one pod, as far as that is known before they stand; null: it can. */
export function apartness(state: ZoneState, vm: VmRecord): Reason | null {
  if (!state.vlans.perPod || vm.networks.length < 2) return null;
  const pods = podsForNetworks(state, vm);
  if (pods === null) return null;
  if (typeof pods === 'string') return pods;
  const lacks = vm.networks.some((id) => state.network(id).vlan === null);
  return lacks && state.vlans.peek(pods[0]!) === null ? 'vlan-exhausted' : null;
}

/** An ID for the guest network: the one wanted, or the first free one. `pod` matters where IDs are a pod's. */
export function claimVlan(step: Step, network: NetworkRecord, pod: PodId | null, wanted: number | null = null): void {
  if (network.vlan !== null) return;
  const { vlans } = step.state;
  if (vlans.perPod && network.pod === null) step.emit({ at: step.now, kind: 'network-pod', network: network.id, pod });
  const vlan = wanted ?? vlans.peek(network.pod)!;
  step.emit({ at: step.now, kind: 'vlan-assigned', network: network.id, vlan });
}

/** Free to be implemented elsewhere, once neither an ID nor the disk of one of its VMs binds it to its pod. */
export function unbind(step: Step, network: NetworkRecord): void {
  if (network.pod === null || network.vlan !== null) return;
  for (const id of network.vms) if (step.state.vm(id).disk !== null) return;
  step.emit({ at: step.now, kind: 'network-pod', network: network.id, pod: null });
}
