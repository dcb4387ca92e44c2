/**
 * The policy port. A policy is a pure function over a read-only view of the cloud: one file, one decision. It may not
 * keep the view beyond the call. Chance comes from `draw()`, bound by the root to the policy's own stream; time budgets
 * from `keepGoing()`.
 */
import type { PodCount } from './account-presence.js';
import type { Resource } from './indexes.js';
import type { AccountId, Decision, Demand, HostId, NetworkId, PodId, VmId, VmRole } from './ports.js';

export type { PodCount, Resource };

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
  /** For `podtwin policies --describe`: how it decides, what decides ties, whose policy it is. */
  readonly details?: string;
  /** What a scenario may set beside the name: policies: { placement: { name: ..., option: value } }. */
  readonly options?: readonly PolicyOption[];
  /** The policy with these options, each checked by its PolicyOption; those not given have their preset. */
  configure?(values: PolicyOptions): PlacementPolicy;
  place(request: PlacementRequest, view: CloudView, context: Context): Decision;
  /**
   * For explanations: what a host that can take the VM is judged by, the weightiest first. Of two hosts, the better one is
   * better in the first point in which they differ; in none: the one earlier in the inventory. The policy chooses the
   * best of all; one that leaves it to chance has no such method.
   */
  judge?(request: PlacementRequest, host: HostId, view: CloudView): readonly Criterion[];
}

export type PolicyOptions = Readonly<Record<string, unknown>>;

export interface PolicyOption {
  readonly name: string;
  readonly describe: string;
  readonly preset: string | number;
  /** One of these words, or a number within the range. */
  readonly takes: readonly string[] | { readonly least: number; readonly most: number };
}

export interface Criterion {
  /** E.g. "free cores". */
  readonly of: string;
  readonly value: number;
  readonly better: 'more' | 'less';
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
  readonly role: 'computing' | 'routing' | 'both';
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

export interface PodView {
  readonly id: PodId;
  readonly name: string;
  readonly hosts: { readonly first: HostId; readonly count: number };
}

export interface AccountView {
  readonly id: AccountId;
  readonly name: string;
  readonly networks: readonly NetworkId[];
}

/** Where to look: the whole zone (null), a pod, or pods, ascending. */
export type Scope = PodId | readonly PodId[] | null;

/**
 * Read-only view of a zone as the plane knows it. Iteration orders are those of the inventory and of creation. What finds
 * a host takes the demand's own pods, roles and what is in service into account, and typically takes O(log hosts); with a
 * list of pods, a search in each. Indexes are made when they are first asked for.
 */
export interface CloudView {
  readonly zone: string;
  hosts(): Iterable<HostView>;
  host(id: HostId): HostView;
  hostCount(): number;
  pods(): Iterable<PodView>;
  accounts(): Iterable<AccountView>;
  vms(): Iterable<VmView>;
  vm(id: VmId): VmView;
  /** Placed VMs of the account, routing appliances not counted, in order of creation. */
  vmsOf(account: AccountId): Iterable<VmView>;
  /** How many these are: in all, in a pod, on a host. */
  vmCount(account: AccountId): number;
  vmCountIn(account: AccountId, pod: PodId): number;
  vmCountOn(account: AccountId, host: HostId): number;
  /** Pods in which they are: most VMs first, then in inventory order. */
  podsOf(account: AccountId): readonly PodCount[];
  /** Host of the guest network's routing appliance; null while it has none. */
  routerOf(network: NetworkId): HostId | null;
  /**
   * Switches on the path between two hosts: 0 on the same host, 1 where they share the first switch, 3 across the zone
   * switch of a plain topology, more where pods have racks. Constant during a run.
   */
  switchesBetween(a: HostId, b: HostId): number;
  /** One-way latency of that path without load, seconds; 0 on the same host. */
  latencyBetween(a: HostId, b: HostId): number;
  /** Free capacity of a host over its NUMA nodes. */
  free(host: HostId): { cpuMillis: number; memoryBytes: number };
  /** Share of the resource that is used on the pod's hosts for customers' VMs, as far as in service; 1 where none is. */
  usedShare(pod: PodId, by?: Resource): number;
  /** All pods, the one with the least used share first, then in inventory order. */
  podsByFree(by?: Resource): Iterable<PodId>;
  /**
   * Whether the host, in service and in the demand's pods and role, can take the demand now. A routing appliance goes to
   * its pod's routing hosts, and to a host for both only where no routing host of that pod can take it.
   */
  fits(host: HostId, demand: Demand): boolean;
  /** The first host in inventory order, from `from` on, that can take the demand; null: none. */
  firstFit(demand: Demand, scope?: Scope, from?: HostId): HostId | null;
  /** The one that has least free of the resource, then of the other, then comes first. */
  bestFit(demand: Demand, scope?: Scope, by?: Resource): HostId | null;
  /** The one that has most free of the resource, then of the other, then comes first. */
  worstFit(demand: Demand, scope?: Scope, by?: Resource): HostId | null;
  /** One of them, each as likely as any other, by one uniform number in [0, 1). */
  randomFit(demand: Demand, u: number, scope?: Scope): HostId | null;
}
