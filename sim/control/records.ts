/** The records of a zone's plane: what it knows of each thing. Plain data; only the fold changes it. */
import type { ApplianceState } from './appliance-states.js';
import type { CopyState } from './copy-states.js';
import type { DiskState } from './disk-states.js';
import type { Prefix } from './guest-range.js';
import type { IntegerPool } from './integer-pool.js';
import type { NetworkState } from './network-states.js';
import type { MigrationState } from './migration-states.js';
import type { NicState } from './nic-states.js';
import type {
  AccountId,
  CommandId,
  CommandKind,
  CopyId,
  DiskId,
  HostId,
  InquiredState,
  MigrationId,
  NetworkId,
  NicId,
  PlacedDisk,
  PodId,
  Reason,
  RequestId,
  RequestKind,
  RuleId,
  RuleSpec,
  ServerId,
  SnapshotId,
  Throttle,
  TimeMicros,
  VmId,
  VmRole,
} from './ports.js';
import type { RuleState } from './rule-states.js';
import type { SnapshotState } from './snapshot-states.js';
import type { VmState } from './vm-states.js';

export interface AccountRecord {
  readonly id: AccountId;
  readonly name: string;
  /** Guest networks that are not deleted, by name, in order of creation: the first is where VMs go by default. */
  readonly networks: Map<string, NetworkId>;
  /** Customers' VMs that are not destroyed, by name, in order of creation. */
  readonly vms: Map<string, VmId>;
  /** Of each of its VMs. */
  throttle: Throttle;
}

export interface NetworkRecord {
  readonly id: NetworkId;
  readonly name: string;
  readonly account: AccountId;
  readonly range: Prefix;
  readonly gateway: number;
  state: NetworkState;
  vlan: number | null;
  /** Where VLAN IDs are a pod's: the one that its ID, or its VMs' disks, bind it to; null: none. */
  pod: PodId | null;
  readonly appliance: { state: ApplianceState; vm: VmId | null; dueAt: TimeMicros | null };
  /** Customer's VMs in state `requested`, in order of arrival. */
  readonly waiting: Set<VmId>;
  /** Customer's VMs that are not destroyed. */
  readonly vms: Set<VmId>;
  /** Customer's VMs that are neither stopped nor on their way out. */
  active: number;
  /** VMs placed on a host, the routing appliance included. */
  readonly placed: Map<HostId, VmId[]>;
  /** Migrations that keep its virtual NIC on a host: to which a VM comes, or from which one has gone. */
  readonly kept: Map<HostId, MigrationId[]>;
  readonly nics: Map<HostId, NicId>;
  /** How many of these are in each pod that has any. */
  readonly nicsIn: Map<PodId, number>;
  readonly addresses: IntegerPool;
  /** Public addresses that the customer has acquired for it, beside its routing appliance's. */
  readonly publicAddresses: Set<number>;
  /** In order of creation. */
  readonly rules: Set<RuleId>;
  /** Rules that the customer asked for, by his names for them. */
  readonly ruleNames: Map<string, RuleId>;
}

/** A virtual NIC of a VM; the address is given with its `address-assigned`. */
export interface InterfaceRecord {
  readonly name: string;
  /** null: the management network (eth1), or the public one (eth2). */
  readonly network: NetworkId | null;
  address: number | null;
}

export interface VmSize {
  /** Index into offerings; null: by resources. */
  offering: number | null;
  cpuMillis: number;
  memoryBytes: number;
}

export interface VmRecord {
  readonly id: VmId;
  readonly name: string;
  readonly account: AccountId;
  /** Guest networks of its virtual NICs, eth0 first; of a routing appliance: the one it serves. */
  readonly networks: readonly NetworkId[];
  readonly role: VmRole;
  offering: number | null;
  /** What it holds of its host, and what it is started with; while it is resized, the larger of both sizes. */
  cpuMillis: number;
  memoryBytes: number;
  readonly diskBytes: number;
  readonly localDisk: boolean;
  /** Index into templates. */
  readonly template: number | null;
  readonly interfaces: readonly InterfaceRecord[];
  state: VmState;
  /** The request that it is being worked on for. */
  request: RequestId | null;
  host: HostId | null;
  nodes: readonly number[];
  /** Capacity that it keeps while it is stopped. */
  held: { host: HostId; nodes: readonly number[]; until: TimeMicros } | null;
  /** A change of size that is under way. */
  resize: { from: VmSize; to: VmSize } | null;
  /** What its agent was told last, and whether it said that it is so. */
  throttle: Throttle;
  throttled: boolean;
  /** Another zone's, which is to hand it over: its migration there, and whether all is ready for it here; null: this zone's. */
  awaited: { readonly zone: string; readonly migration: MigrationId; ready: boolean } | null;
  /** Not ended; null: none. */
  migration: MigrationId | null;
  disk: DiskId | null;
  /** Not destroyed, by name, in order of creation; null: there never was one. */
  snapshots: Map<string, SnapshotId> | null;
  /** Rules that are about it, in order of creation. */
  rules: readonly RuleId[];
  question: number | null;
  /** How often a policy was asked for this start. */
  asked: number;
  hasRun: boolean;
  /** What becomes of it once stopped. */
  goal: 'stopped' | 'destroyed';
  /** Its outstanding command; none: null. */
  command: CommandId | null;
}

