/**
 * A pool of integers (VLAN IDs, addresses) over ranges, in the order the ranges are given. Guarantees that the next
 * one offered is always the first free one in that order, so that the choice is a function of what is taken and needs no
 * draw; any other that is free can be taken as well. Memory grows with what was ever given back, not with the size of the ranges.
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
  /** Ordinals from here on were never taken, but for those `ahead`. */
  private fresh = 0;
  /** Ordinals given back, and perhaps taken again since: those in `free` are. */
  private readonly freed = new NumberHeap();
  private free: Set<number> | null = null;
  private ahead: Set<number> | null = null;
  private takenCount = 0;

  constructor(private readonly ranges: readonly Range[]) {
    let capacity = 0;
    for (const { first, last } of ranges) capacity += Math.max(0, last - first + 1);
    this.capacity = capacity;
  }

  get used(): number {
    return this.takenCount;
  }

  /** The first free integer; null: none is left. */
  peek(): number | null {
    if (this.free !== null && this.free.size > 0) {
      let ordinal = this.freed.peekKey()!;
      for (; !this.free.has(ordinal); ordinal = this.freed.peekKey()!) this.freed.pop();
      return this.valueOf(ordinal);
    }
    return this.fresh < this.capacity ? this.valueOf(this.fresh) : null;
  }

  /** Whether it belongs to the ranges. */
  includes(value: number): boolean {
    return Number.isInteger(value) && this.ranges.some(({ first, last }) => value >= first && value <= last);
  }

  isFree(value: number): boolean {
    const ordinal = this.ordinalOf(value);
    return ordinal < this.fresh ? this.free?.has(ordinal) === true : this.ahead?.has(ordinal) !== true;
  }

  /** Takes a free one: what `peek` answers, or any other. */
  take(value: number): void {
    const ordinal = this.ordinalOf(value);
    assert(this.isFree(value), () => `pool: ${value} is taken`);
    this.takenCount++;
    if (ordinal < this.fresh) this.free!.delete(ordinal);
    else if (ordinal > this.fresh) (this.ahead ??= new Set()).add(ordinal);
    else
      do this.fresh++;
      while (this.ahead?.delete(this.fresh) === true);
  }

  /** Gives back a value that was taken. */
  release(value: number): void {
    const ordinal = this.ordinalOf(value);
    assert(!this.isFree(value), () => `pool: ${value} was not taken`);
    this.takenCount--;
    if (ordinal >= this.fresh) {
      this.ahead!.delete(ordinal);
      return;
    }
    this.freed.push(ordinal, 0);
    (this.free ??= new Set()).add(ordinal);
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
