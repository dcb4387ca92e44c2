/** A binary min-heap of event slots, in the order of their records. */
import type { EventRecords } from './event-records.js';

export class SlotHeap {
  /** The first `size` of `slots`, the earliest at 0. */
  slots = new Int32Array(64);
  size = 0;

  constructor(private readonly records: EventRecords) {}

  push(slot: number): void {
    if (this.size === this.slots.length) {
      const larger = new Int32Array(2 * this.size);
      larger.set(this.slots);
      this.slots = larger;
    }
    const { slots, records } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!records.before(slot, slots[parent]!)) break;
      slots[at] = slots[parent]!;
      at = parent;
    }
    slots[at] = slot;
  }

  /** Takes away the earliest. */
  pop(): void {
    const slot = this.slots[--this.size]!;
    if (this.size > 0) this.sink(0, slot);
  }

  /** Makes a heap again of slots in any order. */
  restore(): void {
    for (let at = (this.size >> 1) - 1; at >= 0; at--) this.sink(at, this.slots[at]!);
  }

  private sink(from: number, slot: number): void {
    const { slots, records, size } = this;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && records.before(slots[child + 1]!, slots[child]!)) child++;
      if (!records.before(slots[child]!, slot)) break;
      slots[at] = slots[child]!;
      at = child;
    }
    slots[at] = slot;
  }
}
