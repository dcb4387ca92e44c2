/**
 * What a zone's network is built of, as plain data; and what a host with several ports can send and receive.
 *
 *   C = n r, m = r      aggregate: all ports at once, each flow hashed onto one of them (LACP over both pod switches)
 *   C = m = r           active-backup: one port, the others for when it fails
 *
 *   C  capacity [bits per second]   m  the most that one flow may have [bits per second]   n  ports   r  a port's speed
 *
 * Source: definition; the modes are those of Linux' bonding driver (802.3ad, active-backup).
 * Valid range: speeds above 0, at least one port.
 * Ignored: that hashing leaves ports idle while two flows share one; ports that fail; the overhead of frames.
 */
export type TrafficClass = 'guest' | 'public' | 'storage' | 'management' | 'migration';
export type Fabric = 'data' | 'management' | 'storage' | 'public';
export type FirewallMode = 'transparent' | 'nat';

/** What a zone is built of; hosts, pods and servers are known by their place in these lists. */
export interface ZonePlan {
  readonly name: string;
  readonly pods: readonly PodPlan[];
  readonly hosts: readonly HostPlan[];
  /** The pods' storage servers; a host's own disk needs no network. */
  readonly servers: readonly { readonly name: string; readonly pod: number; readonly bitsPerSecond: number }[];
  /** All uplinks of a pod together, on each fabric. */
  readonly podUplinkBitsPerSecond: number;
  readonly publicLinkBitsPerSecond: number;
  readonly templateStoreBitsPerSecond: number;
  readonly managementServersBitsPerSecond: number;
  readonly separate: readonly Exclude<Fabric, 'data'>[];
  /** Of crossing a pod or rack switch, a zone switch, the firewall. */
  readonly podLatencySeconds: number;
  readonly zoneSwitchLatencySeconds: number;
  readonly firewallLatencySeconds: number;
  /** Of the management network, and of all else. */
  readonly firewall: { readonly data: FirewallMode; readonly management: FirewallMode };
  /** Tunnels to other zones, by their names. */
  readonly vpns: readonly VpnPlan[];
}

export interface PodPlan {
  readonly name: string;
  /** Empty: hosts are at the pod switch. */
  readonly racks: readonly { readonly name: string; readonly uplinkBitsPerSecond: number }[];
}

export interface HostPlan {
  readonly name: string;
  readonly pod: number;
  /** Of its pod; null where the pod has none. */
  readonly rack: number | null;
  readonly portBitsPerSecond: number;
  readonly ports: number;
  readonly bond: 'aggregate' | 'active-backup';
}

export interface VpnPlan {
  readonly to: string;
  readonly bitsPerSecond: number;
  readonly latencySeconds: number;
}

/** What a host can send at once on the data fabric, and receive. */
export function hostBitsPerSecond({ ports, portBitsPerSecond, bond }: HostPlan): number {
  return bond === 'aggregate' ? ports * portBitsPerSecond : portBitsPerSecond;
}
