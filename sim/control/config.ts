/** What a zone's plane is told by its operator: the inventory and the rules. Constant during its life. */
import type { VlanScope } from '../measures/switch-load.js';
import type { Range } from './integer-pool.js';
import type { Prefix } from './guest-range.js';
import type { AgentId, HostId, MigrationLimits, PodId, Throttle, TimeMicros } from './ports.js';
import type { RoundLimits } from './defrag/policy.js';
import type { SwitchesConfig } from './trunk-counts.js';

export interface HostConfig {
  name: string;
  pod: PodId;
  role: 'computing' | 'routing' | 'both';
  inService: boolean;
  /** Who speaks for it. */
  agent: AgentId;
  /** What VMs may be promised, a NUMA node each: capacity times overprovisioning. */
  nodes: readonly { cpuMillis: number; memoryBytes: number }[];
}

export interface OfferingConfig {
  name: string;
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
  /** Its disk is on the host, not on the pod's storage. */
  localDisk: boolean;
  /** Index into templates: what its disk begins as; null: empty. */
  template: number | null;
  throttle: Throttle;
}

export interface ServerConfig {
  name: string;
  pod: PodId;
  /** The host whose own disk it is; null: the pod's. */
  host: HostId | null;
  capacityBytes: number;
}

/** How far hosts are from each other, as the network is laid: not something that a plane finds out by itself. */
export interface HostDistances {
  /** Switches on the path between two hosts; 0: the same host. */
  switchesBetween(a: HostId, b: HostId): number;
  /** One-way latency of that path, seconds. */
  latencyBetween(a: HostId, b: HostId): number;
}

export interface ZoneConfig {
  zone: string;
  pods: readonly { name: string }[];
  /** Grouped by pod, pods in their order: a pod's hosts have consecutive ids. */
  hosts: readonly HostConfig[];
  /** One a host, or one for a cluster of hosts of a pod. */
  agents: readonly { name: string }[];
  /** Storage servers; a disk lives in its VM's pod. */
  servers: readonly ServerConfig[];
  offerings: readonly OfferingConfig[];
  /** What a VM can be asked to do, each mapped to an offering by its index. */
  functions: readonly { name: string; offering: number }[];
  templates: readonly { name: string; bytes: number }[];
  /** Index into offerings: what a routing appliance is made of. */
  routerOffering: number;
  /** What a guest network's ID is unique in. Where that is a pod, the guest network is in that pod alone. */
  vlanScope: VlanScope;
  /** Guest VLAN IDs, ascending: of the zone, or of each pod; an overlay has VNIs instead. */
  vlans: readonly number[];
  /** Not at registration where IDs are a pod's: which pod is not known then. */
  vlanAssigned: 'at-first-use' | 'at-registration';
  /** Of guest networks that have no range of their own. */
  guestRange: Prefix;
  guestGateway: number;
  publicRanges: readonly Range[];
  managementRanges: readonly Range[];
  /** A routing appliance is collected this long after the last VM of its guest network stopped. */
  collectAfterMicros: TimeMicros;
  /** A stopped VM's CPU and memory stay reserved where it was for this long; 0: not at all. */
  holdStoppedMicros: TimeMicros;
  /** Host memory that a customer's virtual NIC and bridge cost. */
  bridgeMemoryBytes: number;
  /** Of every customer's VM, whatever its offering and account say beside it. */
  throttle: Throttle;
  /** What switches can carry of guest VLANs; null: everything. */
  switches: SwitchesConfig | null;
  commands: CommandRules;
  migration: MigrationRules;
  /** null: never. */
  defrag: DefragRules | null;
  /** Absent: not known; then as in a plain zone, 0 switches on a host, 1 in a pod, 3 across pods, without latency. */
  distances?: HostDistances;
}

/** When customers' VMs are brought together, and what a round may cost. */
export interface DefragRules {
  /** From a round's beginning to the next; null: only when it is asked for. */
  everyMicros: TimeMicros | null;
  limits: RoundLimits;
  /** What is saved counts for so long; null: whatever brings VMs together is worth it. */
  horizonSeconds: number | null;
}

/** How many migrations may be under way at once, each null: any number; and how far each may go. */
export interface MigrationRules {
  /** Leaving or coming to a host. */
  perHost: number | null;
  /** Leaving or coming to a pod, of those across pods. */
  perPodUplink: number | null;
  perZone: number | null;
  limits: MigrationLimits;
}

export interface CommandRules {
  /** Unanswered for this long, a command is repeated. */
  timeoutMicros: TimeMicros;
  /** After this many sendings a command that builds is given up; one that takes back is repeated without end. */
  attempts: number;
  /** Pause between sendings of a command that takes back, once `attempts` are used up or the agent said no. */
  retryMicros: TimeMicros;
}
