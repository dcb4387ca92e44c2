/** A binary min-heap of event slots by (time, order): for the few that come too late for the sorted run. */
export interface SlotOrder {
  before(one: number, other: number): boolean;
}

export class SlotHeap {
  private slots = new Int32Array(64);
  size = 0;

  constructor(private readonly queue: SlotOrder) {}

  peek(): number {
    return this.slots[0]!;
  }

  push(slot: number): void {
    if (this.size === this.slots.length) {
      const larger = new Int32Array(2 * this.size);
      larger.set(this.slots);
      this.slots = larger;
    }
    const slots = this.slots;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.queue.before(slot, slots[parent]!)) break;
      slots[at] = slots[parent]!;
      at = parent;
    }
    slots[at] = slot;
  }

  pop(): void {
    const slots = this.slots;
    const size = --this.size;
    if (size <= 0) return;
    const slot = slots[size]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.queue.before(slots[child + 1]!, slots[child]!)) child++;
      if (!this.queue.before(slots[child]!, slot)) break;
      slots[at] = slots[child]!;
      at = child;
    }
    slots[at] = slot;
  }
}
