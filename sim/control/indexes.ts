/**
 * The indexes from which the view answers, kept with the zone's state: told of every change, brought up to date when they
 * are next asked, and made only once they are asked for at all, so that a policy pays for its own questions alone.
 */
import { AccountPresence } from './account-presence.js';
import { CapacityIndex, mostCpuMillis, mostMemoryBytes } from './capacity-index.js';
import type { HostRecord } from './hosts.js';
import type { AccountId, HostId, PodId, VmRole } from './ports.js';
import { RankedIndex } from './ranked-index.js';

export type Resource = 'cpu' | 'memory';
/** By what is free of the resource, then of the other one. */
export type HostOrder = `${'least' | 'most'}-${Resource}`;

export interface HostRange {
  readonly first: HostId;
  readonly count: number;
}

/** A VM with a place. */
interface Placed {
  readonly account: AccountId;
  readonly role: VmRole;
  readonly host: HostId | null;
}

/** Hosts in an order: over the zone, and over single pods, as far as they were asked for. */
interface Ranking {
  readonly order: HostOrder;
  readonly router: boolean;
  zone: RankedIndex | null;
  readonly pods: (RankedIndex | undefined)[];
}

export class Indexes {
  /** Hosts of each pod. */
  readonly podHosts: readonly HostRange[];
  private readonly byPosition = new Map<'user' | 'router' | 'dedicated', CapacityIndex>();
  private readonly rankings: Ranking[] = [];
  private readonly podsBy = new Map<Resource, PodRanking>();
  private people: AccountPresence | null = null;
  private readonly changed: HostId[] = [];
  private readonly isChanged: Uint8Array;
  /** Every host may hold customers' VMs and routing appliances. */
  private readonly oneRole: boolean;
  private readonly dedicatedIn: Uint8Array;

  constructor(
    private readonly hosts: readonly HostRecord[],
    podCount: number,
    /** All VMs that there are. */
    private readonly vms: () => Iterable<Placed>,
  ) {
    this.podHosts = rangesOf(hosts, podCount);
    this.dedicatedIn = new Uint8Array(podCount);
    for (const { pod, role } of hosts) if (role === 'routing') this.dedicatedIn[pod] = 1;
    this.oneRole = hosts.every(({ role }) => role === 'both');
    this.isChanged = new Uint8Array(hosts.length);
  }

  /** A host's free capacity, or its being in service, changed. */
  hostChanged(id: HostId): void {
    if (this.isChanged[id]) return;
    this.isChanged[id] = 1;
    this.changed.push(id);
  }

  /** A VM came to `host`, or left it. */
  vmMoved({ account, role }: Placed, host: HostId, by: 1 | -1): void {
    if (role === 'user') this.people?.moved(account, this.hosts[host]!.pod, host, by);
  }

  /** Hosts for VMs of this role, in inventory order; `dedicated`: routing appliances and nothing else. */
  inOrder(hosts: VmRole | 'dedicated'): CapacityIndex {
    const name = this.oneRole ? 'user' : hosts;
    this.bringUpToDate();
    let index = this.byPosition.get(name);
    if (!index) this.byPosition.set(name, (index = new CapacityIndex(this.hosts, MAY_HOLD[name])));
    return index;
  }

  /** Whether the pod has routing hosts. */
  hasDedicated(pod: PodId): boolean {
    return this.dedicatedIn[pod] === 1;
  }

  /** Hosts for VMs of this role in an order; of one pod, or of the zone. */
  ranked(role: VmRole, order: HostOrder, pod: PodId | null): RankedIndex {
    this.bringUpToDate();
    const router = role === 'router' && !this.oneRole;
    let ranking = this.rankings.find((one) => one.order === order && one.router === router);
    if (!ranking) this.rankings.push((ranking = { order, router, zone: null, pods: [] }));
    if (pod === null) return (ranking.zone ??= this.rank(ranking, 0, this.hosts.length));
    const { first, count } = this.podHosts[pod]!;
    return (ranking.pods[pod] ??= this.rank(ranking, first, count));
  }

  /** Pods by the share of the resource that is used on hosts in service, least first. */
  pods(by: Resource): PodRanking {
    this.bringUpToDate();
    let pods = this.podsBy.get(by);
    if (!pods) this.podsBy.set(by, (pods = new PodRanking(this.hosts, this.podHosts.length, by)));
    return pods;
  }

