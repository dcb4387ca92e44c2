/**
 * What is known of pending events, by slot. Guarantees that a handle names one event for good: a slot that is taken again
 * has another generation. The arrays double when slots run out and are never given back, so that nothing is allocated in
 * the steady state. An event's four doubles stand side by side: with many pending, one cache miss rather than four.
 */
import { assert } from '../base/assert.js';

export const NONE = -1;
/** Kind of a slot whose event has run or been cancelled. */
export const DEAD = -1;

/** Places among an event's doubles: `fields[(slot << 2) + TIME]`. */
export const TIME = 0;
/** Phase and sequence in one: see event-order.ts. */
export const ORDER = 1;
export const A = 2;
export const B = 3;

const SLOTS = 0x400_0000; // 2^26
/** A handle is generation * 2^26 + slot: an exact integer. */
const GENERATIONS = 0x400_0000;

export class EventRecords {
  fields = new Float64Array(4 * 1024);
  kind = new Int32Array(1024);
  /** Neighbours in the chain that the event stands in; `next` also chains the free slots. */
  next = new Int32Array(1024);
  previous = new Int32Array(1024);
  private generation = new Int32Array(1024);
  private taken = 0;
  private firstFree = NONE;

  /** Slots in use or used before. */
  get slots(): number {
    return this.taken;
  }

  take(): number {
    const slot = this.firstFree;
    if (slot !== NONE) {
      this.firstFree = this.next[slot]!;
      return slot;
    }
    if (this.taken === this.kind.length) this.grow();
    return this.taken++;
  }

  release(slot: number): void {
    this.kind[slot] = DEAD;
    this.generation[slot] = (this.generation[slot]! + 1) & (GENERATIONS - 1);
    this.next[slot] = this.firstFree;
    this.firstFree = slot;
  }

  handleOf(slot: number): number {
    return this.generation[slot]! * SLOTS + slot;
  }

  /** The slot of a pending event; NONE where the handle's event has run or been cancelled. */
  slotOf(handle: number): number {
    const generation = Math.floor(handle / SLOTS);
    const slot = handle - generation * SLOTS;
    if (!(slot < this.taken) || this.generation[slot] !== generation || this.kind[slot] === DEAD) return NONE;
    return slot;
  }

  /** The order in which events run. */
  before(one: number, other: number): boolean {
    const difference = this.fields[(one << 2) + TIME]! - this.fields[(other << 2) + TIME]!;
    return (
      difference < 0 || (difference === 0 && this.fields[(one << 2) + ORDER]! < this.fields[(other << 2) + ORDER]!)
    );
  }

  private grow(): void {
    const slots = 2 * this.kind.length;
    assert(slots <= SLOTS, () => `more than ${SLOTS} pending events`);
    this.fields = copied(new Float64Array(4 * slots), this.fields);
    this.kind = copied(new Int32Array(slots), this.kind);
    this.next = copied(new Int32Array(slots), this.next);
    this.previous = copied(new Int32Array(slots), this.previous);
    this.generation = copied(new Int32Array(slots), this.generation);
  }
}

function copied<T extends Float64Array | Int32Array>(to: T, from: T): T {
  to.set(from);
  return to;
}
