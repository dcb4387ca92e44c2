/**
 * A scenario as the rest of podtwin reads it: everything defaulted, every reference resolved, base units (integer
 * microseconds, bytes, thousandths of a core, bits per second), counts expanded to named hosts, pods and servers.
 * The loader guarantees that what it returns satisfies this type and is consistent.
 */

import type { FlowSpec } from './flow-spec.js';
import type { BondSpec, DistanceSpec, NetworkSpec, RackSpec, VpnSpec } from './network-spec.js';
import type { PricesSpec } from './prices-spec.js';
import type { RuleSpec } from './rule-spec.js';
import type { TraceVm } from './trace-workload.js';
import type { DiskUseSpec, TrafficSpec } from './traffic-spec.js';

export type { PricesSpec, RuleSpec };

/** A distribution as written in a file; times are in seconds, sizes in their base unit. */
export type DistributionSpec =
  | { kind: 'constant'; value: number }
  | { kind: 'exponential'; mean: number }
  | { kind: 'lognormal'; median: number; sigma: number }
  | { kind: 'weibull'; scale: number; shape: number }
  | { kind: 'uniform'; low: number; high: number }
  | { kind: 'empirical'; points: { value: number; cumulative: number }[] }
  | { kind: 'zipf'; count: number; exponent: number }
  | { kind: 'mixture'; parts: { weight: number; of: DistributionSpec }[] };

/** What VMs use of their CPU over time; the mean of a curve is a share of it, drawn for each VM. */
export type CpuUseSpec =
  | { kind: 'constant'; ratio: number }
  | { kind: 'curve'; curve: 'office-day'; mean: DistributionSpec }
  | { kind: 'azure-2017' };

export interface ResolvedScenario {
  name: string;
  about: string;
  variant: string | null;
  seed: number;
  durationMicros: number;
  study: 'terminating' | 'steady-state';
  warmUpMicros: number;
  zones: ZoneSpec[];
  vpns: VpnSpec[];
  distances: DistanceSpec[];
  offerings: OfferingSpec[];
  /** What VMs can be asked to do, each with its offering. */
  functions: { name: string; offering: string }[];
  templates: { name: string; bytes: number }[];
  prices: PricesSpec;
  management: ManagementSpec;
  durations: DurationsSpec;
  policies: { placement: PolicySpec };
  accounts: AccountSpec[];
  workload: WorkloadSpec | null;
  initial: InitialSpec | null;
  /** In order of time, then of the file. */
  events: EventSpec[];
  /** In order of time, then of the file. */
  flows: FlowSpec[];
  /** Share of a link that finite transfers are sure of. */
  transferShareRatio: number;
  /** What the file sets of the broadcast model's parameters, in their units. */
  broadcast: Record<string, number>;
  faults: FaultsSpec | null;
  record: 'full' | 'summary';
  samplesMicros: number;
  expect: Expectation[];
}

export interface ZoneSpec {
  name: string;
  /** Guest VLAN IDs, ascending. */
  vlans: number[];
  /** Guest network range of every customer: first address as an integer, prefix length. */
  guestAddresses: { first: number; prefixLength: number };
  /** Gateway address in every guest network, as an integer. */
  guestGateway: number;
  /** Public ranges in file order. */
  publicAddresses: { first: number; prefixLength: number }[];
  managementAddresses: { first: number; prefixLength: number };
  pods: PodSpec[];
  zoneSwitches: SwitchSpec[];
  /** Where it stands; null: not said. */
  dataCenter: string | null;
  network: NetworkSpec;
}

export interface PodSpec {
  /** Full name, e.g. "z1/p01". */
  name: string;
  hosts: HostSpec[];
  storage: StorageSpec[];
  podSwitches: SwitchSpec[];
  /** Empty: the hosts are at the pod switch. */
  racks: RackSpec[];
}

