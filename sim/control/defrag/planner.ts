/**
 * Planning by trial: guest networks one after the other, each brought together on a what-if copy of the zone, kept only if it gains
 * and the round's limits allow it. Guarantees plans whose moves can be made in their order, each VM at most once, and
 * that no guest network is in more pods afterwards than before, whosever VM makes room.
 */
import type { AccountId, HostId, NetworkId, PodId, VmId } from '../ports.js';
import type { DefragContext, DefragPlan, DefragRequest, DefragView, LeftReason, Move, MoveEstimate } from './policy.js';
import type { WhatIf } from './what-if.js';

/** How many VMs may make room for each other, one after the other. */
const CHAIN = 3;
/** VMs on a host that are tried as ones that make room. */
const TRIED_ON_A_HOST = 12;
const HOSTS_TRIED = 24;
/** Places that are tried for a guest network before nobody makes room for it any more. */
const EFFORT = 3000;

interface Tried {
  readonly vm: VmId;
  readonly from: HostId;
  readonly to: HostId;
}

export class Planner {
  readonly whatIf: WhatIf;
  private readonly podHosts: readonly (readonly HostId[])[];
  private readonly moves: Move[] = [];
  private readonly tried: Tried[] = [];
  private readonly moved = new Set<VmId>();
  private readonly left: { account: AccountId; network: NetworkId; reason: LeftReason }[] = [];
  private readonly sum = { bytes: 0, downtimeSeconds: 0 };
  private isFull = false;
  private effort = 0;

  constructor(
    readonly request: DefragRequest,
    readonly view: DefragView,
    readonly context: DefragContext,
  ) {
    this.whatIf = view.whatIf();
    this.podHosts = Array.from(view.pods(), ({ hosts }) =>
      Array.from({ length: hosts.count }, (_, at) => hosts.first + at),
    );
  }

  get depth(): number {
    return this.tried.length;
  }

  /** Every guest network in turn; `gather` tries moves for it, and says whether all is as together as it can be. */
  plan(gather: (network: NetworkId) => LeftReason | null): DefragPlan {
    for (const network of this.request.networks) {
      if (this.isFull || !this.context.keepGoing()) {
        this.leave(network, this.isFull ? 'limit' : 'out-of-time');
        continue;
      }
      const before = this.depth;
      this.effort = 0;
      const reason = gather(network);
      const kept = this.keep(before);
      if (!kept) this.leave(network, 'limit');
      else if (reason !== null) this.leave(network, reason);
    }
    return { moves: this.moves, left: this.left };
  }

  podOf(vm: VmId): PodId {
    return this.view.host(this.whatIf.hostOf(vm)!).pod;
  }

  podsOf(vms: readonly VmId[]): Set<PodId> {
    return new Set(vms.map((vm) => this.podOf(vm)));
  }

  undo(depth: number): void {
    while (this.tried.length > depth) this.moved.delete(this.tried.pop()!.vm);
    this.whatIf.undo(depth);
  }

  /** To this host, if it fits. */
  to(vm: VmId, host: HostId): boolean {
    this.effort++;
    if (this.moved.has(vm) || !this.whatIf.fits(vm, host)) return false;
    const from = this.whatIf.hostOf(vm)!;
    this.whatIf.move(vm, host);
    this.moved.add(vm);
    this.tried.push({ vm, from, to: host });
    return true;
  }

  /** Into the pod: to the first of these hosts that it fits on, else the tightest; else where another VM makes room. */
  into(vm: VmId, pod: PodId, first: readonly HostId[] = []): boolean {
    if (this.moved.has(vm)) return false;
    for (const host of first) if (this.to(vm, host)) return true;
    const tightest = this.tightest(vm, pod);
    if (tightest !== null) return this.to(vm, tightest);
    return this.withRoom(vm, this.hostsOf(pod), CHAIN);
  }

  hostsOf(pod: PodId): readonly HostId[] {
    return this.podHosts[pod]!;
  }

  /** The host of the pod with the least free memory that it fits on. */
  private tightest(vm: VmId, pod: PodId): HostId | null {
    let best: HostId | null = null;
    let least = Infinity;
    for (const host of this.hostsOf(pod)) {
      if (!this.whatIf.fits(vm, host)) continue;
      const { memoryBytes } = this.whatIf.free(host);
      if (memoryBytes < least) [best, least] = [host, memoryBytes];
    }
    return best;
  }

