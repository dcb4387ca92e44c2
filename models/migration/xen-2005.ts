/**
 * Pre-copy by the rules of the first Xen, which adapt their rate.
 *
 *   b_1 = b_min;  b_(i+1) = max(b_min, D_i + 50 Mbit/s);  stop the guest when b_(i+1) > b_max, or less than 256 KB are left, or after 29 rounds,
 *   or when three times the memory is sent; the last round goes at b_max. A page written since its round began is left for the next.
 *
 *   D_i  what was dirtied in round i, per second      b_min, b_max  100 and 500 Mbit/s in the evaluation
 *
 * Source: Clark et al., NSDI 2005, section 5.3; 29 rounds and three times the memory after re-implementations, from memory.
 * Valid range: pages of 4 KiB. Ignored: set-up, rogue processes that are stunned, freed pages.
 */
import { assert } from '../../sim/base/assert.js';
import { XEN_PAGE_BYTES, XEN_RESUME_SECONDS } from './xen.js';
import type { PageClasses } from './pre-copy/page-classes.js';
import type { PageCounts } from './pre-copy/memory.js';
import type { Progress, RoundRecord, Step } from './pre-copy/rules.js';

export interface Xen2005Settings {
  readonly minBytesPerSecond: number;
  readonly maxBytesPerSecond: number;
}

export const XEN_2005_SETTINGS: Xen2005Settings = { minBytesPerSecond: 100e6 / 8, maxBytesPerSecond: 500e6 / 8 };

const STEP_BYTES_PER_SECOND = 50e6 / 8;
const LEFT_BYTES = 256 * 1024;
const PAGE_BYTES = 4096;
const ROUNDS_AT_MOST = 29;
const MEMORY_TIMES_AT_MOST = 3;

export class Xen2005PreCopy implements Progress {
  readonly rounds: RoundRecord[] = [];
  readonly speedRatio = 1;
  private phase: 'new' | 'round' | 'last' | 'resume' | 'ended' = 'new';
  private limit: number;
  private pages: PageCounts = { full: 0, zero: 0 };

  constructor(
    private readonly memory: PageClasses,
    private readonly settings: Xen2005Settings,
  ) {
    this.limit = settings.minBytesPerSecond;
  }

  next(seconds: number, bytesPerSecond: number): Step {
    const { memory, settings } = this;
    if (this.phase === 'resume') {
      this.phase = 'ended';
      return { kind: 'end', outcome: 'converged' };
    }
    if (this.phase === 'last') {
      this.record(seconds);
      this.phase = 'resume';
      return { kind: 'wait', seconds: XEN_RESUME_SECONDS, guest: 'nowhere' };
    }
    if (this.phase === 'round') {
      memory.run(seconds, 1);
      const written = memory.writtenPages();
      memory.sync();
      this.record(seconds);
      const rate = seconds > 0 ? (written * PAGE_BYTES) / seconds : Infinity;
      this.limit = Math.max(settings.minBytesPerSecond, rate + STEP_BYTES_PER_SECOND);
      const sent = this.rounds.reduce((sum, { bytes }) => sum + bytes, 0);
      const enough =
        this.limit > settings.maxBytesPerSecond ||
        memory.pendingPages * PAGE_BYTES < LEFT_BYTES ||
        this.rounds.length >= ROUNDS_AT_MOST ||
        sent > MEMORY_TIMES_AT_MOST * memory.pages * PAGE_BYTES;
      if (enough) this.phase = 'last';
    } else this.phase = 'round';
    return this.phase === 'last' ? this.last() : this.round(Math.min(this.limit, bytesPerSecond));
  }

  private round(bytesPerSecond: number): Step {
    assert(bytesPerSecond > 0, () => `a round at ${bytesPerSecond} bytes per second`);
    const { memory } = this;
    const pending = memory.pendingPages;
    // What is left for the next round makes this one shorter, and so is less: a few turns settle it.
    let sent = pending;
    for (let turn = 0; turn < 8; turn++)
      sent = pending - memory.writtenByTheirTurn((sent * XEN_PAGE_BYTES) / bytesPerSecond);
    const counts = memory.send(Infinity, { full: 1, zero: 1 });
    const part = pending > 0 ? sent / pending : 0;
    this.pages = { full: counts.full * part, zero: counts.zero * part };
    return { kind: 'send', bytes: this.bytes, capBytesPerSecond: this.limit, guest: 'source' };
  }

  private last(): Step {
    this.pages = this.memory.send(Infinity, { full: 1, zero: 1 });
    return { kind: 'send', bytes: this.bytes, capBytesPerSecond: this.settings.maxBytesPerSecond, guest: 'nowhere' };
  }

  private get bytes(): number {
    return (this.pages.full + this.pages.zero) * XEN_PAGE_BYTES;
  }

  private record(seconds: number): void {
    const { bytes, pages, memory } = this;
    this.rounds.push({ seconds, bytes, pages, pendingPages: memory.pendingPages, speedRatio: 1 });
  }
}
