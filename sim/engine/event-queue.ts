/**
 * The pending events of a lane, in the order (time, phase, sequence). A ladder queue over typed arrays: far events
 * stand unsorted in `top`; nearer ones in buckets of equal width, a rung per refinement; the next few are a sorted run,
 * with a small heap beside it for late-comers. Guarantees
 *  - a total order: `order` (phase and sequence in one exact double) leaves no ties;
 *  - O(1) amortised per event for common delays, O(log n) at worst, and nothing allocated in the steady state;
 *  - chains are in sequence order, so that a bucket of one instant needs no sort.
 * Bucket indexes come from one monotone expression, on insertion and refinement alike: no event can slip a boundary.
 */
import { assert } from '../base/assert.js';
import { SlotHeap } from './slot-heap.js';

const NONE = -1;
/** `kind` of a cancelled event that still stands in a chain. */
const DEAD = -1;
/** Buckets up to this size are insertion-sorted into the run. */
const SORTED_AT_ONCE = 40;
/** A late-comer is inserted into the run at most this far from its end; else it goes into the heap. */
const SHIFT_AT_MOST = 24;
const RUNGS = 8;
const BUCKETS_AT_MOST = 1 << 14;
/** Fewer dead than this are not worth a sweep. */
const SWEEP_ABOVE = 4096;
const SLOT_BITS = 0x400_0000; // 2^26 slots
const GENERATIONS = 0x400_0000;

interface Rung {
  start: number;
  width: number;
  /** 1 / width: the one monotone expression multiplies by it. */
  inverse: number;
  count: number;
  current: number;
  heads: Int32Array;
  tails: Int32Array;
  sizes: Int32Array;
}

export class EventQueue {
  /** Fields of an event by its slot. */
  time = new Float64Array(1024);
  order = new Float64Array(1024);
  a = new Float64Array(1024);
  b = new Float64Array(1024);
  kind = new Int32Array(1024);
  private next = new Int32Array(1024);
  private generation = new Int32Array(1024);
  private free = NONE;
  private slots = 0;

  private live = 0;
  private dead = 0;
  private sweepAbove = SWEEP_ABOVE;

  private run = new Int32Array(1024);
  private runAt = 0;
  private runEnd = 0;
  private readonly heap = new SlotHeap(this);

  private readonly rungs: Rung[] = [];
  private depth = 0;

  private topHead = NONE;
  private topTail = NONE;
  private topCount = 0;
  private topMin = Infinity;
  private topMax = -Infinity;
  /** Events from here on stand in `top`. */
  private topStart = 0;

  /** Events that have neither run nor been cancelled. */
  get size(): number {
    return this.live;
  }

  push(time: number, order: number, kind: number, a: number, b: number): number {
    const slot = this.take();
    this.time[slot] = time;
    this.order[slot] = order;
    this.kind[slot] = kind;
    this.a[slot] = a;
    this.b[slot] = b;
    this.live++;
    this.insert(slot, time);
    return this.generation[slot]! * SLOT_BITS + slot;
  }

  /** False where the event has run or been cancelled already. */
  cancel(handle: number): boolean {
    const slot = this.slotOf(handle);
    if (slot === NONE) return false;
    this.kind[slot] = DEAD;
    this.live--;
    // A dead far time-out would hold its memory until its time: swept once the dead outnumber the living.
    if (++this.dead > this.sweepAbove && this.dead > 2 * this.live) this.sweep();
    return true;
  }

  /** The slot of a pending event; -1 where the handle's event has run or been cancelled. */
  slotOf(handle: number): number {
    const generation = Math.floor(handle / SLOT_BITS);
    const slot = handle - generation * SLOT_BITS;
    if (slot >= this.slots || this.generation[slot] !== generation || this.kind[slot]! < 0) return NONE;
    return slot;
  }

  /** The slot of the earliest event; -1 when there is none. It stays where it is. */
  head(): number {
    for (;;) {
      const fromRun = this.runAt < this.runEnd;
      if (this.heap.size === 0 && !fromRun) {
        if (!this.refill()) return NONE;
        continue;
      }
      const slot =
        this.heap.size > 0 && (!fromRun || this.before(this.heap.peek(), this.run[this.runAt]!))
          ? this.heap.peek()
          : this.run[this.runAt]!;
      if (this.kind[slot]! >= 0) return slot;
      this.dead--;
      this.removeHead(slot);
    }
  }

  /** Takes away what `head` gave and frees its slot; the fields stay readable until the next push. */
  drop(slot: number): void {
    this.live--;
    this.removeHead(slot);
  }