export interface MigrationRecord {
  readonly id: MigrationId;
  readonly vm: VmId;
  readonly networks: readonly NetworkId[];
  /** Cold: with the VM off; `restart`: it ran, and is to run there. */
  readonly how: 'live' | 'cold';
  readonly restart: boolean;
  /** Another zone that it goes to; null: this one. */
  readonly zone: string | null;
  /** There, for its disk's content. */
  place: PlacedDisk | null;
  /** null: the VM is off. */
  readonly from: HostId | null;
  /** null: not chosen yet. */
  to: HostId | null;
  /** Hosts that a policy may not choose; null: the destination was given. */
  readonly notOn: readonly HostId[] | null;
  question: number | null;
  /** Questions since the last destination. */
  asked: number;
  readonly request: RequestId | null;
  /** Of defragmentation; null: it is of none. */
  readonly round: number | null;
  /** Migrations that must have ended, and begun, before it begins. */
  readonly waits: readonly MigrationId[];
  readonly follows: readonly MigrationId[];
  /** A disk of the VM's beside the one that it has: the one that it will have, or the one that it had. */
  disk: DiskId | null;
  /** What it holds where it is not (any more, or yet), in equal parts of these nodes. */
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  state: MigrationState;
  /** Nodes at the destination, and at the source once the VM has gone; null: nothing is held there for it. */
  reserved: readonly number[] | null;
  left: readonly number[] | null;
  /** Why it is taken back. */
  reason: Reason | null;
  /** Outstanding commands to both ends, and what each said of the VM since they were asked. */
  readonly source: MigrationEnd;
  readonly destination: MigrationEnd;
}

/** Of hosts, in the order in which they are drained. */
export interface MaintenanceRecord {
  readonly id: number;
  readonly hosts: readonly HostId[];
  readonly atOnce: number;
  readonly downMicros: TimeMicros | null;
  readonly after: 'bring-back' | 'leave';
  state: 'draining' | 'drained' | 'returning' | 'done';
  /** Those that it is about now; and how many it has been about. */
  now: readonly HostId[];
  begun: number;
  dueAt: TimeMicros | null;
  /** What ran on them. */
  former: readonly { readonly vm: VmId; readonly host: HostId }[];
  /** Migrations back that have not ended. */
  readonly open: Set<MigrationId>;
}

export interface MigrationEnd {
  command: CommandId | null;
  said: InquiredState | null;
  /** What it had said when both were asked again. */
  before: InquiredState | null;
}

export interface DiskRecord {
  readonly id: DiskId;
  readonly vm: VmId;
  readonly server: ServerId;
  readonly bytes: number;
  /** The template's copy on its server that it is a clone of. */
  readonly copy: CopyId | null;
  /** Whose it is while the VM has another one; null: the VM's. */
  migration: MigrationId | null;
  state: DiskState;
  command: CommandId | null;
}

export interface CopyRecord {
  readonly id: CopyId;
  readonly template: number;
  readonly server: ServerId;
  readonly bytes: number;
  state: CopyState;
  /** Disks that await it. */
  readonly waiting: Set<DiskId>;
  command: CommandId | null;
}

export interface SnapshotRecord {
  readonly id: SnapshotId;
  readonly name: string;
  readonly vm: VmId;
  readonly disk: DiskId;
  readonly server: ServerId;
  readonly bytes: number;
  state: SnapshotState;
  command: CommandId | null;
}

export interface NicRecord {
  readonly id: NicId;
  readonly network: NetworkId;
  readonly host: HostId;
  readonly node: number;
  readonly memoryBytes: number;
  state: NicState;
  command: CommandId | null;
}

export interface RuleRecord {
  readonly id: RuleId;
  readonly network: NetworkId;
  /** What its customer calls it; null: nobody asked for it. */
  readonly label: string | null;
  spec: RuleSpec;
  state: RuleState;
  /** The latest request about it, which may have ended. */
  request: RequestId | null;
  command: CommandId | null;
}

export interface RequestRecord {
  readonly id: RequestId;
  readonly type: RequestKind;
  readonly ref: number;
  readonly vm: VmId | null;
}

export interface CommandRecord {
  readonly id: CommandId;
  readonly type: CommandKind;
  /** The VM, disk, template copy, snapshot, virtual NIC or rule that it serves. */
  readonly subject: number;
  readonly host: HostId | null;
  readonly server: ServerId | null;
  attempt: number;
  deadline: TimeMicros;
}

export interface ServerRecord {
  readonly pod: number;
  /** The host whose own disk it is. */
  readonly host: HostId | null;
  freeBytes: number;
  /** Copies of templates on it, or on their way, by template. */
  readonly copies: Map<number, CopyId>;
}
