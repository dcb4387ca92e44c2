/**
 * A binary min-heap of small whole numbers (ids) by a key each. Guarantees that an id stands in it once, that its key can be
 * changed and it be taken out in O(log n), and that nothing is allocated once it has grown.
 */
export class IndexedHeap {
  private ids = new Int32Array(16);
  /** By id. */
  private keys = new Float64Array(16);
  /** Place in `ids`, by id; -1: not in the heap. */
  private places = new Int32Array(16).fill(-1);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Infinity where it is empty. */
  get leastKey(): number {
    return this.count === 0 ? Infinity : this.keys[this.ids[0]!]!;
  }

  /** Of the least key; only where it is not empty. */
  get least(): number {
    return this.ids[0]!;
  }

  has(id: number): boolean {
    return id < this.places.length && this.places[id]! >= 0;
  }

  keyOf(id: number): number {
    return this.has(id) ? this.keys[id]! : Infinity;
  }

  clear(): void {
    for (let at = 0; at < this.count; at++) this.places[this.ids[at]!] = -1;
    this.count = 0;
  }

  /** Puts it in, or changes its key. */
  set(id: number, key: number): void {
    if (id >= this.places.length) this.grow(id);
    const place = this.places[id]!;
    if (place < 0) {
      this.keys[id] = key;
      this.rise(this.count++, id);
      return;
    }
    const before = this.keys[id]!;
    this.keys[id] = key;
    if (key < before) this.rise(place, id);
    else if (key > before) this.sink(place, id);
  }

  /** As `set`, without the order: `order` must follow before anything is asked. */
  setUnordered(id: number, key: number): void {
    if (id >= this.places.length) this.grow(id);
    this.keys[id] = key;
    if (this.places[id]! >= 0) return;
    this.places[id] = this.count;
    this.ids[this.count++] = id;
  }

  order(): void {
    for (let at = (this.count >> 1) - 1; at >= 0; at--) this.sink(at, this.ids[at]!);
  }

  remove(id: number): void {
    if (!this.has(id)) return;
    const place = this.places[id]!;
    this.places[id] = -1;
    const last = this.ids[--this.count]!;
    if (last === id) return;
    if (place > 0 && this.keys[last]! < this.keys[this.ids[(place - 1) >> 1]!]!) this.rise(place, last);
    else this.sink(place, last);
  }

  private rise(from: number, id: number): void {
    const { ids, keys, places } = this;
    const key = keys[id]!;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = ids[parent]!;
      if (keys[other]! <= key) break;
      ids[at] = other;
      places[other] = at;
      at = parent;
    }
    ids[at] = id;
    places[id] = at;
  }

  private sink(from: number, id: number): void {
    const { ids, keys, places, count } = this;
    const key = keys[id]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      if (child + 1 < count && keys[ids[child + 1]!]! < keys[ids[child]!]!) child++;
      const other = ids[child]!;
      if (keys[other]! >= key) break;
      ids[at] = other;
      places[other] = at;
      at = child;
    }
    ids[at] = id;
    places[id] = at;
  }

  private grow(id: number): void {
    const size = Math.max(id + 1, 2 * this.places.length);
    const places = new Int32Array(size).fill(-1);
    places.set(this.places);
    const keys = new Float64Array(size);
    keys.set(this.keys);
    const ids = new Int32Array(size);
    ids.set(this.ids);
    Object.assign(this, { places, keys, ids });
  }
}