  before(one: number, other: number): boolean {
    const difference = this.time[one]! - this.time[other]!;
    return difference < 0 || (difference === 0 && this.order[one]! < this.order[other]!);
  }

  private removeHead(slot: number): void {
    if (this.runAt < this.runEnd && this.run[this.runAt] === slot) this.runAt++;
    else this.heap.pop();
    this.release(slot);
  }

  // ---- slots ---------------------------------------------------------------------------------------------------

  private take(): number {
    const slot = this.free;
    if (slot !== NONE) {
      this.free = this.next[slot]!;
      return slot;
    }
    if (this.slots === this.time.length) this.grow();
    return this.slots++;
  }

  private release(slot: number): void {
    this.kind[slot] = DEAD;
    this.generation[slot] = (this.generation[slot]! + 1) % GENERATIONS;
    this.next[slot] = this.free;
    this.free = slot;
  }

  private grow(): void {
    const size = this.time.length * 2;
    assert(size <= SLOT_BITS, 'more than 67 million pending events');
    this.time = copied(new Float64Array(size), this.time);
    this.order = copied(new Float64Array(size), this.order);
    this.a = copied(new Float64Array(size), this.a);
    this.b = copied(new Float64Array(size), this.b);
    this.kind = copied(new Int32Array(size), this.kind);
    this.next = copied(new Int32Array(size), this.next);
    this.generation = copied(new Int32Array(size), this.generation);
  }

  // ---- insertion -----------------------------------------------------------------------------------------------

  private insert(slot: number, time: number): void {
    if (time >= this.topStart) return this.appendTop(slot, time);
    for (let depth = 0; depth < this.depth; depth++) {
      const rung = this.rungs[depth]!;
      const bucket = bucketOf(rung, time);
      if (bucket > rung.current) return this.append(rung, bucket, slot);
    }
    this.insertRun(slot);
  }

  private appendTop(slot: number, time: number): void {
    this.next[slot] = NONE;
    if (this.topTail === NONE) this.topHead = slot;
    else this.next[this.topTail] = slot;
    this.topTail = slot;
    this.topCount++;
    if (time < this.topMin) this.topMin = time;
    if (time > this.topMax) this.topMax = time;
  }

  private append(rung: Rung, bucket: number, slot: number): void {
    this.next[slot] = NONE;
    const tail = rung.tails[bucket]!;
    if (tail === NONE) rung.heads[bucket] = slot;
    else this.next[tail] = slot;
    rung.tails[bucket] = slot;
    rung.sizes[bucket]!++;
  }

  private insertRun(slot: number): void {
    const run = this.run;
    const end = this.runEnd;
    const stop = Math.max(this.runAt, end - SHIFT_AT_MOST);
    let at = end;
    while (at > stop && this.before(slot, run[at - 1]!)) at--;
    // Not far enough from the end to stand in the run, or no room behind it.
    if ((at === stop && stop > this.runAt && this.before(slot, run[at - 1]!)) || end === run.length)
      return this.heap.push(slot);
    for (let to = end; to > at; to--) run[to] = run[to - 1]!;
    run[at] = slot;
    this.runEnd = end + 1;
  }

  // ---- refinement ----------------------------------------------------------------------------------------------

  /** Run and heap are empty: the next bucket becomes the run. False: nothing is pending. */
  private refill(): boolean {
    this.runAt = 0;
    this.runEnd = 0;
    for (;;) {
      if (this.depth === 0) {
        if (this.topCount === 0) return false;
        this.spreadTop();
      }
      const rung = this.rungs[this.depth - 1]!;
      const bucket = nextBucket(rung);
      if (bucket === rung.count) {
        this.depth--;
        continue;
      }
      const size = rung.sizes[bucket]!;
      if (size <= SORTED_AT_ONCE || rung.width === 1 || this.depth === RUNGS) {
        this.sortBucket(rung, bucket, size);
        return true;
      }
      this.spreadBucket(rung, bucket, size);
    }
  }

  private spreadTop(): void {
    const rung = this.openRung(this.topMin, this.topMax - this.topMin + 1, this.topCount);
    this.topStart = rung.start + rung.width * rung.count;
    let slot = this.topHead;
    this.topHead = NONE;
    this.topTail = NONE;
    this.topCount = 0;
    this.topMin = Infinity;
    this.topMax = -Infinity;
    this.spread(rung, slot);
  }

  private spreadBucket(parent: Rung, bucket: number, size: number): void {
    const slot = parent.heads[bucket]!;
    emptyBucket(parent, bucket);
    const rung = this.openRung(parent.start + bucket * parent.width, parent.width, size);
    this.spread(rung, slot);
  }

