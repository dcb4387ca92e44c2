/**
 * The pending events of a lane: a ladder queue. Far events stand in one unsorted chain, `top`; nearer ones in buckets of
 * equal width, with a finer rung for each crowded bucket; the nearest in a sorted run. Guarantees
 *  - a total order by (time, order): no two events of a queue are equal;
 *  - a cost that hardly depends on how many are pending, whatever the mixture of delays; O(log n) at worst;
 *  - cancelling in O(1), with the slot free at once, but for the nearest events (see near-events.ts);
 *  - nothing allocated in the steady state.
 * Where an event stands follows from its time alone: from `topStart` on in top, else in the first rung whose current
 * bucket lies before its own, else among the nearest. So it is found again without a note of where it went.
 */
import { A, B, NONE, ORDER, TIME } from './event-records.js';
import { NearEvents, SORTED_AT_ONCE } from './near-events.js';
import { advance, bucketOf, bucketStart, emptyBucket, openRung, type Rung } from './rung.js';

const RUNGS_AT_MOST = 8;
/** Up to this many events get about a bucket each; more, a bucket for eight, so that the buckets stay in the cache. */
const BUCKETS_AT_MOST = 1 << 14;
/** More late-comers than this are spread over a rung of their own. */
const LATE_AT_MOST = 256;

export class EventQueue extends NearEvents {
  /** Events that have neither run nor been cancelled. */
  size = 0;

  /** The first `depth` are open, each within the current bucket of the one before. */
  private readonly rungs: Rung[] = [];
  private depth = 0;

  private topHead = NONE;
  private topTail = NONE;
  private topCount = 0;
  private topMin = Infinity;
  private topMax = -Infinity;
  private topStart = 0;

  push(time: number, order: number, kind: number, a: number, b: number): number {
    const slot = this.take();
    this.fields[(slot << 2) + TIME] = time;
    this.fields[(slot << 2) + ORDER] = order;
    this.kind[slot] = kind;
    this.fields[(slot << 2) + A] = a;
    this.fields[(slot << 2) + B] = b;
    this.size++;
    this.insert(slot, time);
    return this.handleOf(slot);
  }

  /** False where the event has run or been cancelled already. */
  cancel(handle: number): boolean {
    const slot = this.slotOf(handle);
    if (slot === NONE) return false;
    this.size--;
    if (this.unchain(slot, this.fields[(slot << 2) + TIME]!)) this.release(slot);
    else this.cancelNear(slot);
    return true;
  }

  /** The slot of the earliest event; NONE when there is none. It stays where it is. */
  head(): number {
    for (;;) {
      const slot = this.nearest();
      if (slot !== NONE || !this.refill()) return slot;
    }
  }

  /** Takes away what `head` gave; its fields stay readable until the next push. */
  drop(slot: number): void {
    this.size--;
    this.dropNearest(slot);
  }

  // ---- where an event stands -----------------------------------------------------------------------------------

  private insert(slot: number, time: number): void {
    if (time >= this.topStart) return this.appendTop(slot, time);
    for (let depth = 0; depth < this.depth; depth++) {
      const rung = this.rungs[depth]!;
      const bucket = bucketOf(rung, time);
      if (bucket > rung.current) return this.append(rung, bucket, slot);
    }
    if (!this.insertInRun(slot)) this.insertLate(slot);
  }

  private insertLate(slot: number): void {
    this.late.push(slot);
    if (this.late.size > LATE_AT_MOST) this.spreadNear();
  }

  /** Takes an event out of the chain it stands in; false where it is among the nearest. */
  private unchain(slot: number, time: number): boolean {
    if (time >= this.topStart) {
      this.removeTop(slot);
      return true;
    }
    for (let depth = 0; depth < this.depth; depth++) {
      const rung = this.rungs[depth]!;
      const bucket = bucketOf(rung, time);
      if (bucket > rung.current) {
        this.remove(rung, bucket, slot);
        return true;
      }
    }
    return false;
  }

