/**
 * Records by number, where numbers are given in ascending order and never twice: what a Map does, without hashing. Goes
 * through them in order of their numbers. Room for numbers that are all gone is given back, a chunk at a time.
 */
import { assert } from './assert.js';

const BITS = 8;
const CHUNK = 1 << BITS;

interface Chunk<T> {
  readonly slots: (T | undefined)[];
  used: number;
}

export class IdTable<T extends object> {
  size = 0;
  private readonly chunks: (Chunk<T> | undefined)[] = [];

  get(id: number): T | undefined {
    return this.chunks[id >>> BITS]?.slots[id & (CHUNK - 1)];
  }

  has(id: number): boolean {
    return this.get(id) !== undefined;
  }

  /** `id`: a whole number from 0 to 2^32 - 1. */
  set(id: number, value: T): void {
    assert(id >>> 0 === id, () => `${id} is no number of a record`);
    const at = id >>> BITS;
    while (this.chunks.length <= at) this.chunks.push(undefined);
    const chunk = (this.chunks[at] ??= { slots: new Array<T | undefined>(CHUNK).fill(undefined), used: 0 });
    if (chunk.slots[id & (CHUNK - 1)] === undefined) {
      chunk.used++;
      this.size++;
    }
    chunk.slots[id & (CHUNK - 1)] = value;
  }

  delete(id: number): boolean {
    if (!this.has(id)) return false;
    const chunk = this.chunks[id >>> BITS]!;
    chunk.slots[id & (CHUNK - 1)] = undefined;
    this.size--;
    if (--chunk.used === 0) this.chunks[id >>> BITS] = undefined;
    return true;
  }

  *values(): Generator<T, void> {
    for (const chunk of this.chunks) if (chunk) for (const value of chunk.slots) if (value !== undefined) yield value;
  }
}
