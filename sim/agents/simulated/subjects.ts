/**
 * What the agents remember of the things they were commanded about: per thing the newest command and its outcome, nothing
 * older, in typed arrays. Things are numbered from 0, densely.
 */
import { assert } from '../../base/assert.js';

export class Subjects {
  /** Number of the newest command obeyed; -1: none. */
  newest = new Float64Array(0);
  /** The slot of that command while it is in progress; -1: it has ended. */
  executing = new Int32Array(0);
  /** Code of that command's outcome once it has ended. */
  outcome = new Uint8Array(0);
  /** How often the thing was created or booted, and shut down: the draws it has had. */
  boots = new Int32Array(0);
  shutdowns = new Int32Array(0);

  /** Makes room for thing number `at`, and gives it back. */
  reach(at: number): number {
    if (at < this.newest.length) return at;
    assert(Number.isInteger(at) && at >= 0 && at < 0x4000_0000, () => `no number of a thing: ${at}`);
    const before = this.newest.length;
    const size = Math.max(64, at + 1, before * 2);
    this.newest = grown(this.newest, new Float64Array(size));
    this.executing = grown(this.executing, new Int32Array(size));
    this.outcome = grown(this.outcome, new Uint8Array(size));
    this.boots = grown(this.boots, new Int32Array(size));
    this.shutdowns = grown(this.shutdowns, new Int32Array(size));
    this.newest.fill(-1, before);
    this.executing.fill(-1, before);
    return at;
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
