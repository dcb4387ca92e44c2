/** What agents, and other planes, report to a zone's plane: plain data. */
import type { AgentId, CommandId, HostId, InquiredState, PlacedDisk, Reason } from './ports.js';

export const AGENT_REASONS = [
  'no-such-vm',
  'no-such-disk',
  'no-such-nic',
  'no-such-snapshot',
  'no-such-template',
  'no-room',
  'in-use',
  'superseded',
  'refused',
  'hypervisor-error',
  'not-converging',
  'peer-failed',
] as const;
export type AgentReason = (typeof AGENT_REASONS)[number];

export interface OutcomeReport {
  kind: 'outcome';
  command: CommandId;
  /** null: done. */
  failed: AgentReason | null;
  /** Of `open-console`: the port on the host that it listens on. */
  port?: number;
  /** Of an inquiry. */
  vmState?: InquiredState;
  /** Of `offer-vm`: the disk for its disk's content; absent: it has none. */
  place?: PlacedDisk;
  /** Of another plane's: why it said no. */
  reason?: Reason;
}

/** What a hypervisor can do beside starting and stopping VMs. */
export const FEATURES = ['console', 'live-resize'] as const;
export type Feature = (typeof FEATURES)[number];

/** What an agent found on the hosts that it speaks for; sent when it connects, and again when that has changed. */
export interface CapabilitiesReport {
  kind: 'capabilities';
  agent: AgentId;
  hosts: readonly {
    host: HostId;
    /** What VMs may be promised, a NUMA node each. */
    nodes: readonly { cpuMillis: number; memoryBytes: number }[];
    features: readonly Feature[];
  }[];
}

export type Report = OutcomeReport | CapabilitiesReport;
