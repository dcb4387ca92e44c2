/**
 * What flows are promised: reserved on each link of theirs before the rest is shared. Guarantees
 *
 *   r_f = g_f times the least over its links of min(1, C_l / G_l)     free_l = C_l - sum of r_f on l
 *
 *   g_f  what flow f is promised, r_f what is reserved for it [bits per second]     C_l  capacity     G_l  sum of g_f on l
 *
 * that is: where a link is promised more than it has, all promises on it are scaled down alike.
 */
import { grownFloats } from './grown.js';
import type { Traffic } from './traffic.js';

export class Guarantees {
  /** By link. */
  private promised = new Float64Array(16);
  private flows = 0;

  constructor(private readonly traffic: Traffic) {}

  joined(flow: number): void {
    if (!(this.traffic.guarantee[flow]! > 0)) return;
    this.flows++;
    const { links, first, lengths } = this.traffic.paths;
    for (let entry = first[flow]!; entry < first[flow]! + lengths[flow]!; entry++) this.refresh(links[entry]!);
  }

  /** After it has gone from the links, the first `length` of `path`. */
  left(flow: number, path: ArrayLike<number>, length: number): void {
    if (!(this.traffic.guarantee[flow]! > 0)) return;
    this.flows--;
    for (let at = 0; at < length; at++) this.refresh(path[at]!);
  }

  /** The link's capacity or the promises on it have changed. */
  refresh(link: number): void {
    const { traffic } = this;
    this.promised = grownFloats(this.promised, traffic.capacity.length);
    this.promised[link] = this.flows === 0 ? 0 : this.sum(link, traffic.guarantee);
    this.refreshFree(link);
    if (this.promised[link] === 0) return;
    const { paths } = traffic;
    const members = paths.members[link]!;
    for (let at = 0; at < paths.counts[link]!; at++)
      if (traffic.guarantee[members[at]!]! > 0) this.reserve(members[at]!);
  }

  private reserve(flow: number): void {
    const { paths, guarantee, capacity, levels, bundles, reserve } = this.traffic;
    const from = paths.first[flow]!;
    const to = from + paths.lengths[flow]!;
    let scale = 1;
    for (let entry = from; entry < to; entry++) {
      const link = paths.links[entry]!;
      scale = Math.min(scale, capacity[link]! / Math.max(this.promised[link]!, guarantee[flow]!));
    }
    const bundle = bundles[flow]!;
    reserve[bundle] = scale * guarantee[flow]!;
    levels.touch(bundle);
    for (let entry = from; entry < to; entry++) this.refreshFree(paths.links[entry]!);
  }

  private refreshFree(link: number): void {
    const { levels, capacity, reserve, bundles } = this.traffic;
    let reserved = 0;
    if (this.promised[link]! > 0) {
      const { members, counts } = this.traffic.paths;
      for (let at = 0; at < counts[link]!; at++) reserved += reserve[bundles[members[link]![at]!]!]!;
    }
    levels.free[link] = Math.max(0, capacity[link]! - reserved);
    levels.mark(link, 0);
  }

  private sum(link: number, of: Float64Array): number {
    const { members, counts } = this.traffic.paths;
    let sum = 0;
    for (let at = 0; at < counts[link]!; at++) sum += of[members[link]![at]!]!;
    return sum;
  }
}
