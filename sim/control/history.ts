/**
 * Transactions: what changed, appended to the history before any command leaves. State is the fold of the history
 * (state.ts): nothing else changes it. A transaction is plain data with numbers, codes and names; its number is its
 * place in the plane's history.
 */
import type {
  AccountId,
  CommandId,
  CommandKind,
  CopyId,
  DiskId,
  Feature,
  HostId,
  InquiredState,
  MigrationId,
  NetworkId,
  NicId,
  PodId,
  Reason,
  RequestId,
  RequestKind,
  RuleId,
  RuleType,
  ServerId,
  SnapshotId,
  TimeMicros,
  VmId,
  VmRole,
} from './ports.js';
import type { ApplianceEvent, ApplianceState } from './appliance-states.js';
import type { CopyEvent, CopyState } from './copy-states.js';
import type { DiskEvent, DiskState } from './disk-states.js';
import type { NetworkEvent, NetworkState } from './network-states.js';
import type { MigrationEvent, MigrationState } from './migration-states.js';
import type { NicEvent, NicState } from './nic-states.js';
import type { RuleEvent, RuleState } from './rule-states.js';
import type { SnapshotEvent, SnapshotState } from './snapshot-states.js';
import type { VmEvent, VmState } from './vm-states.js';

export type Change =
  /** A request was acknowledged; it ends with exactly one request-ended. */
  | { kind: 'request'; request: RequestId; type: RequestKind; ref: number; account: AccountId | null; vm: VmId | null }
  | {
      kind: 'request-ended';
      request: RequestId;
      type: RequestKind;
      ref: number;
      vm: VmId | null;
      outcome: 'done' | 'refused' | 'failed';
      reason: Reason | null;
    }
  | { kind: 'account'; account: AccountId; name: string; zone: string }
  | {
      kind: 'network';
      network: NetworkId;
      account: AccountId;
      name: string;
      /** Its range and gateway, IPv4 addresses as unsigned integers. */
      address: number;
      prefixLength: number;
      gateway: number;
    }
  | { kind: 'vlan-assigned'; network: NetworkId; vlan: number }
  | { kind: 'vlan-released'; network: NetworkId; vlan: number }
  /** Where VLAN IDs are a pod's: the guest network, with its ID and disks, is in this pod from now on; null: in none. */
  | { kind: 'network-pod'; network: NetworkId; pod: PodId | null }
  | { kind: 'network-state'; network: NetworkId; event: NetworkEvent; from: NetworkState; to: NetworkState }
  | {
      kind: 'appliance-state';
      network: NetworkId;
      event: ApplianceEvent;
      from: ApplianceState;
      to: ApplianceState;
      /** When an idle appliance is to be collected; null in every other state. */
      dueAt: TimeMicros | null;
    }
  | {
      kind: 'vm';
      vm: VmId;
      name: string;
      account: AccountId;
      /** Of its virtual NICs, eth0 first. */
      networks: readonly NetworkId[];
      role: VmRole;
      offering: number | null;
      cpuMillis: number;
      memoryBytes: number;
      diskBytes: number;
      /** Where its disk will be. */
      storage: 'pod' | 'local';
      template: number | null;
    }
  | {
      kind: 'vm-state';
      vm: VmId;
      event: VmEvent;
      from: VmState;
      to: VmState;
      request: RequestId | null;
      reason: Reason | null;
    }
  /** From here to `vm-size` it holds room for the larger of the size it has and this one. */
  | { kind: 'vm-resize'; vm: VmId; offering: number | null; cpuMillis: number; memoryBytes: number }
  /** The size that it has from now on. */
  | { kind: 'vm-size'; vm: VmId; offering: number | null; cpuMillis: number; memoryBytes: number }
  /** What each VM of the account may use at most, from now on. */
  | { kind: 'account-throttle'; account: AccountId; networkBitsPerSecond: number | null; iops: number | null }
  /** What the VM's agent is told from now on that it may use at most: with its start, its change of size, or by itself. */
  | { kind: 'vm-throttle'; vm: VmId; networkBitsPerSecond: number | null; iops: number | null }
  | { kind: 'console-opened'; vm: VmId; host: HostId; port: number | null }
  | { kind: 'address-assigned'; vm: VmId; interface: string; address: number }
  | { kind: 'address-released'; vm: VmId; interface: string; address: number }
  /** A public address that a customer asked for, beside his routing appliance's. */
  | { kind: 'address-acquired'; network: NetworkId; address: number }
  | { kind: 'address-returned'; network: NetworkId; address: number }
  /** A question left for the policy; answered by `placed` or by the end of the VM's start. */
  | { kind: 'asked'; question: number; vm: VmId }
  /** Capacity of the host is the VM's from here to `unplaced`. `nodes` hold it in equal parts. */
  | { kind: 'placed'; vm: VmId; host: HostId; nodes: readonly number[]; question: number | null }
  /** `heldUntil`: its capacity stays reserved there up to then; null: it is free. */
  | { kind: 'unplaced'; vm: VmId; host: HostId; heldUntil: TimeMicros | null }
  | { kind: 'hold-ended'; vm: VmId; host: HostId }
  /** Asked for; `request` ends with it. */
  | {
      kind: 'migration';
      migration: MigrationId;
      vm: VmId;
      how: 'live' | 'cold';
      /** Another zone; null: this one. */
      zone: string | null;
      /** null: the VM is off. */
      source: HostId | null;
      /** null: a policy is to choose, of all hosts but these. */
      destination: HostId | null;
      notOn: readonly HostId[] | null;
      request: RequestId | null;
      /** Of defragmentation that it is of; it begins when `waits` have ended and `follows` have begun. */
      round: number | null;
      waits: readonly MigrationId[];
      follows: readonly MigrationId[];
    }
  | {
      kind: 'maintenance';
      maintenance: number;
      hosts: readonly HostId[];
      atOnce: number;
      downMicros: TimeMicros | null;
      after: 'bring-back' | 'leave';
    }
  /** Of these hosts of it; something is due then. */
  | {
      kind: 'maintenance-state';
      maintenance: number;
      to: 'draining' | 'drained' | 'returning' | 'done';
      hosts: readonly HostId[];
      dueAt: TimeMicros | null;
    }
  /** The migration brings back what ran there. */
  | { kind: 'maintenance-move'; maintenance: number; migration: MigrationId }
  /** A round of defragmentation looks at these guest networks; the next is due then. */
  | {
      kind: 'round-begun';
      round: number;
      networks: readonly NetworkId[];
      question: number;
      dueAt: TimeMicros | null;
    }
  | { kind: 'round-put-off'; dueAt: TimeMicros | null }
  /** So many moves; and the guest networks that are left as they are, each with the reason. */
  | {
      kind: 'round-planned';
      round: number;
      moves: number;
      networks: readonly NetworkId[];
      reasons: readonly string[];
    }
  | { kind: 'round-ended'; round: number }
  | {
      kind: 'migration-state';
      migration: MigrationId;
      event: MigrationEvent;
      from: MigrationState;
      to: MigrationState;
      reason: Reason | null;
    }
  /** A question left for the policy: where to. */
  | { kind: 'asked-where'; migration: MigrationId; question: number }
  /** null: it is to be chosen anew. */
  | { kind: 'migration-destination'; migration: MigrationId; host: HostId | null }
  /** Capacity of the destination is the VM's as well from here on. */
  | { kind: 'migration-reserved'; migration: MigrationId; host: HostId; nodes: readonly number[] }
  /** A disk at the destination, for the VM to have in place of its own. */
  | { kind: 'migration-disk'; migration: MigrationId; vm: VmId; disk: DiskId; server: ServerId; bytes: number }
  /** It is the VM's from here on, and the one that the VM had is the migration's. */
  | { kind: 'vm-disk'; migration: MigrationId; vm: VmId; disk: DiskId }
  /** What the migration reserved is kept for the VM, which is off, up to then. */
  | { kind: 'vm-held'; migration: MigrationId; vm: VmId; host: HostId; nodes: readonly number[]; heldUntil: TimeMicros }
  /** The other zone has admitted it; where its disk's content goes there. */
  | { kind: 'migration-admitted'; migration: MigrationId; disk: DiskId | null; server: ServerId | null }
  /** Another zone offers it, under that number of its own; all is ready for it; it is this zone's. */
  | { kind: 'vm-awaited'; vm: VmId; zone: string; migration: MigrationId }
  | { kind: 'vm-admitted'; vm: VmId; request: RequestId; disk: DiskId | null; server: ServerId | null }
  | { kind: 'vm-taken'; vm: VmId }
  /** What one end said of the VM. */
  | { kind: 'migration-said'; migration: MigrationId; end: 'source' | 'destination'; said: InquiredState }
  /** The VM is at the destination from here on; the source holds what it held until it is freed. */
  | { kind: 'vm-moved'; migration: MigrationId; vm: VmId; host: HostId; nodes: readonly number[] }
  /** Capacity that was held at the end where the VM is not is free. */
  | { kind: 'migration-freed'; migration: MigrationId; host: HostId }
  | { kind: 'disk'; disk: DiskId; vm: VmId; server: ServerId; bytes: number; copy: CopyId | null }
  | { kind: 'disk-state'; disk: DiskId; event: DiskEvent; from: DiskState; to: DiskState }
  | { kind: 'template-copy'; copy: CopyId; template: number; server: ServerId; bytes: number }
  | { kind: 'copy-state'; copy: CopyId; event: CopyEvent; from: CopyState; to: CopyState }
  | {
      kind: 'snapshot';
      snapshot: SnapshotId;
      name: string;
      vm: VmId;
      disk: DiskId;
      server: ServerId;
      bytes: number;
    }
  | { kind: 'snapshot-state'; snapshot: SnapshotId; event: SnapshotEvent; from: SnapshotState; to: SnapshotState }
  | { kind: 'nic'; nic: NicId; network: NetworkId; host: HostId; node: number; memoryBytes: number }
  | { kind: 'nic-state'; nic: NicId; event: NicEvent; from: NicState; to: NicState }
  /** The fields of a RuleSpec; `label` is what its customer calls it, null where nobody asked for it. */
  | {
      kind: 'rule';
      rule: RuleId;
      network: NetworkId;
      label: string | null;
      type: RuleType;
      name: string | null;
      protocol: 'tcp' | 'udp' | null;
      address: number | null;
      prefixLength: number | null;
      port: number | null;
      targetPort: number | null;
      vms: readonly VmId[];
    }
  /** It is about these VMs from now on. */
  | { kind: 'rule-vms'; rule: RuleId; vms: readonly VmId[] }
  | {
      kind: 'rule-state';
      rule: RuleId;
      event: RuleEvent;
      from: RuleState;
      to: RuleState;
      /** The customer's request that it is done for. */
      request: RequestId | null;
    }
  /** An agent found this much on a NUMA node of the host. */
  | { kind: 'host-capacity'; host: HostId; node: number; cpuMillis: number; memoryBytes: number }
  | { kind: 'host-features'; host: HostId; features: readonly Feature[] }
  | { kind: 'host-service'; host: HostId; service: 'in' | 'out'; reason: string }
  | {
      kind: 'command';
      command: CommandId;
      type: CommandKind;
      /** The VM, disk, template copy, snapshot, virtual NIC, rule or migration that it serves. */
      subject: number;
      host: HostId | null;
      server: ServerId | null;
      /** 1: sent; 0: put off to the deadline. */
      attempt: 0 | 1;
      deadline: TimeMicros;
    }
  | { kind: 'command-repeated'; command: CommandId; attempt: number; deadline: TimeMicros }
  | { kind: 'command-ended'; command: CommandId; outcome: 'done' | 'failed' | 'given-up'; reason: string | null };

export type ChangeKind = Change['kind'];
export type Transaction = Change & { at: TimeMicros };
