/**
 * Types of every result: summary.json, samples over time, and the recorder that a run speaks to. No database here:
 * a run without a recorder, and the viewer, need these types alone.
 */
import type { Warning } from '../base/errors.js';
import type { Transaction } from '../control/history.js';
import type { BroadcastSummary } from '../measures/broadcast-result.js';
import type { CpuSummary } from '../measures/cpu-result.js';
import type { TrafficSummary } from '../measures/traffic-result.js';
import type { NetworkTables } from './network-types.js';

/** What is known of a run before it starts. */
export interface RunHeader {
  scenario: string;
  about: string;
  variant: string | null;
  seed: number;
  version: string;
  durationMicros: number;
  /** The scenario as resolved, in YAML; goes to scenario.yaml and into the database. */
  scenarioText: string;
  /** Lanes in order: "shared", then the zones. */
  lanes: string[];
  record: 'full' | 'summary';
  zones: {
    name: string;
    vlanCapacity: number;
    pods: {
      name: string;
      hosts: {
        name: string;
        type: string;
        role: string;
        cpuMillis: number;
        memoryBytes: number;
        nodes: number;
        /** Its own disk; 0: none. */
        localDiskBytes: number;
        inService: boolean;
      }[];
      storage: { name: string; type: string; capacityBytes: number; iops: number }[];
    }[];
  }[];
  offerings: string[];
  templates: string[];
}

/** Figures of a zone at an instant (truth, except where the plane alone knows: VLAN IDs in use). */
export interface Sample {
  atMicros: number;
  zone: string;
  runningVms: number;
  runningAppliances: number;
  /** Guest networks with at least one running VM. */
  customers: number;
  fragmentation: number;
  hostFragmentation: number;
  podsPerCustomer: number;
  hostsPerCustomer: number;
  phantomDomains: number;
  /** fragmentRate(16); null where no CPU is free. */
  fragmentRate16: number | null;
  vlansInUse: number;
  /** Virtual NICs and bridges on hosts. */
  nics: number;
  /** Held by VMs, used or not. */
  cpuMillisUsed: number;
  /** What may be promised of hosts in service; physical: what they have. */
  cpuMillisCapacity: number;
  cpuMillisPhysical: number;
  memoryBytesUsed: number;
  memoryBytesCapacity: number;
  memoryBytesPhysical: number;
  diskBytesUsed: number;
  diskBytesCapacity: number;
  /** What running VMs ask for, and what of it their hosts do not have; null: CPU use is not modelled. */
  cpuMillisDemand: number | null;
  cpuMillisShort: number | null;
  /** VMs that get less CPU than they ask for, their hosts sharing it fairly; null likewise. */
  vmsShort: number | null;
  /** Customers' traffic, in bits per second; null: not modelled. */
  bitsSameHost: number | null;
  bitsSamePod: number | null;
  bitsCrossPod: number | null;
  bitsPublic: number | null;
  /** null: disk use is not modelled. */
  bitsStorage: number | null;
  /** Means since the sample before; null: the network is not modelled, and so the next ones. */
  bitsManagement: number | null;
  bitsTransfers: number | null;
  /** Shares of a capacity; above 1 more is asked for than there is. */
  zoneSwitchUse: number | null;
  hottestLinkUse: number | null;
  linksOverloaded: number | null;
  /** Operations per second; null: disk use is not modelled. */
  iopsDemand: number | null;
  iopsServed: number | null;
  /** Broadcast and flooded frames a second that a host receives; and as one flat layer-2 network. */
  framesPerHost: number;
  flatFramesPerHost: number;
}

/** What a run writes down. Called off the event loop's account: it schedules nothing and folds nothing. */
export interface Recorder {
  begin(header: RunHeader): void;
  /** `number` counts from 0 within the lane. The object is not kept by the caller: a recorder may keep it. */
  transaction(lane: number, number: number, transaction: Transaction): void;
  sample(sample: Sample): void;
  /** The run ended whole; `summary.machine` is left out of the database. */
  finish(summary: Summary, details?: RunDetails): void;
}

/** What a run tells beyond its summary. */
export interface RunDetails {
  /** Where the scenario has prices. */
  bills?: Iterable<BillLine> | undefined;
  network?: NetworkTables | undefined;
}

/** A line of a customer's bill; null: of no meaning for this kind of line. */
export interface BillLine {
  account: string;
  /** Place in the bill, from 0. */
  line: number;
  /** VMs of an offering, VMs of none, stopped VMs' disks, public addresses, network traffic. */
  kind: 'offering' | 'resources' | 'disks' | 'addresses' | 'traffic';
  /** Number of the offering. */
  offering: number | null;
  /** Starts that came to a running VM. */
  starts: number | null;
  /** As long as VMs ran, or addresses were held. */
  clockHours: number | null;
  /** After increments and minimum. */
  chargedHours: number | null;
  coreHours: number | null;
  gibHours: number | null;
  gibMonths: number | null;
  gigabytes: number | null;
  /** In the currency, rounded to the decimals of bills. */
  amount: number;
}

/** Over the whole run, warm-up included, up to its end. Amounts are in the currency. */
export interface BillingSummary {
  currency: string;
  /** Of every amount on a bill: each line was rounded to them, and nothing else. */
  decimals: number;
  total: number;
  /** Those with anything on their bill. */
  accounts: number;
  /** null: there is no bill. */
  perAccount: { mean: number; p50: number; max: number } | null;
  /** VM-hours: after increments and minimum, and by the clock. */
  hours: { charged: number; clock: number };
  /** `hours` are the charged ones. */
  byOffering: Record<string, { starts: number; hours: number; amount: number }>;
  /** VMs of no offering; null: there is no price for them. */
  resources: { starts: number; hours: number; coreHours: number; gibHours: number; amount: number } | null;
  /** Of stopped VMs, in GiB for 30 days; null: not charged. */
  disks: { gibMonths: number; amount: number } | null;
  /** Public ones; null: not charged. */
  addresses: { hours: number; amount: number } | null;
  /** null: no traffic was metered. */
  gigabytes: number | null;
  gigabytesAmount: number | null;
}