  /** Another customer's VM makes room, where that does it no harm; perhaps by having another one make room. */
  private withRoom(vm: VmId, hosts: readonly HostId[], chain: number): boolean {
    if (chain <= 1) return false;
    const { cpuMillis, memoryBytes, networks } = this.view.vm(vm);
    const roomiest = [...hosts]
      .sort((a, b) => this.whatIf.free(b).memoryBytes - this.whatIf.free(a).memoryBytes || a - b)
      .slice(0, HOSTS_TRIED);
    for (const links of chain === CHAIN ? [2, CHAIN] : [chain])
      for (const host of roomiest) {
        if (!this.view.host(host).inService) continue;
        const free = this.whatIf.free(host);
        const able = this.view
          .vmsOn(host)
          .filter((other) => this.mayMakeRoom(other, networks))
          .filter((other) => {
            const its = this.view.vm(other);
            return its.memoryBytes + free.memoryBytes >= memoryBytes && its.cpuMillis + free.cpuMillis >= cpuMillis;
          })
          .sort((a, b) => this.view.vm(a).memoryBytes - this.view.vm(b).memoryBytes || a - b)
          .slice(0, TRIED_ON_A_HOST);
        for (const other of able) if (this.makesRoom(other, vm, host, links)) return true;
      }
    return false;
  }

  private mayMakeRoom(other: VmId, networks: readonly NetworkId[]): boolean {
    const { role, running, networks: its } = this.view.vm(other);
    return role === 'user' && running && !this.moved.has(other) && !its.some((network) => networks.includes(network));
  }

  private makesRoom(other: VmId, vm: VmId, host: HostId, links: number): boolean {
    if (this.effort > EFFORT || !this.context.keepGoing()) return false;
    const before = this.depth;
    for (const pod of this.harmless(other)) {
      const elsewhere = this.hostsOf(pod).filter((one) => one !== host);
      for (const to of elsewhere)
        if (this.to(other, to)) {
          if (this.to(vm, host)) return true;
          this.undo(before);
        }
      if (links > 2 && this.withRoom(other, elsewhere, links - 1)) {
        if (this.to(vm, host)) return true;
        this.undo(before);
      }
    }
    this.undo(before);
    return false;
  }

  /** Pods in which its guest network has other VMs, those with most of them first; and the one that it is in. */
  private harmless(vm: VmId): PodId[] {
    const counts = new Map<PodId, number>([[this.podOf(vm), 0]]);
    for (const network of this.view.vm(vm).networks.slice(0, 1))
      for (const other of this.view.vmsIn(network))
        if (other !== vm) counts.set(this.podOf(other), (counts.get(this.podOf(other)) ?? 0) + 1);
    const all = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([pod]) => pod);
    // A VM in several guest networks stays in its pod: what is good for one may be bad for another.
    return this.view.vm(vm).networks.length > 1 ? [this.podOf(vm)] : all;
  }

  /** What was tried since becomes part of the plan; false, and undone, where that goes beyond the round's limits. */
  private keep(depth: number): boolean {
    const { migrations, bytes, downtimeSeconds } = this.request.limits;
    const added = this.tried.slice(depth).map((one): Move => ({ ...one, estimate: this.estimate(one) }));
    const sum = { ...this.sum };
    for (const { estimate } of added) {
      sum.bytes += estimate.bytes;
      sum.downtimeSeconds += estimate.downtimeSeconds;
    }
    const over =
      this.moves.length + added.length > (migrations ?? Infinity) ||
      sum.bytes > (bytes ?? Infinity) ||
      sum.downtimeSeconds > (downtimeSeconds ?? Infinity);
    if (added.length > 0 && over) {
      this.undo(depth);
      this.isFull = true;
      return false;
    }
    Object.assign(this.sum, sum);
    this.moves.push(...added);
    return true;
  }

  estimate({ vm, to }: Pick<Tried, 'vm' | 'to'>): MoveEstimate {
    return this.context.estimate(vm, to);
  }

  /** Of what was tried since then. */
  costSince(depth: number): { bytes: number; downtimeSeconds: number; vms: VmId[] } {
    const cost = { bytes: 0, downtimeSeconds: 0, vms: [] as VmId[] };
    for (const one of this.tried.slice(depth)) {
      const { bytes, downtimeSeconds } = this.estimate(one);
      cost.bytes += bytes;
      cost.downtimeSeconds += downtimeSeconds;
      cost.vms.push(one.vm);
    }
    return cost;
  }

  private leave(network: NetworkId, reason: LeftReason): void {
    const account = this.accountOf(network);
    if (account !== null) this.left.push({ account, network, reason });
  }

  private accountOf(network: NetworkId): AccountId | null {
    const [vm] = this.view.vmsIn(network);
    return vm === undefined ? null : this.view.vm(vm).account;
  }
}
