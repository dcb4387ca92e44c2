/**
 * What VLANs allow: IDs, virtual ports of a switch, entries of its MAC table, and what a 24-bit overlay would do instead.
 *
 *   N = p              guest networks of a zone with IDs unique in it; a network may span the zone
 *   N = p z            with IDs unique in a pod only; a network stays in its pod
 *   N = 2^24 - r       with a 24-bit overlay; a network may span the zone
 *   q = (M - h) / M    what the overlay leaves of each full packet, where the links below keep their MTU
 *   P = sum over the ports of a switch of the VLANs that each carries        virtual (logical) ports
 *     = V + u A  on pruned trunks, (n + u) A  unpruned
 *   E = n + i          entries of a pod switch's MAC table
 *
 *   p  VLAN IDs of the pool, of 1 to 4094 (802.1Q reserves 0 and 4095)    z  pods of the zone    r  overlay IDs kept back
 *   M  MTU of the links [bytes]     h  bytes that the overlay puts around a packet: for VXLAN over IPv4 14 (inner
 *   Ethernet) + 20 (IPv4) + 8 (UDP) + 8 (VXLAN) = 50; each frame grows by so much, and its seconds on the wire with it
 *   n  hosts on the switch     u  uplink ports     A  VLANs active on the switch: with a member in the pod
 *   V  sum over hosts of the VLANs with a member there     i  virtual NICs in the pod
 *
 * Source: IEEE 802.1Q for the IDs, RFC 7348 for VXLAN; the rule of virtual ports as Cisco's guide for Nexus switches states
 * it (ports times VLANs); limits of switches in VLAN_LIMITS, with where they stand.
 * Valid range: whole numbers; the sums are those of one switch that all hosts of a pod hang on.
 * Ignored: IDs that a vendor keeps (1 and 1002 to 1005 of Cisco: 4089 are left), spanning tree instances (with MST instances
 * count, not VLANs), switches that share a limit between line cards, how an overlay carries broadcasts.
 */
import { assert } from '../sim/base/assert.js';

/** Usable 802.1Q IDs, both included. */
export const FIRST_VLAN_ID = 1;
export const LAST_VLAN_ID = 4094;
/** Of a 24-bit VXLAN network identifier. */
export const OVERLAY_IDS = 16_777_216;
export const VXLAN_OVERHEAD_BYTES = 14 + 20 + 8 + 8;

/** Limits as published; `source` says how well. A switch's own are the scenario's. */
export const VLAN_LIMITS: readonly { device: string; vlans?: number; virtualPorts?: number; source: string }[] = [
  { device: 'Dell PowerConnect 62xx', vlans: 1024, source: 'CloudStack documentation' },
  {
    ...{ device: 'HPE/Aruba 3810, 5400R (RPVST+)', vlans: 400, virtualPorts: 2000 },
    source: 'HPE guide 16.10: 400 virtual ports recommended, 2000 at most beside the ports themselves',
  },
  { device: 'Cisco 4500, Supervisor V', virtualPorts: 3000, source: "an operator's table of 2009, unofficial" },
];

/** How many IDs inclusive ranges hold; overlapping ones count once. */
export function poolSize(ranges: readonly { first: number; last: number }[]): number {
  let size = 0;
  let counted = FIRST_VLAN_ID - 1;
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    assert(first >= FIRST_VLAN_ID && last <= LAST_VLAN_ID && first <= last, () => `VLAN IDs ${first} to ${last}`);
    if (last <= counted) continue;
    size += last - Math.max(first - 1, counted);
    counted = last;
  }
  return size;
}

/** As scenario files name them. */
export type VlanScope = 'zone' | 'pod' | 'overlay';

export interface VlanAlternative {
  readonly scope: VlanScope;
  /** Guest networks that the zone can have at once. */
  readonly networks: number;
  /** Whether one of them may have VMs in several pods. */
  readonly spansPods: boolean;
  /** Added to every frame. */
  readonly overheadBytes: number;
  /** What is left of a full packet's payload. */
  readonly payloadRatio: number;
}

/** The three ways to number guest networks, side by side; `pool` counts the IDs of a zone, or of each pod. */
export function vlanAlternatives(
  pool: number,
  pods: number,
  { mtuBytes = 1500, reservedOverlayIds = 0 } = {},
): VlanAlternative[] {
  assert(pool >= 0 && pool <= LAST_VLAN_ID && pods >= 0, () => `a pool of ${pool} VLAN IDs, ${pods} pods`);
  const tagged = { overheadBytes: 0, payloadRatio: 1 };
  const overhead = VXLAN_OVERHEAD_BYTES;
  return [
    { scope: 'zone', networks: pool, spansPods: true, ...tagged },
    { scope: 'pod', networks: pool * pods, spansPods: false, ...tagged },
    {
      ...{ scope: 'overlay', networks: OVERLAY_IDS - reservedOverlayIds, spansPods: true },
      ...{ overheadBytes: overhead, payloadRatio: payloadRatio(mtuBytes, overhead) },
    },
  ];
}

/** q. Links with an MTU of 50 bytes more leave guests theirs, and then only the frames grow. */
export function payloadRatio(mtuBytes: number, overheadBytes: number): number {
  assert(mtuBytes > overheadBytes && overheadBytes >= 0, () => `${overheadBytes} of ${mtuBytes} bytes around a packet`);
  return (mtuBytes - overheadBytes) / mtuBytes;
}

/** What a pod's switch carries. */
export interface SwitchUse {
  /** Each on a port of its own. */
  readonly hosts: number;
  readonly uplinkPorts: number;
  /** VLANs with a member in the pod. */
  readonly activeVlans: number;
  /** Sum over the hosts of the VLANs with a member there. */
  readonly vlansBehindHosts: number;
  /** Virtual NICs of VMs and appliances in the pod. */
  readonly nics: number;
}

/** P. */
export function virtualPorts(use: SwitchUse, trunks: 'pruned' | 'unpruned'): number {
  const { hosts, uplinkPorts, activeVlans, vlansBehindHosts } = use;
  assert(vlansBehindHosts <= hosts * activeVlans, 'a host has a member in no more VLANs than are active');
  return uplinkPorts * activeVlans + (trunks === 'pruned' ? vlansBehindHosts : hosts * activeVlans);
}

/** E. */
export function macEntries({ hosts, nics }: SwitchUse): number {
  return hosts + nics;
}

/** A limit that is not known, or does not matter, is Infinity. */
export interface SwitchLimits {
  readonly vlans: number;
  readonly virtualPorts: number;
  readonly macTable: number;
}

export interface LimitExceeded {
  readonly limit: keyof SwitchLimits;
  readonly used: number;
  readonly allowed: number;
}

/** The limits that the use goes beyond, in the order of SwitchLimits; none: an empty list. */
export function exceededLimits(use: SwitchUse, trunks: 'pruned' | 'unpruned', limits: SwitchLimits): LimitExceeded[] {
  const used = { vlans: use.activeVlans, virtualPorts: virtualPorts(use, trunks), macTable: macEntries(use) };
  return (['vlans', 'virtualPorts', 'macTable'] as const)
    .filter((limit) => used[limit] > limits[limit])
    .map((limit) => ({ limit, used: used[limit], allowed: limits[limit] }));
}
