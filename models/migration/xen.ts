/**
 * Pre-copy by Xen's rules of today.
 *
 *   each round sends what is dirty; stop the guest when fewer than 50 pages are, or after 5 rounds; downtime = left / R + t_s
 *
 *   R  what the network gives [bytes/s]      t_s  resumption, 0.009 seconds      wire bytes: 4104 a page, of zeros or not
 *
 * Source: Xen, tools/libs/guest/xg_sr_save.c (simple_precopy_policy); resumption as measured by Clark et al., NSDI 2005.
 * Valid range: pages of 4 KiB. Ignored: set-up, pages that are not populated, batches' headers beyond 8 bytes a page.
 */
import type { MigratedMemory, PageCounts } from './pre-copy/memory.js';
import type { Progress, RoundRecord, Step } from './pre-copy/rules.js';

const ROUNDS_AT_MOST = 5;
const FEW_PAGES = 50;
export const XEN_PAGE_BYTES = 4104;
export const XEN_RESUME_SECONDS = 0.009;

export class XenPreCopy implements Progress {
  readonly rounds: RoundRecord[] = [];
  readonly speedRatio = 1;
  private phase: 'new' | 'round' | 'last' | 'resume' | 'ended' = 'new';
  private pages: PageCounts = { full: 0, zero: 0 };

  constructor(
    private readonly memory: MigratedMemory,
    private readonly capBytesPerSecond: number,
  ) {}

  next(seconds: number): Step {
    const { memory } = this;
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
      memory.sync();
      this.record(seconds);
      if (memory.pendingPages < FEW_PAGES || this.rounds.length >= ROUNDS_AT_MOST) this.phase = 'last';
    } else this.phase = 'round';
    this.pages = memory.send(Infinity, { full: 1, zero: 1 });
    const guest = this.phase === 'last' ? 'nowhere' : 'source';
    return { kind: 'send', bytes: this.bytes, capBytesPerSecond: this.capBytesPerSecond, guest };
  }

  private get bytes(): number {
    return (this.pages.full + this.pages.zero) * XEN_PAGE_BYTES;
  }

  private record(seconds: number): void {
    const { bytes, pages, memory } = this;
    this.rounds.push({ seconds, bytes, pages, pendingPages: memory.pendingPages, speedRatio: 1 });
  }
}
