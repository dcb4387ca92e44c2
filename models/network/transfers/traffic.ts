/**
 * Flows in bundles: flows that share all the links that can fill have one rate a unit of weight, and go forward together.
 * A bundle counts its progress, bits a unit of weight since it began; a flow ends at a fixed progress, whatever happens to
 * the rate meanwhile. Guarantees that what a flow has left is exact at any instant, and that moving between bundles keeps it.
 * A flow with a guarantee is a bundle of its own, and its unit is the flow.
 */
import { BundleIndex } from './bundle-index.js';
import { FlowQueues } from './flow-queues.js';
import { grownFloats, grownInts } from './grown.js';
import { Incidence } from './incidence.js';
import { IndexedHeap } from './indexed-heap.js';
import { Levels, SAME } from './levels.js';

export class Traffic {
  readonly levels = new Levels();
  /** Flows on links, all of them. */
  readonly paths = new Incidence();
  readonly queues = new FlowQueues();
  /** Bundles by the end of the flow that ends first. */
  readonly ends = new IndexedHeap();

  /** By link: bits per second, and 1 where the link cannot fill, so that bundles do not tell it apart. */
  capacity = new Float64Array(16);
  quiet = new Int32Array(16);

  /** By flow; `bundles`: -1 where it is in none. */
  bundles = new Int32Array(64).fill(-1);
  weight = new Float64Array(64);
  guarantee = new Float64Array(64);

  /** By bundle: bits per second and unit, now and with the levels as they are; what it is promised, and its unit's weight. */
  speed = new Float64Array(64);
  reserve = new Float64Array(64);
  private scale = new Float64Array(64);
  /** Bits per unit at the instant `since`. */
  private progress = new Float64Array(64);
  private since = new Float64Array(64);
  /** Speed that quiet links have been told of. */
  counted = new Float64Array(64);

  private readonly index = new BundleIndex(this.levels.paths);
  private path = new Int32Array(16);

  addLink(capacity: number): number {
    const link = this.levels.addLink();
    this.paths.addLink();
    this.capacity = grownFloats(this.capacity, link + 1);
    this.quiet = grownInts(this.quiet, link + 1);
    this.capacity[link] = capacity;
    this.levels.free[link] = capacity;
    return link;
  }

  /** Its path is attached already. */
  enter(flow: number, weight: number, guarantee: number, bits: number, now: number): void {
    this.bundles = grownInts(this.bundles, flow + 1, -1);
    this.weight = grownFloats(this.weight, flow + 1);
    this.guarantee = grownFloats(this.guarantee, flow + 1);
    this.weight[flow] = weight;
    this.guarantee[flow] = guarantee;
    const length = this.loudPath(flow);
    const bundle = this.bundleFor(flow, length, now, -1);
    this.put(flow, bundle, bits, now);
    for (let at = 0; at < length; at++) this.levels.mark(this.path[at]!, 0);
  }

  leave(flow: number): void {
    const bundle = this.bundles[flow]!;
    const { links, first, lengths } = this.levels.paths;
    for (let entry = first[bundle]!; entry < first[bundle]! + lengths[bundle]!; entry++) {
      const level = this.levels.level[links[entry]!]!;
      // What is not full before is not full after.
      if (level < Infinity) this.levels.mark(links[entry]!, level);
    }
    this.take(flow, bundle);
    this.bundles[flow] = -1;
  }

  /** Into the bundle of the links that can fill now; rates stand. */
  regroup(flow: number, now: number): void {
    const length = this.loudPath(flow);
    const before = this.bundles[flow]!;
    if (this.guarantee[flow]! > 0) {
      this.levels.paths.detach(before);
      this.levels.paths.attach(before, this.path, length);
      return;
    }
    const after = this.bundleFor(flow, length, now, before);
    if (after === before) return;
    const bits = this.bitsLeft(flow, now);
    this.take(flow, before);
    this.put(flow, after, bits, now);
  }

  unitOf(flow: number): number {
    return this.guarantee[flow]! > 0 ? 1 : this.weight[flow]!;
  }

  rateOf(flow: number): number {
    return this.speed[this.bundles[flow]!]! * this.unitOf(flow);
  }

  bitsLeft(flow: number, now: number): number {
    const bundle = this.bundles[flow]!;
    return Math.max(0, (this.queues.keys[flow]! - this.progressAt(bundle, now)) * this.unitOf(flow));
  }

