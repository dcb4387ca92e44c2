/**
 * The ports of the management plane: plain data in, plain data out (no behaviour, no clock, no promise).
 *
 * Contract of an agent, simulated or real:
 *  - it obeys a command at least once and answers with one `outcome` report that names the command's number;
 *  - a command delivered twice takes effect once: the second delivery repeats the first one's outcome;
 *  - a command older (lower number) than the newest it has obeyed for the same subject is not obeyed: `superseded`
 *    (messages may be late or out of order, and a start must not overtake the stop that was sent after it);
 *  - reports may be late, lost, doubled or out of order: the plane copes.
 */

import type { DefragPlan, DefragRequest } from './defrag/policy.js';
import type { MigrationCommand, OfferedVm, PeerCommand, PlacedDisk } from './migration-ports.js';
import type { Report } from './report-ports.js';
import type { RuleSpec, RuleWish } from './rule-spec.js';

export {
  INQUIRED_STATES,
  type InquiredState,
  type MigrationCommand,
  type MigrationLimits,
  type OfferedVm,
  type PeerCommand,
  type PlacedDisk,
} from './migration-ports.js';
export {
  AGENT_REASONS,
  FEATURES,
  type AgentReason,
  type CapabilitiesReport,
  type Feature,
  type OutcomeReport,
  type Report,
} from './report-ports.js';
export { RULE_TYPES, type RuleSpec, type RuleType, type RuleWish } from './rule-spec.js';

/** Integer microseconds: simulated, or since the epoch. */
export type TimeMicros = number;

/** Dense integer ids, per plane, from 0. */
export type AccountId = number;
export type NetworkId = number;
export type VmId = number;
export type DiskId = number;
export type NicId = number;
export type HostId = number;
export type PodId = number;
export type ServerId = number;
/** A template's copy on a storage server. */
export type CopyId = number;
export type SnapshotId = number;
export type RuleId = number;
export type MigrationId = number;
/** One for a host, or one for a cluster of hosts. */
export type AgentId = number;
export type RequestId = number;
export type CommandId = number;

// ---- commands ------------------------------------------------------------------------------------------------

export interface CommandHead {
  number: CommandId;
  /** 1 for the first sending, counted up by each repetition. */
  attempt: number;
}

export type ComputingCommand = CommandHead & { target: 'computing'; agent: AgentId; host: HostId } &
  /** `node`: the NUMA node whose memory carries bridge and virtual NIC, as the plane accounts for it. */
  (
    | { kind: 'add-nic'; network: NetworkId; vlan: number; node: number; memoryBytes: number }
    | { kind: 'remove-nic'; network: NetworkId }
    | { kind: 'mount-disk'; vm: VmId; disk: DiskId; server: ServerId }
    | { kind: 'dismount-disk'; vm: VmId; disk: DiskId }
    | {
        kind: 'start-vm';
        vm: VmId;
        cpuMillis: number;
        memoryBytes: number;
        /** NUMA nodes that hold the VM in equal parts. */
        nodes: readonly number[];
        interfaces: readonly Interface[];
        role: VmRole;
        throttle: Throttle;
      }
    | { kind: 'stop-vm'; vm: VmId }
    | { kind: 'reboot-vm'; vm: VmId }
    /** To another size in place, with the throttle that goes with it: live. `restore-vm` takes it back to what it had. */
    | { kind: 'resize-vm' | 'restore-vm'; vm: VmId; cpuMillis: number; memoryBytes: number; throttle: Throttle }
    /** Of a running VM, from now on. */
    | { kind: 'set-throttle'; vm: VmId; throttle: Throttle }
    | { kind: 'open-console'; vm: VmId }
    | MigrationCommand
  );

export type StorageCommand = CommandHead & { target: 'storage'; server: ServerId } & (
    | { kind: 'create-disk'; disk: DiskId; bytes: number; template: CopyId | null }
    /** A new disk with the content of another one, which nobody mounts, from wherever that is. */
    | { kind: 'copy-disk'; disk: DiskId; bytes: number; from: PlacedDisk }
    /** A disk's content to another zone's disk; it stands here as well. */
    | { kind: 'send-disk'; disk: DiskId; bytes: number; zone: string; to: PlacedDisk }
    | { kind: 'destroy-disk'; disk: DiskId }
    | { kind: 'copy-template'; copy: CopyId; template: number; bytes: number }
    | { kind: 'remove-template'; copy: CopyId }
    | { kind: 'create-snapshot'; snapshot: SnapshotId; disk: DiskId; bytes: number }
    | { kind: 'destroy-snapshot'; snapshot: SnapshotId }
    /** The disk gets the content that it had when the snapshot was taken. */
    | { kind: 'revert-disk'; snapshot: SnapshotId; disk: DiskId }
  );

