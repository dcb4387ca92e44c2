/**
 * All levels from scratch, by progressive filling: the link with the least to give a unit of weight is full first, its bundles
 * are settled, and what they take is gone from their other links. Guarantees the allocation of levels.ts, in
 * O(entries + links log links).
 */
import { grownFloats, grownInts } from './grown.js';
import { IndexedHeap } from './indexed-heap.js';
import { SAME, type Levels } from './levels.js';

export class Filling {
  /** By what a link has for a unit of weight: that only rises, so that a key may be too low and is looked at again on top. */
  private readonly queue = new IndexedHeap();
  /** By link, of bundles that are not settled: what is left for them, their weight, their number. */
  private left = new Float64Array(16);
  private weight = new Float64Array(16);
  private open = new Int32Array(16);
  private unsettled = new Int32Array(16);

  constructor(private readonly levels: Levels) {}

  fill(): void {
    this.prepare();
    const { queue, levels, left, weight, open } = this;
    while (queue.size > 0) {
      const link = queue.least;
      if (open[link] === 0) {
        queue.remove(link);
        continue;
      }
      const share = left[link]! / weight[link]!;
      if (share > queue.leastKey * (1 + SAME)) queue.set(link, share);
      else {
        queue.remove(link);
        this.settle(link);
      }
    }
    levels.dirty.clear();
  }

  private prepare(): void {
    const { levels } = this;
    const { paths, free, level } = levels;
    const linkCount = paths.members.length;
    this.left = grownFloats(this.left, linkCount);
    this.weight = grownFloats(this.weight, linkCount);
    this.open = grownInts(this.open, linkCount);
    this.weight.fill(0);
    this.addWeights();
    const { queue, left, weight, open } = this;
    queue.clear();
    for (let link = 0; link < linkCount; link++) {
      level[link] = Infinity;
      open[link] = paths.counts[link]!;
      if (open[link] === 0) continue;
      left[link] = free[link]!;
      queue.setUnordered(link, free[link]! / weight[link]!);
    }
    queue.order();
  }

  private addWeights(): void {
    const { fair, weight: weights, live, liveCount, paths } = this.levels;
    const { first, lengths, links } = paths;
    const sums = this.weight;
    for (let at = 0; at < liveCount; at++) {
      const bundle = live[at]!;
      const weight = weights[bundle]!;
      fair[bundle] = Infinity;
      const from = first[bundle]!;
      const to = from + lengths[bundle]!;
      for (let entry = from; entry < to; entry++) sums[links[entry]!]! += weight;
    }
  }

  /** The link is full: those of its bundles that are not settled get what is left. */
  private settle(link: number): void {
    const { fair, free, level, weight: weights, paths } = this.levels;
    const members = paths.members[link]!;
    const count = paths.counts[link]!;
    this.unsettled = grownInts(this.unsettled, count);
    const { unsettled } = this;
    let unsettledCount = 0;
    // Summed up anew: what was taken off bit by bit has its rounding errors.
    let taken = 0;
    let weight = 0;
    for (let at = 0; at < count; at++) {
      const bundle = members[at]!;
      const own = fair[bundle]!;
      if (own === Infinity) {
        weight += weights[bundle]!;
        unsettled[unsettledCount++] = bundle;
      } else taken += weights[bundle]! * own;
    }
    level[link] = Math.max(0, (free[link]! - taken) / weight);
    this.settleBundles(unsettledCount, level[link]);
  }

  private settleBundles(count: number, share: number): void {
    const { left, weight: sums, open, unsettled } = this;
    const { fair, weight: weights, paths } = this.levels;
    const { links, first, lengths } = paths;
    for (let at = 0; at < count; at++) {
      const bundle = unsettled[at]!;
      const weight = weights[bundle]!;
      fair[bundle] = share;
      const from = first[bundle]!;
      const to = from + lengths[bundle]!;
      for (let entry = from; entry < to; entry++) {
        const link = links[entry]!;
        left[link]! -= share * weight;
        sums[link]! -= weight;
        open[link]!--;
      }
    }
  }
}