  /** Bits per second and unit that the levels come to. */
  newSpeed(bundle: number): number {
    return this.reserve[bundle]! + this.scale[bundle]! * this.levels.fair[bundle]!;
  }

  /** From `now` on at the speed that the levels come to; differences within rounding are none. */
  adopt(bundle: number, now: number): void {
    const speed = this.newSpeed(bundle);
    const before = this.speed[bundle]!;
    if (Math.abs(speed - before) <= SAME * before) return;
    this.progress[bundle] = this.progressAt(bundle, now);
    this.since[bundle] = now;
    this.speed[bundle] = speed;
  }

  /** The same for all, and when they end. */
  adoptAll(now: number): void {
    const { levels, ends } = this;
    for (let at = 0; at < levels.liveCount; at++) {
      const bundle = levels.live[at]!;
      this.adopt(bundle, now);
      ends.setUnordered(bundle, this.endOf(bundle));
    }
    ends.order();
  }

  /** Of the flow that ends first; Infinity where it stalls. */
  endOf(bundle: number): number {
    const flow = this.queues.firsts[bundle]!;
    if (flow < 0) return Infinity;
    const ahead = Math.max(0, this.queues.keys[flow]! - this.progress[bundle]!);
    return ahead === 0 ? this.since[bundle]! : this.since[bundle]! + ahead / this.speed[bundle]!;
  }

  private progressAt(bundle: number, now: number): number {
    const since = this.since[bundle]!;
    return now === since ? this.progress[bundle]! : this.progress[bundle]! + this.speed[bundle]! * (now - since);
  }

  /** Links of the flow that can fill, in ascending order, in `path`. */
  private loudPath(flow: number): number {
    const { links, first, lengths } = this.paths;
    const from = first[flow]!;
    this.path = grownInts(this.path, lengths[flow]!);
    let length = 0;
    for (let entry = from; entry < from + lengths[flow]!; entry++)
      if (this.quiet[links[entry]!] === 0) this.path[length++] = links[entry]!;
    return length;
  }

  /** A new one begins as fast as the bundle that the flow comes from, or at nothing. */
  private bundleFor(flow: number, length: number, now: number, from: number): number {
    const alone = this.guarantee[flow]! > 0;
    const found = alone ? -1 : this.index.find(this.path, length);
    if (found >= 0) return found;
    const bundle = this.index.take();
    this.levels.addBundle(bundle);
    if (bundle >= this.speed.length) this.growBundles(bundle);
    this.levels.paths.attach(bundle, this.path, length);
    if (!alone) this.index.add(bundle, this.path, length);
    this.levels.fair[bundle] = from < 0 ? this.levels.leastLevel(bundle) : this.levels.fair[from]!;
    this.speed[bundle] = from < 0 ? 0 : this.speed[from]!;
    this.counted[bundle] = from < 0 ? 0 : this.counted[from]!;
    this.scale[bundle] = alone ? this.weight[flow]! : 1;
    this.reserve[bundle] = 0;
    this.progress[bundle] = 0;
    this.since[bundle] = now;
    return bundle;
  }

  private put(flow: number, bundle: number, bits: number, now: number): void {
    this.bundles[flow] = bundle;
    this.levels.weight[bundle]! += this.weight[flow]!;
    this.queues.put(bundle, flow, this.progressAt(bundle, now) + bits / this.unitOf(flow));
    this.levels.touch(bundle);
  }

  private take(flow: number, bundle: number): void {
    const { levels, queues } = this;
    queues.take(bundle, flow);
    levels.touch(bundle);
    if (queues.counts[bundle]! > 0) levels.weight[bundle] = this.weightWithout(flow, bundle);
    else {
      levels.removeBundle(bundle);
      if (!(this.guarantee[flow]! > 0)) this.index.remove(bundle);
      this.index.release(bundle);
      this.ends.remove(bundle);
    }
  }

  /** Whole numbers are exact in a sum; others are summed up anew, or their rounding would stay. */
  private weightWithout(flow: number, bundle: number): number {
    const sum = this.levels.weight[bundle]!;
    if (Number.isSafeInteger(sum) && Number.isInteger(this.weight[flow]!)) return sum - this.weight[flow]!;
    let weight = 0;
    for (let at = this.queues.heads[bundle]!; at >= 0; at = this.queues.nextInList[at]!) weight += this.weight[at]!;
    return weight;
  }

  private growBundles(bundle: number): void {
    for (const name of ['speed', 'reserve', 'scale', 'progress', 'since', 'counted'] as const)
      this[name] = grownFloats(this[name], bundle + 1);
  }
}