  private appendTop(slot: number, time: number): void {
    const tail = this.topTail;
    this.next[slot] = NONE;
    this.previous[slot] = tail;
    if (tail === NONE) this.topHead = slot;
    else this.next[tail] = slot;
    this.topTail = slot;
    this.topCount++;
    if (time < this.topMin) this.topMin = time;
    if (time > this.topMax) this.topMax = time;
  }

  private append(rung: Rung, bucket: number, slot: number): void {
    const tail = rung.tails[bucket]!;
    this.next[slot] = NONE;
    this.previous[slot] = tail;
    if (tail === NONE) rung.heads[bucket] = slot;
    else this.next[tail] = slot;
    rung.tails[bucket] = slot;
    rung.sizes[bucket]!++;
  }

  private removeTop(slot: number): void {
    const after = this.next[slot]!;
    const before = this.previous[slot]!;
    if (before === NONE) this.topHead = after;
    else this.next[before] = after;
    if (after === NONE) this.topTail = before;
    else this.previous[after] = before;
    this.topCount--;
  }

  private remove(rung: Rung, bucket: number, slot: number): void {
    const after = this.next[slot]!;
    const before = this.previous[slot]!;
    if (before === NONE) rung.heads[bucket] = after;
    else this.next[before] = after;
    if (after === NONE) rung.tails[bucket] = before;
    else this.previous[after] = before;
    rung.sizes[bucket]!--;
  }

  // ---- refinement ----------------------------------------------------------------------------------------------

  /** None are near: the next bucket becomes the nearest events. False: nothing is pending. */
  private refill(): boolean {
    for (;;) {
      if (this.depth === 0) {
        if (this.topCount === 0) return false;
        this.spreadTop();
      }
      const rung = this.rungs[this.depth - 1]!;
      if (advance(rung)) {
        const bucket = rung.current;
        const chain = rung.heads[bucket]!;
        const size = rung.sizes[bucket]!;
        emptyBucket(rung, bucket);
        if (size <= SORTED_AT_ONCE || rung.widthMicros === 1 || this.depth === RUNGS_AT_MOST) {
          this.refillNear(chain, size);
          return true;
        }
        this.spread(chain, this.open(bucketStart(rung, bucket), rung.widthMicros, size));
      } else this.depth--;
    }
  }

  private spreadTop(): void {
    const rung = this.open(this.topMin, this.topMax - this.topMin + 1, this.topCount);
    const chain = this.topHead;
    this.topStart = bucketStart(rung, rung.count);
    this.topHead = NONE;
    this.topTail = NONE;
    this.topCount = 0;
    this.topMin = Infinity;
    this.topMax = -Infinity;
    this.spread(chain, rung);
  }

  private spread(chain: number, rung: Rung): void {
    for (let slot = chain; slot !== NONE;) {
      const after = this.next[slot]!;
      this.append(rung, bucketOf(rung, this.fields[(slot << 2) + TIME]!), slot);
      slot = after;
    }
  }

  /** Many came too late for the run: time moves slowly in a wide bucket. A rung within it takes them, where it can. */
  private spreadNear(): void {
    if (this.depth === RUNGS_AT_MOST) return;
    const start = this.fields[(this.nearest() << 2) + TIME]!;
    const outer = this.rungs[this.depth - 1];
    const end = outer && this.depth > 0 ? bucketStart(outer, outer.current + 1) : this.topStart;
    if (end - start <= 1) return;
    this.sweepNear();
    const rung = this.open(start, end - start, this.nearCount);
    for (let at = this.runAt; at < this.runEnd; at++) this.addTo(rung, this.run[at]!);
    for (let at = 0; at < this.late.size; at++) this.addTo(rung, this.late.slots[at]!);
    this.runEnd = this.runAt;
    this.late.size = 0;
  }

  private addTo(rung: Rung, slot: number): void {
    this.append(rung, bucketOf(rung, this.fields[(slot << 2) + TIME]!), slot);
  }

  private open(startMicros: number, spanMicros: number, events: number): Rung {
    const wanted = events <= BUCKETS_AT_MOST ? events : Math.max(BUCKETS_AT_MOST, events >> 3);
    const rung = openRung(this.rungs[this.depth], startMicros, spanMicros, wanted);
    this.rungs[this.depth++] = rung;
    return rung;
  }
}
