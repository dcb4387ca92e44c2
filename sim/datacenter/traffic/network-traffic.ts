/**
 * The traffic of one guest network: its VMs counted by class at hosts, racks and pods, and from that what is exchanged
 * within a host, a rack, a pod, across pods and with the public network. A VM that comes, goes or moves costs one step a
 * class (and a few for each two classes), whatever the number of VMs: no pair of VMs is ever listed.
 */
import { assert } from '../../base/assert.js';
import {
  routerGroup,
  throttledRates,
  type TrafficClass,
  type TrafficPattern,
} from '../../../models/network/traffic-pattern.js';
import { PairCounts } from './pair-counts.js';

/** Where a VM is: the host, its rack (numbered over the zone; a pod without racks is one) and its pod. */
export interface Place {
  readonly host: number;
  readonly rack: number;
  readonly pod: number;
}

/** Bits per second, both directions of a pair together; with the public network out and in apart. */
export interface Localities {
  sameHost: number;
  /** Same rack or, in a pod without racks, same pod, another host. */
  sameRack: number;
  /** Same pod, another rack. */
  samePod: number;
  crossPod: number;
  toPublic: number;
  fromPublic: number;
}

export const NO_TRAFFIC: Readonly<Localities> = {
  ...{ sameHost: 0, sameRack: 0, samePod: 0, crossPod: 0 },
  ...{ toPublic: 0, fromPublic: 0 },
};

export class NetworkTraffic {
  readonly hosts = new PairCounts();
  readonly racks = new PairCounts();
  readonly pods = new PairCounts();
  /** Running VMs of each class, the routing appliance among them. */
  readonly counts: number[] = [];
  readonly now: Localities = { ...NO_TRAFFIC };
  /** Where the routing appliance runs; null: nowhere. */
  router: Place | null = null;
  private readonly classes: TrafficClass[] = [];
  private readonly rates: number[] = [];
  /** What one VM of each class sends to all there are, itself counted as one of them. */
  private readonly sends: number[] = [];

  constructor(readonly pattern: TrafficPattern) {}

  get vms(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  get classCount(): number {
    return this.classes.length;
  }

  /** From each VM of class a to each VM of class b: bits per second. */
  rate(a: number, b: number): number {
    return this.rates[a * this.classes.length + b]!;
  }

  /** Sent by the VMs of a place (`level` says of which kind) to VMs that are not there; and taken from them. */
  sentFrom(level: PairCounts, place: number): number {
    const there = level.at(place);
    let sum = 0;
    for (let a = 0; there !== undefined && a < there.length; a++) {
      if (there[a] === 0) continue;
      let ofOne = 0;
      // Counts are taken off counts, not rates off rates: where nobody is elsewhere it is exactly nothing.
      for (let b = 0; b < this.counts.length; b++) ofOne += this.rate(a, b) * (this.counts[b]! - (there[b] ?? 0));
      sum += there[a]! * ofOne;
    }
    return sum;
  }

  /** `silent`: only by VMs that send nothing to anybody. */
  takenAt(level: PairCounts, place: number, silent = false): number {
    const there = level.at(place);
    let sum = 0;
    for (let a = 0; there !== undefined && a < there.length; a++) {
      if (there[a] === 0 || (silent && this.sends[a]! > 0)) continue;
      let ofOne = 0;
      for (let b = 0; b < this.counts.length; b++) ofOne += this.rate(b, a) * (this.counts[b]! - (there[b] ?? 0));
      sum += there[a]! * ofOne;
    }
    return sum;
  }

  /** What the routing appliance brings to VMs that send nothing. */
  routedToSilent(): number {
    const router = this.classes.findIndex((_, at) => this.isRouter(at) && this.counts[at]! > 0);
    if (router < 0) return 0;
    return this.counts.reduce((sum, count, a) => (this.sends[a]! > 0 ? sum : sum + count * this.rate(router, a)), 0);
  }

  /** The class of VMs of a group under a throttle; Infinity: none. Classes are numbered as they first come up. */
  classOf(group: number, throttleBitsPerSecond = Infinity): number {
    assert(group >= 0 && group <= routerGroup(this.pattern), () => `there is no group ${group}`);
    const found = this.classes.findIndex(
      (one) => one.group === group && one.throttleBitsPerSecond === throttleBitsPerSecond,
    );
    if (found >= 0) return found;
    this.classes.push({ group, throttleBitsPerSecond });
    this.counts.push(0);
    return this.classes.length - 1;
  }

  add(place: Place, ofClass: number): void {
    this.hosts.add(place.host, ofClass);
    this.racks.add(place.rack, ofClass);
    this.pods.add(place.pod, ofClass);
    this.counts[ofClass]!++;
    if (this.isRouter(ofClass)) this.router = place;
    this.refresh();
  }

  remove(place: Place, ofClass: number): void {
    this.hosts.remove(place.host, ofClass);
    this.racks.remove(place.rack, ofClass);
    this.pods.remove(place.pod, ofClass);
    this.counts[ofClass]!--;
    if (this.isRouter(ofClass)) this.router = null;
    this.refresh();
  }

  private isRouter(ofClass: number): boolean {
    return this.classes[ofClass]!.group === routerGroup(this.pattern);
  }

  private refresh(): void {
    const { classes, counts, now, pattern } = this;
    throttledRates(pattern, classes, counts, this.rates);
    Object.assign(now, NO_TRAFFIC);
    for (let a = 0; a < classes.length; a++) {
      this.sends[a] = 0;
      for (let b = 0; b < classes.length; b++) this.sends[a]! += this.rate(a, b) * counts[b]!;
      if (counts[a] === 0) continue;
      for (let b = 0; b < classes.length; b++) {
        const rate = this.rate(a, b);
        if (rate === 0 || counts[b] === 0) continue;
        const onHost = this.hosts.of(a, b);
        const inRack = this.racks.of(a, b);
        const inPod = this.pods.of(a, b);
        const all = counts[a]! * (counts[b]! - (a === b ? 1 : 0));
        now.sameHost += rate * onHost;
        now.sameRack += rate * (inRack - onHost);
        now.samePod += rate * (inPod - inRack);
        now.crossPod += rate * (all - inPod);
      }
      this.addPublic(a);
    }
  }

  /** What of the conversations with the routing appliance is with the public network. */
  private addPublic(a: number): void {
    const { classes, counts, pattern, now } = this;
    const { group } = classes[a]!;
    const router = routerGroup(pattern);
    if (group === router || this.router === null) return;
    const r = classes.findIndex((one, at) => one.group === router && counts[at]! > 0);
    now.toPublic +=
      counts[a]! * shareOf(this.rate(a, r), pattern.toPublic[group]!, pattern.rates[group * (router + 1) + router]!);
    now.fromPublic +=
      counts[a]! * shareOf(this.rate(r, a), pattern.fromPublic[group]!, pattern.rates[router * (router + 1) + group]!);
  }
}

/** A throttle shrinks both parts of a conversation alike. */
function shareOf(rate: number, part: number, rest: number): number {
  return part === 0 ? 0 : (rate * part) / (part + rest);
}
