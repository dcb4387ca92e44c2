/**
 * The nearest of the pending events: a sorted run, and beside it a heap for those that come too late for the run.
 * Guarantees that `nearest` is the earliest of them. A cancelled one keeps its place until it comes up, or until the
 * cancelled outnumber the others.
 *
 * Records, nearest events and queue are one object in three files: an access through another object would cost a load
 * more each, ten per cent in all.
 */
import { ORDER_CLASSES, orderClass } from './event-order.js';
import { DEAD, EventRecords, NONE, ORDER } from './event-records.js';
import { SlotHeap } from './slot-heap.js';

/** Events up to this many are insertion-sorted. */
export const SORTED_AT_ONCE = 40;
/** A late-comer is inserted into the run at most this far from its end. */
const SHIFT_AT_MOST = 24;
/** Fewer cancelled ones are not worth a sweep. */
const SWEEP_FROM = 1024;

export class NearEvents extends EventRecords {
  /** Slots in order, from `runAt` to `runEnd`. */
  protected run = new Int32Array(1024);
  protected runAt = 0;
  protected runEnd = 0;
  protected readonly late = new SlotHeap(this);
  private deadNear = 0;
  private spareRun = new Int32Array(1024);
  private readonly classEnds = new Int32Array(ORDER_CLASSES);

  /** Cancelled ones included. */
  protected get nearCount(): number {
    return this.runEnd - this.runAt + this.late.size;
  }

  /** The slot of the earliest; NONE where there is none. It stays where it is. */
  protected nearest(): number {
    const { late } = this;
    for (;;) {
      const inRun = this.runAt < this.runEnd;
      if (!inRun && late.size === 0) return NONE;
      const slot =
        inRun && (late.size === 0 || this.before(this.run[this.runAt]!, late.slots[0]!))
          ? this.run[this.runAt]!
          : late.slots[0]!;
      if (this.kind[slot] !== DEAD) return slot;
      this.deadNear--;
      this.dropNearest(slot);
    }
  }

  /** Takes away what `nearest` gave and frees its slot. */
  protected dropNearest(slot: number): void {
    if (this.runAt < this.runEnd && this.run[this.runAt] === slot) this.runAt++;
    else this.late.pop();
    this.release(slot);
  }

  /** False where it comes too late for the run: it belongs among the late. */
  protected insertInRun(slot: number): boolean {
    const { run, runEnd } = this;
    const stop = Math.max(this.runAt, runEnd - SHIFT_AT_MOST);
    let at = runEnd;
    while (at > stop && this.before(slot, run[at - 1]!)) at--;
    const tooFar = at === stop && at > this.runAt && this.before(slot, run[at - 1]!);
    if (tooFar || runEnd === run.length) return false;
    for (let to = runEnd; to > at; to--) run[to] = run[to - 1]!;
    run[at] = slot;
    this.runEnd = runEnd + 1;
    return true;
  }

  protected cancelNear(slot: number): void {
    this.kind[slot] = DEAD;
    if (++this.deadNear >= SWEEP_FROM && 2 * this.deadNear > this.nearCount) this.sweepNear();
  }

  /** Takes in the events of a chain; there are no others here. */
  protected refillNear(chain: number, size: number): void {
    if (this.run.length < 2 * size) this.run = new Int32Array(4 * size);
    const { run, next } = this;
    let end = 0;
    for (let slot = chain; slot !== NONE; slot = next[slot]!) run[end++] = slot;
    this.runAt = 0;
    this.runEnd = end;
    if (end <= SORTED_AT_ONCE) this.insertionSort(end);
    else this.sortMany(end);
  }

  /** Frees the cancelled. */
  protected sweepNear(): void {
    const { run, late } = this;
    this.runEnd = this.keepLive(run, this.runAt, this.runEnd);
    this.runAt = 0;
    late.size = this.keepLive(late.slots, 0, late.size);
    late.restore();
    this.deadNear = 0;
  }

  /** Moves the living among `slots` from..to to its beginning, in their order, and counts them. */
  private keepLive(slots: Int32Array, from: number, to: number): number {
    let kept = 0;
    for (let at = from; at < to; at++) {
      const slot = slots[at]!;
      if (this.kind[slot] === DEAD) this.release(slot);
      else slots[kept++] = slot;
    }
    return kept;
  }

  private insertionSort(end: number): void {
    const { run } = this;
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

  /** Many events of one bucket are mostly of one instant and stand in sequence order, but for their phases. */
  private sortMany(end: number): void {
    if (this.isSorted(end)) return;
    this.sortByPhase(end);
    if (this.isSorted(end)) return;
    this.runEnd = 0;
    for (let at = 0; at < end; at++) this.late.push(this.run[at]!);
  }

  private isSorted(end: number): boolean {
    const { run } = this;
    for (let at = 1; at < end; at++) if (!this.before(run[at - 1]!, run[at]!)) return false;
    return true;
  }

  /** By counting: one stable pass. */
  private sortByPhase(end: number): void {
    const { run, fields, classEnds } = this;
    classEnds.fill(0);
    for (let at = 0; at < end; at++) classEnds[orderClass(fields[(run[at]! << 2) + ORDER]!)]!++;
    let sum = 0;
    for (let each = 0; each < ORDER_CLASSES; each++) {
      const count = classEnds[each]!;
      classEnds[each] = sum;
      sum += count;
    }
    const sorted = this.spareRun.length < run.length ? new Int32Array(run.length) : this.spareRun;
    for (let at = 0; at < end; at++) {
      const slot = run[at]!;
      sorted[classEnds[orderClass(fields[(slot << 2) + ORDER]!)]!++] = slot;
    }
    this.run = sorted;
    this.spareRun = run;
  }
}