/** Of the zone's firewall (`appliance` null) or of a routing appliance. `add-rule` also changes one that is there. */
export type NetworkCommand = CommandHead & { target: 'network'; network: NetworkId; appliance: VmId | null } &
  /** `targets`: private addresses of the VMs that it is about, in their order. */
  (
    | { kind: 'add-rule'; rule: RuleId; spec: RuleSpec; targets: readonly number[] }
    | { kind: 'remove-rule'; rule: RuleId }
  );

/** From the plane of what zones share, or another zone's, to a zone's plane. */
export type PlaneCommand = CommandHead & { target: 'plane'; zone: string } & (
    { kind: 'register-account'; name: string } | PeerCommand
  );

/** What an agent obeys. */
export type AgentCommand = ComputingCommand | StorageCommand | NetworkCommand;
export type Command = AgentCommand | PlaneCommand;
export type CommandKind = Command['kind'];

export type VmRole = 'user' | 'router';

/** The most that a VM may use of network and storage; null: no limit. */
export interface Throttle {
  /** Over its virtual NICs together. */
  readonly networkBitsPerSecond: number | null;
  /** Operations on its disk in a second. */
  readonly iops: number | null;
}

/**
 * A virtual NIC's address. A customer's VM has eth0, eth1 ... in its guest networks, in their order; a routing appliance
 * has eth0 (gateway of its guest network), eth1 (management network) and eth2 (public network).
 */
export interface Interface {
  name: string;
  /** null: the management or the public network. */
  network: NetworkId | null;
  /** IPv4 address as an unsigned integer. */
  address: number;
}

// ---- requests ------------------------------------------------------------------------------------------------

/** What a new VM is to be: one of the offerings, so many resources, or something that does this. */
export type Want =
  | { offering: string }
  | { cpuMillis: number; memoryBytes: number; diskBytes: number; localDisk?: boolean }
  | { function: string };

/** `ref` is the caller's own number for the request; it stands in the transactions that begin and end it. */
export type Request = { ref: number } & (
  | {
      kind: 'register-account';
      name: string;
      zone: string;
      /** The VLAN ID that an inventory found its guest network to have; where IDs are assigned at first use, its VMs tell. */
      vlan?: number;
      /** Further zones that its VMs may be brought to. */
      otherZones?: readonly string[];
    }
  | {
      kind: 'start-new';
      account: string;
      vm: string;
      want: Want;
      /** Guest networks of its virtual NICs, eth0 first; absent: the account's first. */
      networks?: readonly string[];
      /** An address of the customer's own choice on each; null or absent: the plane chooses. */
      addresses?: readonly (number | null)[];
      /** In place of the offering's. */
      template?: string;
    }
  | { kind: 'start' | 'stop' | 'reboot' | 'destroy' | 'console'; account: string; vm: string }
  | { kind: 'resize'; account: string; vm: string; want: Want }
  /**
   * An administrator's: live to the host of this name; absent: to one that the placement policy chooses. `cold`: stopped first
   * where it runs, and started there; one that is off stays off.
   */
  | { kind: 'migrate'; account: string; vm: string; to?: string; cold?: true; zone?: string }
  /** Another zone's plane. */
  | ({ kind: 'admit-vm' } & OfferedVm)
  | { kind: 'take-vm'; from: string; migration: MigrationId }
  | { kind: 'withdraw-vm'; from: string; migration: MigrationId }
  /** An administrator's: all VMs and routing appliances on these hosts, by their names, to hosts that the policy chooses. */
  | { kind: 'evacuate'; hosts: readonly string[] }
  /**
   * An administrator's: these hosts are to be empty and down, `atOnce` at a time (absent: all), each for `downMicros` (null: until they are
   * returned); `after`: whether what ran on them comes back then.
   */
  | {
      kind: 'maintain';
      hosts: readonly string[];
      atOnce?: number;
      downMicros: TimeMicros | null;
      after: 'bring-back' | 'leave';
    }
  | { kind: 'return'; hosts: readonly string[] }
  /** An administrator's: a round of defragmentation, now. */
  | { kind: 'defragment' }
  | { kind: 'snapshot' | 'delete-snapshot' | 'revert'; account: string; vm: string; snapshot: string }
  | {
      kind: 'create-network';
      account: string;
      network: string;
      /** The customer's own range; absent: as every guest network of the zone. */
      range?: { first: number; prefixLength: number };
    }
  | { kind: 'delete-network'; account: string; network: string }
  | { kind: 'acquire-address'; account: string; network: string }
  | { kind: 'release-address'; account: string; network: string; address: number }
  | { kind: 'add-rule'; account: string; network: string; rule: string; wish: RuleWish }
  | { kind: 'remove-rule'; account: string; network: string; rule: string }
  /** An administrator's: what each of the account's VMs may use at most; null: no limit of the account's, absent: as it is. */
  | { kind: 'throttle'; account: string; networkBitsPerSecond?: number | null; iops?: number | null }
  /** A VM that runs already, as an inventory found it: taken over where it is. */
  | {
      kind: 'adopt';
      account: string;
      vm: string;
      role: VmRole;
      /** Whether it is in the account's guest network, and on which VLAN ID that is, if the inventory knows. */
      guestNetwork: { vlan: number | null } | null;
      host: HostId;
      nodes: readonly number[];
      cpuMillis: number;
      memoryBytes: number;
    }
);
export type RequestKind = Request['kind'];

