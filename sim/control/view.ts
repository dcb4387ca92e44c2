/** The read-only view of a zone that policies get: answers over the plane's state, never a way to change it. */
import type { PodCount } from './account-presence.js';
import type { HostRange, HostOrder, Resource } from './indexes.js';
import type { AccountView, CloudView, HostView, PodView, Scope, VmView } from './policy.js';
import type { AccountId, Demand, HostId, NetworkId, PodId, VmId } from './ports.js';
import type { HostRecord } from './hosts.js';
import type { VmRecord } from './records.js';
import type { ZoneState } from './state.js';
import { nodesIfFits, podAllowed } from './placement.js';
import { Shuffle } from './shuffle.js';

/** Among so few hosts, or after so many that did not fit, those that do are counted out. */
const PROBES = 64;

export class ZoneView implements CloudView {
  constructor(private readonly state: ZoneState) {}

  get zone(): string {
    return this.state.config.zone;
  }
  hosts(): Iterable<HostView> {
    return this.state.hosts;
  }
  host(id: HostId): HostView {
    return this.state.host(id);
  }
  hostCount(): number {
    return this.state.hosts.length;
  }

  *pods(): Iterable<PodView> {
    for (const [id, { name }] of this.state.config.pods.entries())
      yield { id, name, hosts: this.state.indexes.podHosts[id]! };
  }
  *accounts(): Iterable<AccountView> {
    for (const { id, name, networks } of this.state.accounts) yield { id, name, networks: [...networks.values()] };
  }

  *vms(): Iterable<VmView> {
    for (const vm of this.state.vms.values()) yield vmView(vm);
  }
  vm(id: VmId): VmView {
    return vmView(this.state.vm(id));
  }
  *vmsOf(account: AccountId): Iterable<VmView> {
    for (const id of this.state.accounts[account]?.vms.values() ?? []) {
      const vm = this.state.vm(id);
      if (vm.host !== null) yield vmView(vm);
    }
  }
  vmCount(account: AccountId): number {
    return this.state.indexes.presence().vms(account);
  }
  vmCountIn(account: AccountId, pod: PodId): number {
    return this.state.indexes.presence().inPod(account, pod);
  }
  vmCountOn(account: AccountId, host: HostId): number {
    return this.state.indexes.presence().onHost(account, host);
  }
  podsOf(account: AccountId): readonly PodCount[] {
    return this.state.indexes.presence().pods(account);
  }
  routerOf(network: NetworkId): HostId | null {
    const { vm } = this.state.network(network).appliance;
    return vm === null ? null : this.state.vm(vm).host;
  }

  switchesBetween(a: HostId, b: HostId): number {
    const { distances } = this.state.config;
    if (distances) return distances.switchesBetween(a, b);
    return a === b ? 0 : this.state.host(a).pod === this.state.host(b).pod ? 1 : 3;
  }
  latencyBetween(a: HostId, b: HostId): number {
    return this.state.config.distances?.latencyBetween(a, b) ?? 0;
  }

  free(host: HostId): { cpuMillis: number; memoryBytes: number } {
    let cpuMillis = 0;
    let memoryBytes = 0;
    for (const node of this.state.host(host).nodes) {
      cpuMillis += node.freeCpuMillis;
      memoryBytes += node.freeMemoryBytes;
    }
    return { cpuMillis, memoryBytes };
  }
  usedShare(pod: PodId, by: Resource = 'cpu'): number {
    return this.state.indexes.pods(by).usedShare(pod);
  }
  podsByFree(by: Resource = 'cpu'): Iterable<PodId> {
    return this.state.indexes.pods(by).ids();
  }

  fits(host: HostId, demand: Demand): boolean {
    return nodesIfFits(this.state, host, undefined, demand) !== null;
  }

  firstFit(demand: Demand, scope: Scope = null, from: HostId = 0): HostId | null {
    const { cpuMillis, memoryBytes } = demand;
    const index = this.state.indexes.inOrder(demand.role);
    const fits = (host: HostRecord): boolean => this.fits(host.id, demand);
    if (demand.host !== null) return this.onlyHost(demand, demand.host, scope, from);
    for (const { first, count } of this.rangesOf(demand, scope)) {
      const host = index.first(Math.max(first, from), first + count, cpuMillis, memoryBytes, fits);
      if (host >= 0) return host;
    }
    return null;
  }

  bestFit(demand: Demand, scope: Scope = null, by: Resource = 'cpu'): HostId | null {
    return this.firstRanked(demand, scope, `least-${by}`);
  }
  worstFit(demand: Demand, scope: Scope = null, by: Resource = 'cpu'): HostId | null {
    return this.firstRanked(demand, scope, `most-${by}`);
  }