/** Time-weighted over the run after warm-up, weighted by VMs over guest networks. */
export interface FragmentationSummary {
  mean: number;
  end: number;
  p50: number;
  p95: number;
  max: number;
  hostFragmentation: { mean: number; end: number };
  podsPerCustomer: number;
  hostsPerCustomer: number;
  phantomDomains: number;
}

/** What was promised to VMs over what hosts in service have, after the warm-up. */
export interface PromisedSummary {
  /** The most that may be promised. */
  factor: number;
  /** null: there is nothing to promise. */
  meanRatio: number | null;
  /** Of the zone in which it was highest. */
  peakRatio: number | null;
}

/** Operations per second, means after the warm-up; shares of what was asked for. */
export interface StorageSummary {
  meanIops: number;
  shortRatio: number;
  /** Storage servers that were ever asked for more than they can do. */
  serversShort: number;
}

export interface TransfersSummary {
  started: number;
  completed: number;
  cancelled: number;
  bytes: number;
  /** Of completed ones; null: there were none. */
  totalSeconds: { p50: number; p99: number; max: number } | null;
}

/** Live migrations; quantiles are of completed ones, null: there were none. */
export interface MigrationsSummary {
  started: number;
  completed: number;
  rolledBack: number;
  /** Whose world had changed before they began. */
  dropped: number;
  /** VMs that neither end had any more. */
  lost: number;
  /** On the wire, of all. */
  bytes: number;
  downtimeSeconds: { p50: number; p99: number; max: number } | null;
  totalSeconds: { p50: number; p99: number; max: number } | null;
  rounds: { p50: number; p99: number; max: number } | null;
  /** Of guests: without running at all, and what they lost where they were slowed; of completed ones, together. */
  lostGuestSeconds: number;
  /** Other transfers that migrations held up by more than a millisecond, and by how much together. */
  othersDelayed: number;
  othersDelaySeconds: number;
}

/** VLAN IDs of a zone, and what its switches had to hold of guest VLANs. */
export interface VlanSummary {
  /** Guest networks that can be at once; with IDs reused per pod, in all pods together. */
  capacity: number;
  peakInUse: number;
  meanInUse: number;
  /** Requests refused because no ID was left; and because switches could carry no more. */
  refused: number;
  refusedBySwitch: number;
  /** The most that any pod switch carried, over the least limit of any; and the zone switch. Overlay: 0. */
  podSwitchVlans: { peak: number; limit: number };
  podSwitchVirtualPorts: { peak: number; limit: number };
  zoneSwitchVlans: { peak: number; limit: number };
  zoneSwitchVirtualPorts: { peak: number; limit: number };
  podSwitchMacEntries: { peak: number; limit: number };
}

export interface ExpectationResult {
  measure: string;
  atLeast?: number;
  atMost?: number;
  equals?: number;
  actual: number | null;
  held: boolean;
}

/** summary.json. SI base units unless the name says otherwise; null: not built or not modelled in this run. */
export interface Summary {
  scenario: string;
  variant: string | null;
  seed: number;
  version: string;
  digest: string;
  /** Digest of each lane, by name. */
  laneDigests: Record<string, string>;
  /** What decided, by name: as the scenario says, or what the caller of `simulate` put in its place. */
  policies: { placement: string };
  simulatedSeconds: number;
  events: number;
  transactions: number;
  warnings: Warning[];
  machine: { wallSeconds: number; cpuSeconds: number; peakRssBytes: number; node: string };
  /** Counts over the whole run, warm-up included; routing appliances are not in them. */
  vms: {
    /** Requests to start a VM: a new one, or a stopped one again. */
    requested: number;
    /** Starts that came to a running VM. */
    started: number;
    stopped: number;
    /** null: failures are not modelled in the run. */
    lost: number | null;
    /** Requests of every kind, by reason; a reason that did not occur is left out. */
    refused: Record<string, number>;
    failed: Record<string, number>;
    /** By the plant's truth. */
    runningAtEnd: number;
  };
  accounts: number;
  fragmentation: FragmentationSummary | null;
  /** By VM size in cores: time-weighted means after the warm-up, zones weighted by their CPU. */
  fragmentRate: Record<string, number | null>;
  /** Time-weighted after the warm-up, over hosts in service; a host is in use while it holds CPU of a VM. */
  packing: {
    hostsInService: number;
    hostsInUse: number;
    /** Promised over all CPU of hosts in use; null: none ever was. */
    cpuDensity: number | null;
  };
  overprovision: { cpu: PromisedSummary; memory: PromisedSummary };
  cpu: CpuSummary | null;
  /** null: neither traffic nor disk use nor flows are modelled. */
  traffic: TrafficSummary | null;
  /** null: nothing was asked of disks. */
  storage: StorageSummary | null;
  /** Copies and flows; null: there were none to be. */
  transfers: TransfersSummary | null;
  broadcast: BroadcastSummary;
  vlans: Record<string, VlanSummary>;
  /** null: none was asked for. */
  migrations: MigrationsSummary | null;
  failures: null;
  availability: null;
  energy: null;
  /** null: nothing has a price. */
  billing: BillingSummary | null;
  expect: ExpectationResult[];
}

/** What the database holds of a summary: the same on every machine. */
export type RecordedSummary = Omit<Summary, 'machine'>;