/** Why a request was refused, or failed. Codes are permanent: scenarios' `expect` and reports name them. */
export const REASONS = [
  'vlan-exhausted',
  'no-capacity',
  'switch-vlans-exhausted',
  'networks-apart',
  'storage-full',
  'guest-addresses-exhausted',
  'public-addresses-exhausted',
  'management-addresses-exhausted',
  'already-running',
  'not-running',
  'vm-busy',
  'unknown-account',
  'unknown-vm',
  'unknown-offering',
  'unknown-function',
  'unknown-template',
  'unknown-network',
  'unknown-snapshot',
  'unknown-rule',
  'unknown-address',
  'unknown-zone',
  'bad-request',
  'account-exists',
  'vm-exists',
  'network-exists',
  'snapshot-exists',
  'rule-exists',
  'rule-conflict',
  'network-in-use',
  'address-in-use',
  'vlan-unavailable',
  'unsupported',
  'unknown-host',
  'host-out-of-service',
  'already-there',
  'has-snapshots',
  'round-under-way',
  'withdrawn',
  'not-converging',
  'destination-failed',
  'vm-lost',
  'agent-silent',
  'agent-failed',
  'policy-failed',
] as const;
export type Reason = (typeof REASONS)[number];

// ---- questions and answers -----------------------------------------------------------------------------------

/** What a VM needs of a host. */
export interface Demand {
  cpuMillis: number;
  memoryBytes: number;
  /** Host memory that one virtual NIC and bridge costs. */
  bridgeBytes: number;
  /** Guest networks of its virtual NICs; each costs `bridgeBytes` on a host that has none of it yet. */
  networks: readonly NetworkId[];
  role: VmRole;
  /** Pods it may go to, ascending; null: any. */
  pods: readonly PodId[] | null;
  /** The one host that it may go to, because its disk is there; null: any. */
  host: HostId | null;
  /** Hosts that it may not go to; absent: none. */
  notOn?: readonly HostId[];
  /** Bytes that it takes on the host's own disk; 0: none. */
  localBytes: number;
}

export interface PlaceQuestion {
  kind: 'place';
  number: number;
  vm: VmId;
  account: AccountId;
  demand: Demand;
}

/** What is to be migrated in a round of defragmentation? */
export type PlanQuestion = { kind: 'plan'; number: number; round: number } & DefragRequest;

export type Question = PlaceQuestion | PlanQuestion;

export type Decision = { host: HostId; nodes?: readonly number[] } | { refuse: Reason };

export type Answer = { question: number; decision: Decision } | { question: number; plan: DefragPlan };

// ---- the turn ------------------------------------------------------------------------------------------------

export type Input =
  { kind: 'request'; request: Request } | { kind: 'report'; report: Report } | { kind: 'answer'; answer: Answer };

/** Where a root puts commands: an agent, or whatever stands between (a faulty link, a network). */
export interface AgentPort {
  send(command: AgentCommand): void;
}
