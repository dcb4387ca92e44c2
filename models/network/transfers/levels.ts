/**
 * The state of a max-min allocation, as filling.ts and repair.ts find it: a level for each link, a fair level for each
 * bundle. Guarantees once solved, within rounding:
 *
 *   r_b = least of the levels of its links     level_l = Infinity where l is not full, else such that the sum of w_b r_b on l is C_l
 *
 *   r_b  bits per second and unit of weight, of bundle b     w_b  sum of the weights of its flows     C_l  what link l has to share
 *
 * Then every bundle has a full link on which nobody has more a unit of weight: the allocation is max-min fair, and there is
 * only one such.
 */
import { grownFloats, grownInts } from './grown.js';
import { Incidence } from './incidence.js';
import { IndexedHeap } from './indexed-heap.js';

/** Less than this, relative, is rounding and no change. */
export const SAME = 1e-12;
/** A link is full above this much of what it has. */
export const FULL = 1 + 1e-13;

export class Levels {
  /** Bundles on links, those that can fill only. */
  readonly paths = new Incidence();
  /** By link: bits per second to share among its bundles, and its level. */
  free = new Float64Array(16);
  level = new Float64Array(16).fill(Infinity);
  /** By bundle; a weight of 0: there is no such bundle. */
  weight = new Float64Array(64);
  fair = new Float64Array(64);
  /** The bundles that there are: the first `liveCount`. */
  live = new Int32Array(64);
  liveCount = 0;
  private livePlaces = new Int32Array(64);

  /** Links to solve anew, by a level below which nothing about them has changed. */
  readonly dirty = new IndexedHeap();
  /** Bundles whose rate or whose flows may have changed since it was emptied. */
  touched = new Int32Array(64);
  touchedCount = 0;
  private marks = new Uint8Array(64);

  addLink(): number {
    const link = this.paths.members.length;
    this.paths.addLink();
    this.free = grownFloats(this.free, link + 1);
    this.level = grownFloats(this.level, link + 1, Infinity);
    this.level[link] = Infinity;
    return link;
  }

  /** Of weight 0. */
  addBundle(bundle: number): void {
    this.weight = grownFloats(this.weight, bundle + 1);
    this.fair = grownFloats(this.fair, bundle + 1);
    this.live = grownInts(this.live, bundle + 1);
    this.livePlaces = grownInts(this.livePlaces, bundle + 1);
    this.weight[bundle] = 0;
    this.live[this.liveCount] = bundle;
    this.livePlaces[bundle] = this.liveCount++;
  }

  removeBundle(bundle: number): void {
    this.weight[bundle] = 0;
    const last = this.live[--this.liveCount]!;
    this.live[this.livePlaces[bundle]!] = last;
    this.livePlaces[last] = this.livePlaces[bundle]!;
    this.paths.detach(bundle);
  }

  /** Something on the link changed, at or above this level. */
  mark(link: number, aboveLevel: number): void {
    if (aboveLevel < this.dirty.keyOf(link)) this.dirty.set(link, aboveLevel);
  }

  touch(bundle: number): void {
    if (bundle >= this.marks.length) {
      const marks = new Uint8Array(2 * bundle);
      marks.set(this.marks);
      this.marks = marks;
      this.touched = grownInts(this.touched, marks.length);
    }
    if (this.marks[bundle] === 1) return;
    this.marks[bundle] = 1;
    this.touched[this.touchedCount++] = bundle;
  }

  untouchAll(): void {
    for (let at = 0; at < this.touchedCount; at++) this.marks[this.touched[at]!] = 0;
    this.touchedCount = 0;
  }

  leastLevel(bundle: number): number {
    const { links, first, lengths } = this.paths;
    const from = first[bundle]!;
    let least = Infinity;
    for (let entry = from; entry < from + lengths[bundle]!; entry++) {
      const level = this.level[links[entry]!]!;
      if (level < least) least = level;
    }
    return least;
  }
}
