/**
 * Links that cannot fill are left out of bundles: the flows of many hosts then go together, as many rates as there are sets of
 * links that matter. Guarantees that a link is left out only while a bound on its load is below its capacity: the load when it was
 * last summed up, times the most that any rate has grown by since, plus what was added link by link. A bound that is reached is
 * summed up; a link that comes near its capacity is told apart again, before anybody goes by the rates.
 */
import { grownFloats, grownInts } from './grown.js';
import type { Traffic } from './traffic.js';
import type { Tuning } from './tuning.js';

const LARGEST_GROWTH = 1e60;

export class QuietLinks {
  private list = new Int32Array(16);
  private places = new Int32Array(16);
  private count = 0;
  /** By link: bound on its load, over `growth`. */
  private bound = new Float64Array(16);
  private growth = 1;
  /** Growth at which the first bound is reached. */
  private reachedAt = Infinity;
  private flowEntries = 0;
  /** Flows whose rates are in no bound yet. */
  private fresh: number[] = [];
  private lookAt = 0;

  constructor(
    private readonly traffic: Traffic,
    private readonly tuning: Tuning,
  ) {}

  started(flow: number): void {
    if (this.count > 0) this.fresh.push(flow);
  }

  /** After levels were solved: true where links were told apart that are fuller than they can be. */
  check(all: boolean, now: number): boolean {
    if (this.count === 0) {
      this.fresh.length = 0;
      return false;
    }
    const { levels } = this.traffic;
    const most = all
      ? this.countBundles(levels.live, levels.liveCount)
      : this.countBundles(levels.touched, levels.touchedCount);
    for (const flow of this.fresh) if (this.traffic.bundles[flow]! >= 0) this.addFlow(flow, this.newRate(flow));
    this.fresh.length = 0;
    this.growth *= 1 + most;
    if (this.growth > LARGEST_GROWTH) this.rebase();
    return this.growth >= this.reachedAt && this.sumUpReached(now);
  }

  /** Told apart from now on. */
  admit(link: number, now: number): void {
    const { traffic } = this;
    if (traffic.quiet[link] === 0) return;
    traffic.quiet[link] = 0;
    const last = this.list[--this.count]!;
    this.list[this.places[link]!] = last;
    this.places[last] = this.places[link]!;
    this.regroupAll(link, now);
    traffic.levels.level[link] = Infinity;
  }

  /** Between solutions; `work`: visits of a bundle on a link that they took so far. */
  look(work: number, now: number): void {
    const { entryCount } = this.traffic.levels.paths;
    if (work < this.lookAt || entryCount < this.tuning.quietEntries) return;
    this.lookAt = work + this.tuning.lookEvery * entryCount;
    const { traffic } = this;
    this.countAll();
    const from = this.count;
    for (let link = 0; link < traffic.paths.members.length; link++) if (this.isQuiet(link)) this.leaveOut(link);
    // Once all are marked: a flow moves once for both ends.
    for (let at = from; at < this.count; at++) this.regroupAll(this.list[at]!, now);
    this.flowEntries = 0;
    for (let at = 0; at < this.count; at++) this.flowEntries += traffic.paths.counts[this.list[at]!]!;
  }

  /** Bounds begin with the speeds as they are; while no link was left out, nobody kept count of them. */
  private countAll(): void {
    const { traffic } = this;
    const { live, liveCount } = traffic.levels;
    for (let at = 0; at < liveCount; at++) traffic.counted[live[at]!] = traffic.newSpeed(live[at]!);
  }

  private isQuiet(link: number): boolean {
    const { quiet, levels, paths, capacity } = this.traffic;
    return (
      quiet[link] === 0 &&
      capacity[link]! > 0 &&
      levels.level[link] === Infinity &&
      paths.counts[link]! >= this.tuning.quietFlows &&
      this.newLoad(link) <= this.tuning.quietBelow * capacity[link]!
    );
  }

  private leaveOut(link: number): void {
    this.traffic.quiet[link] = 1;
    this.list = grownInts(this.list, this.count + 1);
    this.places = grownInts(this.places, link + 1);
    this.bound = grownFloats(this.bound, link + 1);
    this.list[this.count] = link;
    this.places[link] = this.count++;
    this.setBound(link, this.newLoad(link) / this.growth);
  }

  /** The most that any bundle has grown by, beside those that are added to their flows' links one by one. */
  private countBundles(bundles: Int32Array, count: number): number {
    const { traffic } = this;
    const { counted } = traffic;
    let most = 0;
    for (let at = 0; at < count; at++) {
      const bundle = bundles[at]!;
      if (traffic.levels.weight[bundle] === 0) continue;
      const before = counted[bundle]!;
      const after = traffic.newSpeed(bundle);
      counted[bundle] = after;
      if (after > before * (1 + most)) most = Math.max(most, this.countGrowth(bundle, before, after));
    }
    return most;
  }

  /** Whichever is less work: all bounds raised by its growth, or its flows' links by what they have more (also where it was nothing). */
  private countGrowth(bundle: number, before: number, after: number): number {
    const { traffic } = this;
    const { queues } = traffic;
    const growth = after / before - 1;
    if (growth < Infinity && queues.counts[bundle]! * 8 > growth * this.flowEntries) return growth;
    for (let flow = queues.heads[bundle]!; flow >= 0; flow = queues.nextInList[flow]!)
      this.addFlow(flow, (after - before) * traffic.unitOf(flow));
    return 0;
  }

  private addFlow(flow: number, rate: number): void {
    const { links, first, lengths } = this.traffic.paths;
    const from = first[flow]!;
    for (let entry = from; entry < from + lengths[flow]!; entry++) {
      const link = links[entry]!;
      if (this.traffic.quiet[link] === 1) this.setBound(link, this.bound[link]! + rate / this.growth);
    }
  }

  private setBound(link: number, bound: number): void {
    this.bound[link] = bound;
    this.reachedAt = Math.min(this.reachedAt, this.traffic.capacity[link]! / bound);
  }

  private sumUpReached(now: number): boolean {
    const { capacity } = this.traffic;
    let overfull = false;
    this.reachedAt = Infinity;
    // Downwards: one that is admitted is replaced by the last of the list.
    for (let at = this.count - 1; at >= 0; at--) {
      const link = this.list[at]!;
      const most = capacity[link]!;
      if (this.bound[link]! * this.growth >= most) {
        const load = this.newLoad(link);
        this.bound[link] = load / this.growth;
        if (load > this.tuning.loudAbove * most) {
          this.admit(link, now);
          if (load <= most) continue;
          this.traffic.levels.mark(link, 0);
          overfull = true;
          continue;
        }
      }
      this.setBound(link, this.bound[link]!);
    }
    return overfull;
  }

  private newLoad(link: number): number {
    const { paths } = this.traffic;
    const members = paths.members[link]!;
    let load = 0;
    for (let at = 0; at < paths.counts[link]!; at++) load += this.newRate(members[at]!);
    return load;
  }

  private newRate(flow: number): number {
    return this.traffic.newSpeed(this.traffic.bundles[flow]!) * this.traffic.unitOf(flow);
  }

  private regroupAll(link: number, now: number): void {
    const { paths } = this.traffic;
    const members = paths.members[link]!;
    for (let at = 0; at < paths.counts[link]!; at++) this.traffic.regroup(members[at]!, now);
  }

  private rebase(): void {
    for (let at = 0; at < this.count; at++) this.bound[this.list[at]!]! *= this.growth;
    this.reachedAt /= this.growth;
    this.growth = 1;
  }
}
