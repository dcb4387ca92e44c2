/**
 * Levels mended where something changed: links are solved anew, each with the levels of the others as limits, from the lowest
 * changed level up; links whose bundles see another limit then follow. A level hangs only on lower ones, so that what has been
 * passed stands. Guarantees the allocation of levels.ts, or says that it went beyond its budget: then it is to be filled anew.
 */
import { grownFloats } from './grown.js';
import { FULL, SAME, type Levels } from './levels.js';

export class Repair {
  /** Of the link being solved, by place in its list: what its bundles may get elsewhere. */
  private limits = new Float64Array(16);
  /** Of a bundle on a link, the last time. */
  visits = 0;

  constructor(private readonly levels: Levels) {}

  /** `budget`: visits of a bundle on a link. */
  mend(budget: number): boolean {
    const { dirty, level } = this.levels;
    this.visits = 0;
    while (dirty.size > 0) {
      if (this.visits > budget) return false;
      const link = dirty.least;
      dirty.remove(link);
      const before = level[link]!;
      const after = this.solve(link);
      if (same(before, after)) continue;
      const lowest = Math.min(before, after);
      // Links that changed lower down come first; this one may look different after them.
      if (lowest > dirty.leastKey) dirty.set(link, lowest);
      else {
        level[link] = after;
        this.spread(link, lowest);
      }
    }
    return true;
  }

  /** The level at which the link is just full; Infinity where its bundles' limits elsewhere do not fill it. */
  private solve(link: number): number {
    const { paths, weight, free } = this.levels;
    const members = paths.members[link]!;
    const count = paths.counts[link]!;
    const capacity = free[link]!;
    this.limits = grownFloats(this.limits, count);
    const { limits } = this;
    let asked = 0;
    for (let at = 0; at < count; at++) {
      const limit = this.limitElsewhere(members[at]!, link);
      limits[at] = limit;
      asked += limit * weight[members[at]!]!;
    }
    this.visits += count;
    if (asked <= capacity * FULL) return Infinity;
    return this.water(members, count, capacity);
  }

  /** Raised until no more bundles turn out to be limited elsewhere: the number must grow, or rounding would go round for ever. */
  private water(members: Int32Array, count: number, capacity: number): number {
    const { limits } = this;
    const { weight } = this.levels;
    let water = 0;
    for (let before = -1; ;) {
      let below = 0;
      let taken = 0;
      let open = 0;
      for (let at = 0; at < count; at++) {
        const own = weight[members[at]!]!;
        if (before >= 0 && limits[at]! < water) {
          below++;
          taken += limits[at]! * own;
        } else open += own;
      }
      if (below <= before || open === 0) return water;
      before = below;
      water = Math.max(0, (capacity - taken) / open);
    }
  }

  private limitElsewhere(bundle: number, link: number): number {
    const { paths, level } = this.levels;
    const { links, first, lengths } = paths;
    const from = first[bundle]!;
    const to = from + lengths[bundle]!;
    let least = Infinity;
    for (let entry = from; entry < to; entry++) {
      const other = links[entry]!;
      if (other !== link && level[other]! < least) least = level[other]!;
    }
    return least;
  }

  /** Bundles that are limited lower down elsewhere, before and after, see nothing of it; nor do the other links of theirs. */
  private spread(link: number, lowest: number): void {
    const { paths, level, fair, dirty } = this.levels;
    const { links, first, lengths } = paths;
    const members = paths.members[link]!;
    const count = paths.counts[link]!;
    const own = level[link]!;
    this.visits += count;
    for (let at = 0; at < count; at++) {
      const bundle = members[at]!;
      const elsewhere = this.limitElsewhere(bundle, link);
      if (elsewhere <= lowest) continue;
      fair[bundle] = Math.min(own, elsewhere);
      this.levels.touch(bundle);
      const from = first[bundle]!;
      const to = from + lengths[bundle]!;
      for (let entry = from; entry < to; entry++)
        if (links[entry] !== link && lowest < dirty.keyOf(links[entry]!)) dirty.set(links[entry]!, lowest);
    }
  }
}

function same(before: number, after: number): boolean {
  return before === after || Math.abs(after - before) <= SAME * Math.min(before, after);
}
