/**
 * A scenario as the rest of podtwin reads it: everything defaulted, every reference resolved, base units (integer
 * microseconds, bytes, thousandths of a core, bits per second), counts expanded to named hosts, pods and servers.
 * The loader guarantees that what it returns satisfies this type and is consistent.
 */

import type { FlowSpec } from './flow-spec.js';
import type { BondSpec, DistanceSpec, NetworkSpec, RackSpec, VpnSpec } from './network-spec.js';
import type { PricesSpec } from './prices-spec.js';
import type { DefragSpec, MemorySpec, MigrationSpec } from './migration-spec.js';
import type { EvacuationSpec, EventSpec, OutageSpec } from './event-specs.js';
import type { TraceVm } from './trace-workload.js';
import type { DiskUseSpec, TrafficSpec } from './traffic-spec.js';

export type { PricesSpec };

export type { DefragSpec, MemorySpec, MigrationSpec } from './migration-spec.js';
export type { EvacuationSpec, EventSpec, OutageSpec, RuleSpec, StartSpec, WantSpec } from './event-specs.js';

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
  migration: MigrationSpec;
  /** null: none. */
  defrag: DefragSpec | null;
  /** Hosts or pods, by their full names, that are emptied; null: for good. */
  drains: { atMicros: number; untilMicros: number | null; places: string[] }[];
  /** Rolling maintenance of zones. */
  maintenances: { atMicros: number; zone: string; atOnce: number; eachMicros: number }[];
  /** Rounds that an administrator asks for. */
  defragments: { atMicros: number; zone: string }[];
  memory: MemorySpec;
  accounts: AccountSpec[];
  workload: WorkloadSpec | null;
  initial: InitialSpec | null;
  /** In order of time, then of the file. */
  events: EventSpec[];
  /** Hosts that are to be empty; in order of time. */
  evacuations: EvacuationSpec[];
  /** Hosts and agents that are away for a time; in order of time. */
  outages: OutageSpec[];
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

/** How VMs are migrated live; null: no limit. */
export interface ZoneSpec {
  name: string;
  /** Guest VLAN IDs, ascending: of the zone, or of each pod; an overlay does not use them. */
  vlans: number[];
  /** What a guest network's ID is unique in; overlay: in the zone, and of 24 bits. */
  vlanScope: 'zone' | 'pod' | 'overlay';
  /** Whether a port carries only VLANs that somebody behind it is in. */
  trunks: 'pruned' | 'unpruned';
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

/** The most that a VM may use; null: no limit. */
export interface ThrottleSpec {
  networkBitsPerSecond: number | null;
  iops: number | null;
}

export interface ManagementSpec {
  servers: number;
  agents: { per: 'host' | 'cluster'; atOnce: number | null };
  holdStoppedMicros: number;
  vlanAssigned: 'at-first-use' | 'at-registration';
  routerOffering: string;
  collectAfterMicros: number;
  bridgeMemoryBytes: number;
  /** Of every customer's VM. */
  throttle: ThrottleSpec;
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
  /** Further ones that its VMs may be brought to. */
  otherZones: string[];
  vms: { offering: string; count: number }[];
  /** Of each of its VMs, until an event changes it. */
  throttle: ThrottleSpec;
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
