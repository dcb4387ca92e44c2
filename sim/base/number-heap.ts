/**
 * A binary min-heap of (key, payload) pairs of numbers. Guarantees the order (key, payload), whatever the order of
 * insertion: nothing is left to tie-break.
 */
export class NumberHeap {
  private readonly keys: number[] = [];
  private readonly payloads: number[] = [];

  get size(): number {
    return this.keys.length;
  }

  /** Key and payload of the least pair; undefined when empty. */
  peekKey(): number | undefined {
    return this.keys[0];
  }
  peekPayload(): number | undefined {
    return this.payloads[0];
  }

  push(key: number, payload: number): void {
    const { keys, payloads } = this;
    let at = keys.length;
    keys.push(key);
    payloads.push(payload);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(key, payload, keys[parent]!, payloads[parent]!)) break;
      keys[at] = keys[parent]!;
      payloads[at] = payloads[parent]!;
      at = parent;
    }
    keys[at] = key;
    payloads[at] = payload;
  }

  pop(): void {
    const { keys, payloads } = this;
    const key = keys.pop();
    const payload = payloads.pop();
    const size = keys.length;
    if (key === undefined || payload === undefined || size === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && before(keys[child + 1]!, payloads[child + 1]!, keys[child]!, payloads[child]!)) child++;
      if (!before(keys[child]!, payloads[child]!, key, payload)) break;
      keys[at] = keys[child]!;
      payloads[at] = payloads[child]!;
      at = child;
    }
    keys[at] = key;
    payloads[at] = payload;
  }
}

function before(key: number, payload: number, otherKey: number, otherPayload: number): boolean {
  return key < otherKey || (key === otherKey && payload < otherPayload);
}
