/**
 * The port of defragmentation policies: which VMs to migrate in a round, and where to, so that customers' VMs come together. Pure over
 * a read-only view, like placement; a plan's moves are in an order in which each can be made when those before it have been.
 */
import type { CloudView, PolicyOption, PolicyOptions } from '../policy.js';
import type { AccountId, HostId, NetworkId, VmId } from '../ports.js';
import type { WhatIf } from './what-if.js';

/** What a round may cost; null: any. */
export interface RoundLimits {
  readonly migrations: number | null;
  readonly bytes: number | null;
  /** Of all moved guests together. */
  readonly downtimeSeconds: number | null;
}

export interface MoveEstimate {
  /** To copy, a disk that comes along included. */
  readonly bytes: number;
  readonly totalSeconds: number;
  readonly downtimeSeconds: number;
}

export interface Move {
  readonly vm: VmId;
  readonly from: HostId;
  readonly to: HostId;
  readonly estimate: MoveEstimate;
}

/** Why a guest network is not as together as it could be. */
export const LEFT_REASONS = ['no-capacity', 'not-worth-it', 'limit', 'busy', 'out-of-time'] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

export interface DefragPlan {
  readonly moves: readonly Move[];
  readonly left: readonly { readonly account: AccountId; readonly network: NetworkId; readonly reason: LeftReason }[];
}

export interface DefragRequest {
  /** Guest networks to look at: those whose VMs have changed since the last round, and those that it left. Ascending. */
  readonly networks: readonly NetworkId[];
  readonly limits: RoundLimits;
  /** What a move saves of traffic between pods counts for so long; null: whatever brings VMs together is worth it. */
  readonly horizonSeconds: number | null;
}

export interface DefragContext {
  /** A uniform number in [0, 1) from the policy's own stream. */
  draw(): number;
  /** False once the policy's budget is spent: answer with the best so far. */
  keepGoing(): boolean;
  /** By the migration model, with the network to itself. */
  estimate(vm: VmId, to: HostId): MoveEstimate;
  /** Bits per second between two VMs, both ways together; null: not known. */
  trafficBetween(a: VmId, b: VmId): number | null;
}

/** What a defragmentation policy sees beside what every policy does. */
export interface DefragView extends CloudView {
  /** Placed VMs of the guest network, without its routing appliance, in order of creation. */
  vmsIn(network: NetworkId): readonly VmId[];
  /** The VM of its routing appliance; null: it has none that runs. */
  applianceOf(network: NetworkId): VmId | null;
  /** Customers' VMs and routing appliances on a host, in order of creation. */
  vmsOn(host: HostId): readonly VmId[];
  /** To try moves on. */
  whatIf(): WhatIf;
}

export interface DefragPolicy {
  readonly name: string;
  /** One sentence for `podtwin policies`. */
  readonly describe: string;
  readonly details?: string;
  readonly options?: readonly PolicyOption[];
  configure?(values: PolicyOptions): DefragPolicy;
  plan(request: DefragRequest, view: DefragView, context: DefragContext): DefragPlan;
}