  private spread(rung: Rung, first: number): void {
    for (let slot = first; slot !== NONE;) {
      const next = this.next[slot]!;
      if (this.kind[slot]! < 0) this.bury(slot);
      else this.append(rung, bucketOf(rung, this.time[slot]!), slot);
      slot = next;
    }
  }

  private bury(slot: number): void {
    this.dead--;
    this.release(slot);
  }

  /** About a bucket an event for few, one for eight of many: bucket heads stay in the cache. */
  private openRung(start: number, span: number, events: number): Rung {
    const wanted = events <= BUCKETS_AT_MOST ? events : Math.max(BUCKETS_AT_MOST, events >> 3);
    const width = Math.max(1, Math.ceil(span / wanted));
    const count = Math.ceil(span / width);
    let rung = this.rungs[this.depth];
    if (!rung || rung.heads.length < count) {
      const size = Math.max(1024, 2 * count);
      rung = {
        start,
        width,
        inverse: 1 / width,
        count,
        current: -1,
        heads: new Int32Array(size).fill(NONE),
        tails: new Int32Array(size).fill(NONE),
        sizes: new Int32Array(size),
      };
      this.rungs[this.depth] = rung;
    }
    rung.start = start;
    rung.width = width;
    rung.inverse = 1 / width;
    rung.count = count;
    rung.current = -1;
    this.depth++;
    return rung;
  }

  private sortBucket(rung: Rung, bucket: number, size: number): void {
    if (this.run.length < size + SHIFT_AT_MOST) this.run = new Int32Array(2 * size + SHIFT_AT_MOST);
    const run = this.run;
    let end = 0;
    for (let slot = rung.heads[bucket]!; slot !== NONE;) {
      const next = this.next[slot]!;
      if (this.kind[slot]! < 0) this.bury(slot);
      else run[end++] = slot;
      slot = next;
    }
    emptyBucket(rung, bucket);
    this.runEnd = end;
    if (end <= SORTED_AT_ONCE) this.insertionSort(end);
    else this.sortLarge(end);
  }

  private insertionSort(end: number): void {
    const run = this.run;
    for (let at = 1; at < end; at++) {
      const slot = run[at]!;
      let to = at;
      while (to > 0 && this.before(slot, run[to - 1]!)) {
        run[to] = run[to - 1]!;
        to--;
      }
      run[to] = slot;
    }
  }

  /** Many events of one instant stand in sequence order already, but for their phases. */
  private sortLarge(end: number): void {
    const run = this.run;
    let sorted = true;
    for (let at = 1; at < end && sorted; at++) sorted = !this.before(run[at]!, run[at - 1]!);
    if (!sorted) run.subarray(0, end).sort((one, other) => (this.before(one, other) ? -1 : 1));
  }

  // ---- sweeping ------------------------------------------------------------------------------------------------

  /** Frees the slots of the dead in all chains of buckets and top; those in run and heap go when they come up. */
  private sweep(): void {
    for (let depth = 0; depth < this.depth; depth++) {
      const rung = this.rungs[depth]!;
      for (let bucket = rung.current + 1; bucket < rung.count; bucket++) {
        if (rung.sizes[bucket] === 0) continue;
        const first = rung.heads[bucket]!;
        emptyBucket(rung, bucket);
        for (let slot = first; slot !== NONE;) {
          const next = this.next[slot]!;
          if (this.kind[slot]! < 0) this.bury(slot);
          else this.append(rung, bucket, slot);
          slot = next;
        }
      }
    }
    let slot = this.topHead;
    this.topHead = NONE;
    this.topTail = NONE;
    this.topCount = 0;
    while (slot !== NONE) {
      const next = this.next[slot]!;
      if (this.kind[slot]! < 0) this.bury(slot);
      else this.appendTop(slot, this.time[slot]!);
      slot = next;
    }
    // What stands in the heap cannot be swept: do not try again for the same.
    this.sweepAbove = Math.max(SWEEP_ABOVE, 2 * this.dead);
  }
}

function bucketOf(rung: Rung, time: number): number {
  const bucket = ((time - rung.start) * rung.inverse) | 0;
  return bucket < 0 ? 0 : bucket < rung.count ? bucket : rung.count - 1;
}

function nextBucket(rung: Rung): number {
  const { sizes, count } = rung;
  let bucket = rung.current + 1;
  while (bucket < count && sizes[bucket] === 0) bucket++;
  rung.current = bucket;
  return bucket;
}

function emptyBucket(rung: Rung, bucket: number): void {
  rung.heads[bucket] = NONE;
  rung.tails[bucket] = NONE;
  rung.sizes[bucket] = 0;
}

function copied<T extends Float64Array | Int32Array>(to: T, from: T): T {
  to.set(from);
  return to;
}