  /** The one host that it may go to, if it fits and is within the scope. */
  private onlyHost(demand: Demand, host: HostId, scope: Scope, from = 0): HostId | null {
    const { pod } = this.state.host(host);
    const within = scope === null || (typeof scope === 'number' ? scope === pod : scope.includes(pod));
    return within && host >= from && this.fits(host, demand) ? host : null;
  }

  randomFit(demand: Demand, u: number, scope: Scope = null): HostId | null {
    if (demand.host !== null) return this.onlyHost(demand, demand.host, scope);
    const ranges = this.rangesOf(demand, scope);
    let hosts = 0;
    for (const { count } of ranges) hosts += count;
    if (hosts <= PROBES) return this.oneOfFitting(demand, ranges, u);
    // Hosts at random until one fits: whichever that is, all that fit were as likely.
    const chance = new Shuffle(u);
    for (let probe = 0; probe < PROBES; probe++) {
      const host = hostAt(ranges, Math.floor(chance.next() * hosts));
      if (this.fits(host, demand)) return host;
    }
    return this.oneOfFitting(demand, ranges, chance.next());
  }

  private oneOfFitting(demand: Demand, ranges: readonly HostRange[], u: number): HostId | null {
    const { cpuMillis, memoryBytes } = demand;
    const index = this.state.indexes.inOrder(demand.role);
    const fitting: HostId[] = [];
    const note = ({ id }: HostRecord): boolean => {
      if (this.fits(id, demand)) fitting.push(id);
      return false;
    };
    for (const { first, count } of ranges) index.first(first, first + count, cpuMillis, memoryBytes, note);
    return fitting[Math.floor(u * fitting.length)] ?? null;
  }

  private firstRanked(demand: Demand, scope: Scope, order: HostOrder): HostId | null {
    if (demand.host !== null) return this.onlyHost(demand, demand.host, scope);
    const { cpuMillis, memoryBytes, role } = demand;
    const { indexes } = this.state;
    const fits = (host: HostId): boolean => this.fits(host, demand);
    const firstIn = (pod: PodId | null): HostId | null => {
      const host = indexes.ranked(role, order, pod).first(cpuMillis, memoryBytes, fits);
      return host < 0 ? null : host;
    };
    if (typeof scope === 'number') return podAllowed(demand, scope) ? firstIn(scope) : null;
    const pods = scope ?? demand.pods;
    if (pods === null) return firstIn(null);
    let best: HostId | null = null;
    for (const pod of pods) {
      if (scope !== null && !podAllowed(demand, pod)) continue;
      const host = firstIn(pod);
      if (host !== null && (best === null || this.inOrder(order, host, best))) best = host;
    }
    return best;
  }

  /** Whether the host comes before the other one in this order. */
  private inOrder(order: HostOrder, host: HostId, other: HostId): boolean {
    const a = this.free(host);
    const b = this.free(other);
    const cpu = a.cpuMillis - b.cpuMillis;
    const memory = a.memoryBytes - b.memoryBytes;
    const difference = order.endsWith('cpu') ? cpu || memory : memory || cpu;
    if (difference === 0) return host < other;
    return order.startsWith('least') ? difference < 0 : difference > 0;
  }

  /** Where the demand may go within the scope: consecutive pods are one range. */
  private rangesOf(demand: Demand, scope: Scope): readonly HostRange[] {
    const { podHosts } = this.state.indexes;
    if (typeof scope === 'number') return podAllowed(demand, scope) ? [podHosts[scope]!] : [];
    const pods = scope ?? demand.pods;
    if (pods === null) return [{ first: 0, count: this.state.hosts.length }];
    const ranges: { first: HostId; count: number }[] = [];
    let before = -2;
    for (const pod of pods) {
      if (scope !== null && !podAllowed(demand, pod)) continue;
      const { first, count } = podHosts[pod]!;
      if (pod === before + 1) ranges.at(-1)!.count += count;
      else ranges.push({ first, count });
      before = pod;
    }
    return ranges;
  }
}

function hostAt(ranges: readonly HostRange[], position: number): HostId {
  for (const { first, count } of ranges) {
    if (position < count) return first + position;
    position -= count;
  }
  throw new RangeError('a position within the ranges');
}

function vmView({ id, account, networks, role, cpuMillis, memoryBytes, host, state }: VmRecord): VmView {
  return { id, account, networks, role, cpuMillis, memoryBytes, host, running: state === 'running' };
}