  presence(): AccountPresence {
    if (this.people) return this.people;
    this.people = new AccountPresence();
    for (const vm of this.vms()) if (vm.host !== null) this.vmMoved(vm, vm.host, 1);
    return this.people;
  }

  private bringUpToDate(): void {
    const { changed } = this;
    if (changed.length === 0) return;
    for (const id of changed) {
      this.isChanged[id] = 0;
      const host = this.hosts[id]!;
      for (const index of this.byPosition.values()) index.update(host);
      for (const { order, router, zone, pods } of this.rankings) {
        if (zone) put(zone, host, order, router);
        const own = pods[host.pod];
        if (own) put(own, host, order, router);
      }
      for (const pods of this.podsBy.values()) pods.update(host);
    }
    changed.length = 0;
  }

  private rank({ order, router }: Ranking, first: HostId, count: number): RankedIndex {
    const index = new RankedIndex(first, count);
    for (let id = first; id < first + count; id++) put(index, this.hosts[id]!, order, router);
    return index;
  }
}

/** A pod without hosts has an empty range where its hosts would be. */
function rangesOf(hosts: readonly HostRecord[], podCount: number): HostRange[] {
  const counts = new Array<number>(podCount).fill(0);
  for (const { pod } of hosts) counts[pod]!++;
  let first = 0;
  return counts.map((count) => {
    const range = { first, count };
    first += count;
    return range;
  });
}

const MAY_HOLD = {
  user: ({ role }: HostRecord): boolean => role !== 'routing',
  router: ({ role }: HostRecord): boolean => role !== 'computing',
  dedicated: ({ role }: HostRecord): boolean => role === 'routing',
};

function put(index: RankedIndex, host: HostRecord, order: HostOrder, router: boolean): void {
  if (!host.inService || !MAY_HOLD[router ? 'router' : 'user'](host)) return index.remove(host.id);
  let cpuMillis = 0;
  let memoryBytes = 0;
  for (const node of host.nodes) {
    cpuMillis += node.freeCpuMillis;
    memoryBytes += node.freeMemoryBytes;
  }
  const x = mostCpuMillis(host);
  const y = mostMemoryBytes(host);
  if (order === 'least-cpu') index.set(host.id, cpuMillis, memoryBytes, x, y);
  else if (order === 'most-cpu') index.set(host.id, -cpuMillis, -memoryBytes, x, y);
  else if (order === 'least-memory') index.set(host.id, memoryBytes, cpuMillis, x, y);
  else index.set(host.id, -memoryBytes, -cpuMillis, x, y);
}

/** Pods in order of the share of a resource that is used on their hosts for customers' VMs, as far as in service. */
export class PodRanking {
  private readonly index: RankedIndex;
  private readonly freeOf: Float64Array;
  private readonly wholeOf: Float64Array;
  private readonly free: Float64Array;
  private readonly whole: Float64Array;

  constructor(
    hosts: readonly HostRecord[],
    podCount: number,
    private readonly by: Resource,
  ) {
    this.index = new RankedIndex(0, podCount);
    this.freeOf = new Float64Array(hosts.length);
    this.wholeOf = new Float64Array(hosts.length);
    this.free = new Float64Array(podCount);
    this.whole = new Float64Array(podCount);
    for (const host of hosts) this.count(host);
    for (let pod = 0; pod < podCount; pod++) this.put(pod);
  }

  update(host: HostRecord): void {
    this.count(host);
    this.put(host.pod);
  }

  /** 1 where nothing is in service. */
  usedShare(pod: PodId): number {
    const whole = this.whole[pod]!;
    return whole === 0 ? 1 : (whole - this.free[pod]!) / whole;
  }

  ids(): Generator<PodId> {
    return this.index.ids();
  }

  private count({ id, pod, role, inService, nodes }: HostRecord): void {
    let free = 0;
    let whole = 0;
    if (inService && role !== 'routing')
      for (const node of nodes) {
        free += this.by === 'cpu' ? node.freeCpuMillis : node.freeMemoryBytes;
        whole += this.by === 'cpu' ? node.cpuMillis : node.memoryBytes;
      }
    this.free[pod]! += free - this.freeOf[id]!;
    this.whole[pod]! += whole - this.wholeOf[id]!;
    this.freeOf[id] = free;
    this.wholeOf[id] = whole;
  }

  private put(pod: PodId): void {
    this.index.set(pod, this.usedShare(pod), 0, 0, 0);
  }
}