export interface HostSpec {
  name: string; // "z1/p01/h01"
  type: string;
  role: 'computing' | 'routing' | 'both';
  /** Capacity that VMs can use, a NUMA node each, before overprovisioning: the hypervisor's reserve is already taken off in equal parts. */
  nodes: { cpuMillis: number; memoryBytes: number }[];
  /** Of the host's own disk; 0: none. */
  localDiskBytes: number;
  /** What its hypervisor cannot do. */
  lacks: ('console' | 'live-resize')[];
  /** The cluster of hosts in its pod that it belongs to: the entry in the file, from 0. */
  cluster: number;
  nicBitsPerSecond: number;
  nicCount: number;
  bond: BondSpec;
  /** Index into its pod's racks; null: the pod has none. */
  rack: number | null;
  inService: boolean;
}

export interface StorageSpec {
  name: string; // "z1/p01/s1"
  type: string;
  capacityBytes: number;
  iops: number;
  nicBitsPerSecond: number;
}

export interface SwitchSpec {
  name: string; // "z1/p01/a"
  type: string;
  macTableEntries: number;
  vlanCount: number;
  virtualPorts: number;
}

export interface OfferingSpec {
  name: string;
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
  storage: 'pod' | 'local';
  template: string | null;
  networkBitsPerSecond: number | null;
  iops: number | null;
  perHour: number | null;
  system: boolean;
}

export interface ManagementSpec {
  servers: number;
  agents: { per: 'host' | 'cluster'; atOnce: number | null };
  holdStoppedMicros: number;
  vlanAssigned: 'at-first-use' | 'at-registration';
  routerOffering: string;
  collectAfterMicros: number;
  bridgeMemoryBytes: number;
  /** What may be promised over what hosts have. */
  overprovision: Overprovision;
  /** One-way delay between management servers and agents, or between two planes. */
  latencyMicros: number;
  commands: { timeoutMicros: number; attempts: number; retryMicros: number };
}

export interface Overprovision {
  cpu: number;
  memory: number;
}

/** How long the simulated agents take; seconds. Sources stand in the models' headers. */
export interface DurationsSpec {
  bootSeconds: DistributionSpec;
  shutdownSeconds: DistributionSpec;
  diskCreateSeconds: DistributionSpec;
  /** Rate at which a template is copied into a new disk; null: copy-on-write clone, no copy. */
  templateCopyBytesPerSecond: number | null;
  /** Of templates to storage servers, and of snapshots. */
  storageCopyBytesPerSecond: number;
}

export interface PolicySpec {
  name: string;
  options: Record<string, unknown>;
}

export interface AccountSpec {
  name: string;
  zone: string;
  vms: { offering: string; count: number }[];
  /** Guest networks beside the first. */
  networks: { name: string; range: { first: number; prefixLength: number } | null }[];
  /** null: not modelled. */
  cpuUse: CpuUseSpec | null;
  traffic: TrafficSpec | null;
  diskUse: DiskUseSpec | null;
}

/** A distribution of one of Azure's two public datasets: models/workload has it. */
export interface AzureSpec {
  kind: 'azure';
  year: 2017 | 2019;
}

/** Points ascend in time, from 0 to the period; their relative numbers are free in scale. */
export interface ArrivalCurveSpec {
  periodSeconds: number;
  points: { seconds: number; relative: number }[];
}

/** A Poisson process whose rate follows a curve and grows. */
export interface ArrivalsSpec {
  /** The mean over the curve's period, before growth; null: as Azure's customers (VMs only). */
  perSecond: number | null;
  /** A name of models/workload/arrival-curves.ts, or points. */
  curve: 'flat' | 'office-day' | 'office-week' | ArrivalCurveSpec;
  /** The rate is multiplied by exp(growthPerSecond * seconds). */
  growthPerSecond: number;
}

