/**
 * How many ordered pairs of VMs, by their classes, share a place (a host, a rack, a pod). Guarantees the count that listing
 * all pairs would give, at a cost of one step a class when a VM comes or goes, however many VMs there are.
 */
import { assert } from '../../base/assert.js';

export class PairCounts {
  /** VMs of each class at each place that has any. */
  private readonly cells = new Map<number, number[]>();
  /** By class of the first, then of the second. */
  private readonly pairs: number[][] = [];

  /** Places with VMs, and how many of each class; a class that is missing at the end of a list has none. */
  places(): Iterable<readonly [place: number, counts: readonly number[]]> {
    return this.cells;
  }

  at(place: number): readonly number[] | undefined {
    return this.cells.get(place);
  }

  /** Ordered pairs with the first of class a, the second of class b, both at one place; a VM is no pair with itself. */
  of(a: number, b: number): number {
    return this.pairs[a]?.[b] ?? 0;
  }

  add(place: number, a: number): void {
    let counts = this.cells.get(place);
    if (counts === undefined) this.cells.set(place, (counts = []));
    this.count(counts, a, 1);
    while (counts.length <= a) counts.push(0);
    counts[a]!++;
  }

  remove(place: number, a: number): void {
    const counts = this.cells.get(place);
    assert(counts !== undefined && counts[a]! > 0, () => `no VM of class ${a} is at place ${place}`);
    counts[a]!--;
    this.count(counts, a, -1);
    if (counts.every((count) => count === 0)) this.cells.delete(place);
  }

  /** A VM of class a beside those that are there. */
  private count(counts: readonly number[], a: number, sign: 1 | -1): void {
    for (let b = 0; b < counts.length; b++) {
      const there = counts[b]! * sign;
      if (there === 0) continue;
      this.bump(a, b, there);
      this.bump(b, a, there);
    }
  }

  private bump(a: number, b: number, by: number): void {
    while (this.pairs.length <= a) this.pairs.push([]);
    const row = this.pairs[a]!;
    while (row.length <= b) row.push(0);
    row[b]! += by;
  }
}
