/**
 * What switches carry of customers' VLANs. Guest VLANs only: management, storage and public networks are not counted.
 *
 * An active VLAN is a guest network with a bridge on a host. A switch's virtual ports are the sum over its ports of the
 * VLANs that each carries (Cisco's "logical ports": a limit of its own beside the number of VLANs). A pod switch has a
 * port a host and one uplink; the zone switch has a port a pod. A redundant pair carries the same twice: each of the two
 * must bear it all.
 *
 *                     pod switch: VLANs | virtual ports                  zone switch: VLANs | virtual ports
 *   zone, pruned      active in the pod | bridges in it + active in it   active in the zone | sum over pods of active
 *   zone, unpruned    active in zone    | (hosts + 1) x active in zone   active in the zone | pods x active in the zone
 *   pod, pruned       active in the pod | bridges in it + active in it   0                  | sum over pods of active
 *   pod, unpruned     active in the pod | (hosts + 1) x active in it     0                  | sum over pods of active
 *   overlay           0                 | 0                              0                  | 0
 *
 * Pruned: a port carries the VLANs that something behind it is in. Unpruned: every VLAN that the switch carries, and where
 * VLAN IDs are the zone's, every switch carries all of them. Where they are a pod's, VLANs end at its uplink as routed
 * sub-interfaces of the zone switch: virtual ports there, and no VLANs. In an overlay switches see tunnels, no guest VLAN.
 * Ignored: spanning-tree instances, VLANs that are configured and idle, MAC tables.
 */

export const VLAN_SCOPES = ['zone', 'pod', 'overlay'] as const;
/** What a guest network's ID is unique in; overlay: in the zone, and 24 bits long. */
export type VlanScope = (typeof VLAN_SCOPES)[number];

export interface Trunking {
  readonly vlanScope: VlanScope;
  readonly trunks: 'pruned' | 'unpruned';
}

/** What a switch carries, or can carry. */
export interface SwitchLoad {
  readonly vlans: number;
  readonly virtualPorts: number;
}

/** VLANs on a pod's switch. `active`: guest networks with a bridge in the pod; `zoneActive`: in the zone. */
export function podSwitchVlans({ vlanScope, trunks }: Trunking, active: number, zoneActive: number): number {
  if (vlanScope === 'overlay') return 0;
  return vlanScope === 'zone' && trunks === 'unpruned' ? zoneActive : active;
}

/** Virtual ports of a pod's switch. `hosts`: how many hang on it; `bridges`: customers' bridges on all of them. */
export function podSwitchPorts(
  trunking: Trunking,
  hosts: number,
  bridges: number,
  active: number,
  zoneActive: number,
): number {
  if (trunking.vlanScope === 'overlay') return 0;
  if (trunking.trunks === 'pruned') return bridges + active;
  return (hosts + 1) * podSwitchVlans(trunking, active, zoneActive);
}

/** VLANs on the zone's switch. */
export function zoneSwitchVlans({ vlanScope }: Trunking, zoneActive: number): number {
  return vlanScope === 'zone' ? zoneActive : 0;
}

/** Virtual ports of the zone's switch. `activeInPods`: the sum over pods of what is active in each. */
export function zoneSwitchPorts(
  { vlanScope, trunks }: Trunking,
  pods: number,
  activeInPods: number,
  zoneActive: number,
): number {
  if (vlanScope === 'overlay') return 0;
  return vlanScope === 'zone' && trunks === 'unpruned' ? pods * zoneActive : activeInPods;
}
