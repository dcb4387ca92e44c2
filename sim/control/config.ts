/** What a zone's plane is told by its operator: the inventory and the rules. Constant during its life. */
import type { Range } from './integer-pool.js';
import type { PodId, TimeMicros } from './ports.js';

export interface HostConfig {
  name: string;
  pod: PodId;
  role: 'computing' | 'routing' | 'both';
  inService: boolean;
  /** Capacity for VMs, a NUMA node each. */
  nodes: readonly { cpuMillis: number; memoryBytes: number }[];
}

export interface OfferingConfig {
  name: string;
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
}

export interface ZoneConfig {
  zone: string;
  pods: readonly { name: string }[];
  /** Grouped by pod, pods in their order: a pod's hosts have consecutive ids. */
  hosts: readonly HostConfig[];
  /** Storage servers; a disk lives in its VM's pod. */
  servers: readonly { name: string; pod: PodId; capacityBytes: number }[];
  offerings: readonly OfferingConfig[];
  /** Index into offerings: what a routing appliance is made of. */
  routerOffering: number;
  /** Guest VLAN IDs, ascending. */
  vlans: readonly number[];
  vlanAssigned: 'at-first-use' | 'at-registration';
  guestGateway: number;
  /** Guest addresses in the order they are given out, gateway, network and broadcast address left out. */
  guestRanges: readonly Range[];
  publicRanges: readonly Range[];
  managementRanges: readonly Range[];
  /** A routing appliance is collected this long after the last VM of its guest network stopped. */
  collectAfterMicros: TimeMicros;
  /** Host memory that a customer's virtual NIC and bridge cost. */
  bridgeMemoryBytes: number;
  commands: CommandRules;
}

export interface CommandRules {
  /** Unanswered for this long, a command is repeated. */
  timeoutMicros: TimeMicros;
  /** After this many sendings a command that builds is given up; one that takes back is repeated without end. */
  attempts: number;
  /** Pause between sendings of a command that takes back, once `attempts` are used up or the agent said no. */
  retryMicros: TimeMicros;
}
