/** How zones are wired, as a resolved scenario has it: bits per second in each direction, seconds one way. */
import type { SwitchSpec } from './resolved.js';

export type BondSpec = 'aggregate' | 'active-backup';

/** A traffic class that may have switches of its own. */
export type SeparateClass = 'management' | 'storage' | 'public';

export interface NetworkSpec {
  /** All uplinks of a pod together; on each of its fabrics. */
  podUplinkBitsPerSecond: number;
  zoneSwitchLatencySeconds: number;
  /** Of crossing a pod or rack switch. */
  podLatencySeconds: number;
  firewall: FirewallSpec;
  /** Each once, in the order of the file. */
  separate: SeparateClass[];
  templateStoreBitsPerSecond: number;
  managementServersBitsPerSecond: number;
  /** What storage traffic is sure of on links that it shares; 0: nothing. */
  storageShareRatio: number;
}

export interface FirewallSpec {
  data: 'transparent' | 'nat';
  management: 'transparent' | 'nat';
  publicLinkBitsPerSecond: number;
  latencySeconds: number;
}

export interface RackSpec {
  name: string; // "z1/p01/r01"
  /** All its uplinks together. */
  uplinkBitsPerSecond: number;
  switches: SwitchSpec[];
}

export interface VpnSpec {
  between: [zone: string, other: string];
  bitsPerSecond: number;
  latencySeconds: number;
}

/** Between two zones in data centers apart from each other; those without an entry are at no distance. */
export interface DistanceSpec {
  between: [zone: string, other: string];
  latencySeconds: number;
}
