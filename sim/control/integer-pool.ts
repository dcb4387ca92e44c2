/**
 * A pool of integers (VLAN IDs, addresses) over ranges, in the order the ranges are given. Guarantees that the next
 * one given is always the first free one in that order, so that the choice is a function of what is taken and needs no
 * draw. Memory grows with what was ever given back, not with the size of the ranges.
 */
import { assert } from '../base/assert.js';
import { NumberHeap } from '../base/number-heap.js';

/** Both ends belong to it. */
export interface Range {
  first: number;
  last: number;
}

export class IntegerPool {
  readonly capacity: number;
  /** Ordinals from here on were never taken. */
  private fresh = 0;
  private readonly freed = new NumberHeap();
  private takenCount = 0;

  constructor(private readonly ranges: readonly Range[]) {
    let capacity = 0;
    for (const { first, last } of ranges) capacity += Math.max(0, last - first + 1);
    this.capacity = capacity;
  }

  get used(): number {
    return this.takenCount;
  }

  /** The integer that `take` must be given next; null: none is left. */
  peek(): number | null {
    const ordinal = this.freed.peekKey() ?? this.fresh;
    return ordinal < this.capacity ? this.valueOf(ordinal) : null;
  }

  /** Takes `value`, which must be what `peek` answers. */
  take(value: number): void {
    assert(value === this.peek(), () => `pool: ${value} taken out of order, next is ${this.peek()}`);
    if (this.freed.size > 0) this.freed.pop();
    else this.fresh++;
    this.takenCount++;
  }

  /** Gives back a value that was taken. */
  release(value: number): void {
    const ordinal = this.ordinalOf(value);
    assert(ordinal < this.fresh && this.takenCount > 0, () => `pool: ${value} was not taken`);
    this.freed.push(ordinal, 0);
    this.takenCount--;
  }

  private valueOf(ordinal: number): number {
    let rest = ordinal;
    for (const { first, last } of this.ranges) {
      const size = last - first + 1;
      if (rest < size) return first + rest;
      rest -= Math.max(0, size);
    }
    throw new RangeError(`pool: no ordinal ${ordinal}`);
  }

  private ordinalOf(value: number): number {
    let before = 0;
    for (const { first, last } of this.ranges) {
      if (value >= first && value <= last) return before + value - first;
      before += Math.max(0, last - first + 1);
    }
    throw new RangeError(`pool: ${value} is in none of the ranges`);
  }
}

/** Ascending integers as ranges: 600, 601, 602, 700 becomes 600-602 and 700-700. */
export function rangesOf(sorted: readonly number[]): Range[] {
  const ranges: Range[] = [];
  for (const value of sorted) {
    const last = ranges.at(-1);
    if (last && value === last.last + 1) last.last = value;
    else ranges.push({ first: value, last: value });
  }
  return ranges;
}
