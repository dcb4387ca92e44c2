/**
 * The policy port. A policy is a pure function over a read-only view of the cloud: one file, one decision. It may not
 * keep the view beyond the call. Chance comes from `draw()`, bound by the root to the policy's own stream; time budgets
 * from `keepGoing()`.
 */
import type { AccountId, Decision, Demand, HostId, NetworkId, PodId, VmId, VmRole } from './ports.js';

/** What a placement policy is asked: where should this VM run? */
export interface PlacementRequest {
  vm: VmId;
  account: AccountId;
  demand: Demand;
}

export interface PlacementPolicy {
  readonly name: string;
  /** One sentence for `podtwin policies`. */
  readonly describe: string;
  place(request: PlacementRequest, view: CloudView, context: Context): Decision;
}

export interface Context {
  /** A uniform number in [0, 1) from the policy's own stream. */
  draw(): number;
  /** False once the policy's budget is spent: answer with the best so far. */
  keepGoing(): boolean;
}

export interface HostView {
  readonly id: HostId;
  readonly name: string;
  readonly pod: PodId;
  readonly inService: boolean;
  readonly nodes: readonly {
    readonly cpuMillis: number;
    readonly memoryBytes: number;
    readonly freeCpuMillis: number;
    readonly freeMemoryBytes: number;
  }[];
}

export interface VmView {
  readonly id: VmId;
  readonly account: AccountId;
  /** Guest networks of its virtual NICs, eth0 first. */
  readonly networks: readonly NetworkId[];
  readonly role: VmRole;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly host: HostId | null;
  readonly running: boolean;
}

/** Read-only view of a zone as the plane knows it. Iteration orders are those of the inventory and of creation. */
export interface CloudView {
  readonly zone: string;
  hosts(): Iterable<HostView>;
  host(id: HostId): HostView;
  hostCount(): number;
  pods(): Iterable<{
    readonly id: PodId;
    readonly name: string;
    readonly hosts: { readonly first: HostId; readonly count: number };
  }>;
  vms(): Iterable<VmView>;
  vm(id: VmId): VmView;
  /** Placed VMs of the account, routing appliances not counted, in order of creation. */
  vmsOf(account: AccountId): Iterable<VmView>;
  /** Host of the guest network's routing appliance; null while it has none. */
  routerOf(network: NetworkId): HostId | null;
  /** Free capacity of a host over its NUMA nodes. */
  free(host: HostId): { cpuMillis: number; memoryBytes: number };
  /** Whether the host, in service and in the demand's pods and role, can take the demand now. */
  fits(host: HostId, demand: Demand): boolean;
  /** The first host in inventory order, from `from` on, that can take the demand; null: none. O(log hosts) typically. */
  firstFit(demand: Demand, from?: HostId): HostId | null;
}
