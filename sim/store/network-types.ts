/**
 * What a run tells of its network beyond the summary: rows of the tables of links, switches, customers, pods, overloads,
 * storage servers, transfers, run-outs, and of the constants that broadcast rests on. Means, percentiles and peaks are after the warm-up; uses are shares of a capacity
 * (above 1: more was asked for than there is).
 */

/** A link in one direction. */
export interface LinkRow {
  zone: string;
  /** "z1/p01/h01 up": up is towards the zone switch. */
  link: string;
  kind: string;
  /** The switches that it belongs to: data, or those of a traffic class of its own. */
  fabric: string;
  capacityBitsPerSecond: number;
  mean: number;
  p95: number;
  peak: number;
  peakMicros: number;
  /** Share of the time above 70 %. */
  highRatio: number;
  /** Means by class, in bits per second. */
  guest: number;
  storage: number;
  management: number;
  transfers: number;
}

/** A switch, or a pair that carries the same. */
export interface SwitchRow {
  zone: string;
  switch: string;
  level: 'rack' | 'pod' | 'zone';
  /** The most that were active at once; the limit is of the smaller of a pair. null: of no meaning (overlay). */
  peakVlans: number | null;
  vlanLimit: number;
  peakVirtualPorts: number | null;
  virtualPortLimit: number;
  peakMacEntries: number;
  macTable: number;
  /** Mean and most of what went through it, in bits per second. */
  meanBitsPerSecond: number;
  peakBitsPerSecond: number;
}

/** One of the ways to number guest networks: the one in force, and the others. */
export interface VlanAlternativeRow {
  zone: string;
  scope: 'zone' | 'pod' | 'overlay';
  inForce: 0 | 1;
  /** Guest networks that can be at once. */
  networks: number;
  /** Whether one may have VMs in several pods. */
  spansPods: 0 | 1;
  /** Added to every frame between hosts, in bytes; and what is left of a full packet's payload. */
  overheadBytes: number;
  payloadRatio: number;
}

/** What a customer's VMs exchanged after the warm-up, in bits. */
export interface CustomerTrafficRow {
  zone: string;
  account: string;
  network: string;
  sameHost: number;
  samePod: number;
  crossPod: number;
  toPublic: number;
  fromPublic: number;
}

export interface PodBroadcastRow {
  zone: string;
  pod: string;
  hosts: number;
  meanFramesPerSecond: number;
  maxFramesPerSecond: number;
  floodedFramesPerSecond: number;
  cpuShare: number;
  linkShare: number;
}

/** A link when it was asked for most, and what a customer asked of it and gets where all share it max-min fairly. */
export interface OverloadRow {
  zone: string;
  link: string;
  atMicros: number;
  capacityBitsPerSecond: number;
  /** Of all customers together; what is no customer's goes first. */
  askedBitsPerSecond: number;
  othersBitsPerSecond: number;
  account: string;
  network: string;
  accountAskedBitsPerSecond: number;
  accountGetsBitsPerSecond: number;
}

export interface StorageUseRow {
  zone: string;
  server: string;
  capacityIops: number;
  meanIops: number;
  peakIops: number;
  /** Of what was asked for, what could not be served; share of the time in which that was so. */
  shortRatio: number;
  timeShortRatio: number;
}

/** How many VMs of an offering a pod can bear: by its storage servers' operations, and by its hosts. */
export interface PodSizeRow {
  zone: string;
  pod: string;
  offering: string;
  /** Operations a second that each VM may ask for: its throttle. */
  iopsPerVm: number;
  vmsByStorage: number;
  vmsByHosts: number;
}

export interface TransferRow {
  zone: string;
  /** In the order of beginning, from 0. */
  transfer: number;
  kind: string;
  source: string;
  destination: string;
  bytes: number;
  beginMicros: number;
  /** null: under way at the end, or cancelled. */
  endMicros: number | null;
  outcome: 'done' | 'cancelled' | 'under-way';
  meanBitsPerSecond: number | null;
  /** By how long VMs' migrations held it up, less than none where sharing with them was to its good; null: none was beside it. */
  delaySeconds: number | null;
}

