/**
 * The MAC table of a switch: where each address was last heard. Guarantees no more entries than its capacity (the one heard
 * of longest ago makes room), and none that is older than the ageing time.
 */
import { assert } from '../../base/assert.js';

interface Entry {
  port: number;
  heardMicros: number;
}

export class MacTable {
  /** In the order in which they were heard. */
  private readonly entries = new Map<number, Entry>();

  constructor(
    private readonly capacity: number,
    private readonly ageingMicros: number,
  ) {
    assert(capacity > 0 && ageingMicros > 0, () => `a MAC table of ${capacity} entries, ${ageingMicros} us`);
  }

  /** A frame of this address came in by that port. */
  learn(address: number, port: number, nowMicros: number): void {
    const { entries } = this;
    const entry = entries.get(address) ?? { port, heardMicros: nowMicros };
    entry.port = port;
    entry.heardMicros = nowMicros;
    entries.delete(address);
    entries.set(address, entry);
    if (entries.size <= this.capacity) return;
    for (const oldest of entries.keys()) {
      entries.delete(oldest);
      return;
    }
  }

  /** The port; null: unknown, or heard too long ago. */
  portOf(address: number, nowMicros: number): number | null {
    const entry = this.entries.get(address);
    return entry === undefined || nowMicros - entry.heardMicros > this.ageingMicros ? null : entry.port;
  }

  get size(): number {
    return this.entries.size;
  }
}
