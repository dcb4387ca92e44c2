/**
 * Transactions: what changed, appended to the history before any command leaves. State is the fold of the history
 * (state.ts): nothing else changes it. A transaction is plain data with numbers, codes and names; its number is its
 * place in the plane's history.
 */
import type {
  AccountId,
  CommandId,
  CommandKind,
  DiskId,
  HostId,
  NetworkId,
  NicId,
  Reason,
  RequestId,
  RequestKind,
  ServerId,
  TimeMicros,
  VmId,
  VmRole,
} from './ports.js';
import type { ApplianceEvent, ApplianceState } from './appliance-states.js';
import type { DiskEvent, DiskState } from './disk-states.js';
import type { NetworkEvent, NetworkState } from './network-states.js';
import type { NicEvent, NicState } from './nic-states.js';
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
  | { kind: 'network'; network: NetworkId; account: AccountId }
  | { kind: 'vlan-assigned'; network: NetworkId; vlan: number }
  | { kind: 'vlan-released'; network: NetworkId; vlan: number }
  | { kind: 'network-state'; network: NetworkId; event: NetworkEvent; from: NetworkState; to: NetworkState }
  | {
      kind: 'appliance-state';
      network: NetworkId;
      event: ApplianceEvent;
      from: ApplianceState;
      to: ApplianceState;
      /** When an idle appliance is to be collected; null in every other state. */
      collectAt: TimeMicros | null;
    }
  | {
      kind: 'vm';
      vm: VmId;
      name: string;
      account: AccountId;
      network: NetworkId | null;
      role: VmRole;
      offering: number | null;
      cpuMillis: number;
      memoryBytes: number;
      diskBytes: number;
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
  | { kind: 'address-assigned'; vm: VmId; interface: 'eth0' | 'eth1' | 'eth2'; address: number }
  | { kind: 'address-released'; vm: VmId; interface: 'eth0' | 'eth1' | 'eth2'; address: number }
  /** A question left for the policy; answered by `placed` or by the end of the VM's start. */
  | { kind: 'asked'; question: number; vm: VmId }
  /** Capacity of the host is the VM's from here to `unplaced`. `nodes` hold it in equal parts. */
  | { kind: 'placed'; vm: VmId; host: HostId; nodes: readonly number[]; question: number | null }
  | { kind: 'unplaced'; vm: VmId; host: HostId }
  | { kind: 'disk'; disk: DiskId; vm: VmId; server: ServerId; bytes: number }
  | { kind: 'disk-state'; disk: DiskId; event: DiskEvent; from: DiskState; to: DiskState }
  | { kind: 'nic'; nic: NicId; network: NetworkId; host: HostId; node: number; memoryBytes: number }
  | { kind: 'nic-state'; nic: NicId; event: NicEvent; from: NicState; to: NicState }
  | {
      kind: 'command';
      command: CommandId;
      type: CommandKind;
      /** The VM, disk or virtual NIC that it serves. */
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