export interface WorkloadSpec {
  accounts: {
    /** Customers at time 0. */
    initial: number;
    /** Further customers; null: none. */
    arrivals: ArrivalsSpec | null;
    /** Share of customers a zone gets, by zone name; sums to 1. */
    zones: { zone: string; share: number }[];
    /** VMs a customer starts on arrival; rounded to the nearest integer, at least 1. */
    vms: DistributionSpec | AzureSpec;
    /** What each VM is made of; null: an offering. */
    sizes: AzureSpec | null;
    /** Offering of each VM by share; sums to 1, or is empty where VMs are of sizes. */
    offerings: { offering: string; share: number }[];
  };
  vms: {
    /** Seconds from running to destruction; null: forever. */
    lifetimeSeconds: DistributionSpec | AzureSpec | null;
    /** Further starts of each customer, `group` VMs at once (rounded, at least 1); null: none. */
    arrivals: (ArrivalsSpec & { group: DistributionSpec | AzureSpec }) | null;
    /** null: not modelled. */
    cpuUse: CpuUseSpec | null;
    diskUse: DiskUseSpec | null;
  };
  traffic: TrafficSpec | null;
  trace: TraceSpec | null;
}

/** Customers and VMs from a recorded trace: times scaled, from 0 on. */
export interface TraceSpec {
  zone: string;
  /** In order of time: each registers when the first of its VMs starts. */
  accounts: { name: string; atMicros: number }[];
  /** In order of time; `account` is an index into `accounts`. */
  vms: TraceVm[];
}

export interface InitialSpec {
  zone: string;
  /** Whom those VMs belong to that name no account. */
  account: string;
  /** Customers that the inventory names, in its order; absent: its format knows none. */
  accounts?: { name: string; vlan: number | null }[];
  /** The VMs that run at time 0, each on a host of `zone`, by its name. */
  vms: InitialVm[];
  /** Residual lifetime; null: they stay. */
  lifetimeSeconds: DistributionSpec | null;
}

export interface InitialVm {
  name: string;
  host: string;
  cpuMillis: number;
  memoryBytes: number;
  /** NUMA nodes it sits in, with equal parts. */
  nodes: number[];
  /** Absent: the account of `initial`. */
  account?: string;
  /** Absent: user. */
  role?: 'user' | 'router';
  /** VLAN ID of its account's guest network; absent: not known. */
  vlan?: number;
}

/** What a VM is to be: an offering, a function, or resources. */
export type WantSpec =
  | { offering: string }
  | { function: string }
  | { cpuMillis: number; memoryBytes: number; diskBytes: number; localDisk?: boolean };

export interface StartSpec {
  atMicros: number;
  kind: 'start';
  account: string;
  want: WantSpec;
  count: number;
  name: string | null;
  networks: string[] | null;
  addresses: number[] | null;
  template: string | null;
  /** Group of the account's traffic pattern; null: by its shares. */
  tier: string | null;
}

export type EventSpec =
  | StartSpec
  | { atMicros: number; kind: 'start-stopped'; account: string; vm: string | null; count: number }
  | { atMicros: number; kind: 'stop' | 'reboot' | 'destroy'; account: string; vm: string | null; count: number }
  | { atMicros: number; kind: 'resize'; account: string; vm: string; want: WantSpec }
  | { atMicros: number; kind: 'console'; account: string; vm: string }
  | {
      atMicros: number;
      kind: 'snapshot' | 'revert' | 'delete-snapshot';
      account: string;
      vm: string;
      snapshot: string;
    }
  | {
      atMicros: number;
      kind: 'create-network';
      account: string;
      network: string;
      range: { first: number; prefixLength: number } | null;
    }
  | { atMicros: number; kind: 'delete-network' | 'acquire-address'; account: string; network: string }
  | { atMicros: number; kind: 'release-address'; account: string; network: string; address: number }
  | { atMicros: number; kind: 'add-rule'; account: string; network: string; rule: string; spec: RuleSpec }
  | { atMicros: number; kind: 'remove-rule'; account: string; network: string; rule: string };

/** Faults of the message path between plane and agents; each a probability or a delay in seconds. */
export interface FaultsSpec {
  dropRatio: number;
  duplicateRatio: number;
  delayRatio: number;
  delaySeconds: DistributionSpec;
}

export interface Expectation {
  /** Path of a measure in summary.json, e.g. "fragmentation.mean". */
  measure: string;
  atLeast?: number;
  atMost?: number;
  equals?: number;
}