export interface MigrationRow {
  zone: string;
  /** In the order in which they were asked for, from 0. */
  migration: number;
  /** account/vm. */
  vm: string;
  how: 'live' | 'cold';
  /** null: cold, of a VM that is off. */
  source: string | null;
  /** A host, or another zone; null: none was chosen. */
  destination: string | null;
  askedMicros: number;
  /** null: it never left the queue. */
  beginMicros: number | null;
  /** Nothing of it is left anywhere; null: under way at the end of the run. */
  endMicros: number | null;
  outcome: string;
  /** Why it did not come to a good end. */
  reason: string | null;
  /** What the hypervisor came to; the rest of its figures are null where it never copied. */
  copy: string | null;
  totalSeconds: number | null;
  downtimeSeconds: number | null;
  /** Without a guest that runs at all, and what it lost where it was slowed. */
  lostSeconds: number | null;
  bytes: number | null;
  /** Of these, of its disk; 0: that stayed. */
  diskBytes: number | null;
  rounds: number | null;
}

export interface MigrationRoundRow {
  zone: string;
  migration: number;
  stream: 'memory' | 'disk';
  round: number;
  seconds: number;
  bytes: number;
  fullPages: number;
  zeroPages: number;
  /** At its end, when the bitmap was synchronised. */
  pendingPages: number;
  /** Of the guest; 1: not throttled. */
  speedRatio: number;
}

/** A round of defragmentation. */
export interface RoundRow {
  zone: string;
  round: number;
  beginMicros: number;
  /** null: under way at the end of the run. */
  endMicros: number | null;
  /** Guest networks that it looked at, and of these those that it left as they are. */
  customers: number;
  leftAlone: number;
  moves: number;
  done: number;
  dropped: number;
  rolledBack: number;
  /** Of its migrations together. */
  bytes: number;
  downtimeSeconds: number;
  /** Of all customers of the zone. */
  fragmentationBefore: number;
  fragmentationAfter: number | null;
}

/** How scattered a guest network is at the end of the run. */
export interface FragmentationRow {
  zone: string;
  account: string;
  network: string;
  vms: number;
  hosts: number;
  leastHosts: number;
  pods: number;
  leastPods: number;
  phantomDomains: number;
  fragmentation: number;
  /** Why the last round that looked at it left it so; null: it is as together as it can be, or none did. */
  reason: string | null;
}

/** Something that there is only so much of, and when it is used up if it goes on growing as it does. */
export interface RunOutRow {
  zone: string;
  what: string;
  unit: string;
  capacity: number;
  inUse: number;
  perDay: number;
  /** From the beginning of the run; null: it does not grow beyond doubt, or not so far in a century. */
  atMicros: number | null;
}

/** A constant that the figures of broadcast rest on, as the run took it. */
export interface BroadcastParameterRow {
  name: string;
  value: number;
  unit: string;
  /** Where the value comes from. */
  source: string;
  /** 1: nobody measured it for this cloud, it is to be calibrated; 0: somebody published it. */
  calibrate: 0 | 1;
}

export interface NetworkTables {
  links: LinkRow[];
  switches: SwitchRow[];
  vlanAlternatives: VlanAlternativeRow[];
  customers: CustomerTrafficRow[];
  pods: PodBroadcastRow[];
  overloads: OverloadRow[];
  storage: StorageUseRow[];
  podSizes: PodSizeRow[];
  transfers: TransferRow[];
  migrations: MigrationRow[];
  migrationRounds: MigrationRoundRow[];
  rounds: RoundRow[];
  scattered: FragmentationRow[];
  runOuts: RunOutRow[];
  parameters: BroadcastParameterRow[];
}
