/**
 * Flows' numbers to the outside: a slot and how often it was used before. Guarantees that a number is never given twice (up
 * to 2^29 uses of a slot), so that an old one is told from a new one; slots are used again.
 */
import { assert } from '../../../sim/base/assert.js';
import { grownInts } from './grown.js';

const SLOTS = 16_777_216;

export class FlowNumbers {
  private generations = new Int32Array(64);
  /** 1 while in use. */
  private used = new Int32Array(64);
  private readonly unused: number[] = [];
  private end = 0;

  take(): number {
    const slot = this.unused.pop() ?? this.end++;
    assert(slot < SLOTS, 'too many flows at once');
    this.generations = grownInts(this.generations, slot + 1);
    this.used = grownInts(this.used, slot + 1);
    this.used[slot] = 1;
    return slot;
  }

  release(slot: number): void {
    this.used[slot] = 0;
    this.generations[slot]!++;
    this.unused.push(slot);
  }

  numberOf(slot: number): number {
    return this.generations[slot]! * SLOTS + slot;
  }

  /** Throws AssertionError for a flow that has ended. */
  slotOf(number: number): number {
    const slot = number % SLOTS;
    assert(this.used[slot] === 1 && this.numberOf(slot) === number, () => `there is no flow ${number} (any more)`);
    return slot;
  }
}
