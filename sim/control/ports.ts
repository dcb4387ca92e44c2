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
export type RequestId = number;
export type CommandId = number;

// ---- commands ------------------------------------------------------------------------------------------------

export interface CommandHead {
  number: CommandId;
  /** 1 for the first sending, counted up by each repetition. */
  attempt: number;
}

export type ComputingCommand = CommandHead & { target: 'computing'; host: HostId } &
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
        network: NetworkId | null;
        interfaces: readonly Interface[];
        role: VmRole;
      }
    | { kind: 'stop-vm'; vm: VmId }
    | { kind: 'reboot-vm'; vm: VmId }
  );

export type StorageCommand = CommandHead & { target: 'storage'; server: ServerId } & (
    { kind: 'create-disk'; disk: DiskId; bytes: number } | { kind: 'destroy-disk'; disk: DiskId }
  );

/** From the plane of what zones share to a zone's plane. */
export type PlaneCommand = CommandHead & { target: 'plane'; zone: string; kind: 'register-account'; name: string };

export type Command = ComputingCommand | StorageCommand | PlaneCommand;
export type CommandKind = Command['kind'];

export type VmRole = 'user' | 'router';

/** A virtual NIC's address: eth0 in the guest network; a routing appliance has eth1 (management) and eth2 (public). */
export interface Interface {
  name: 'eth0' | 'eth1' | 'eth2';
  /** IPv4 address as an unsigned integer. */
  address: number;
}

// ---- reports -------------------------------------------------------------------------------------------------

export type AgentReason =
  'no-such-vm' | 'no-such-disk' | 'no-such-nic' | 'no-room' | 'in-use' | 'superseded' | 'refused' | 'hypervisor-error';

export interface OutcomeReport {
  kind: 'outcome';
  command: CommandId;
  /** null: done. */
  failed: AgentReason | null;
}

export type Report = OutcomeReport;

// ---- requests ------------------------------------------------------------------------------------------------

/** What a new VM is to be: one of the operator's offerings, or made to measure. */
export type Want = { offering: string } | { cpuMillis: number; memoryBytes: number; diskBytes: number };

/** `ref` is the caller's own number for the request; it stands in the transactions that begin and end it. */
export type Request = { ref: number } & (
  | { kind: 'register-account'; name: string; zone: string }
  | { kind: 'start-new'; account: string; vm: string; want: Want }
  | { kind: 'start'; account: string; vm: string }
  | { kind: 'stop'; account: string; vm: string }
  | { kind: 'reboot'; account: string; vm: string }
  | { kind: 'destroy'; account: string; vm: string }
  /** A VM that runs already, as an inventory found it: taken over where it is; without guest network. */
  | {
      kind: 'adopt';
      account: string;
      vm: string;
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
  'unknown-zone',
  'bad-request',
  'account-exists',
  'vm-exists',
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
  /** Host memory that the customer's virtual NIC and bridge will cost where it has none yet. */
  bridgeBytes: number;
  network: NetworkId | null;
  role: VmRole;
  /** Pods it may go to, ascending; null: any. */
  pods: readonly PodId[] | null;
}

export interface Question {
  kind: 'place';
  number: number;
  vm: VmId;
  account: AccountId;
  demand: Demand;
}

export type Decision = { host: HostId; nodes?: readonly number[] } | { refuse: Reason };

export interface Answer {
  question: number;
  decision: Decision;
}

// ---- the turn ------------------------------------------------------------------------------------------------

export type Input =
  { kind: 'request'; request: Request } | { kind: 'report'; report: Report } | { kind: 'answer'; answer: Answer };

/** Where a root puts commands: an agent, or whatever stands between (a faulty link, a network). */
export interface AgentPort {
  send(command: ComputingCommand | StorageCommand): void;
}
