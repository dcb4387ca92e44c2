/**
 * Pre-copy by the rules of SimGrid's live-migration plugin, for holding ours against its answers.
 *
 *   send V; then while floor(0.03 b / t) < v, v = min(floor(d t), W): send v; then stop the guest, send v, resume at once
 *
 *   V  memory [bytes]      d  what the guest dirties while it runs [bytes/s]      W  its working set [bytes], default floor(0.9 V)
 *   b, t  bytes and seconds of the transfer before
 *
 * Source: SimGrid 3.32, src/plugins/vm/VmLiveMigration.cpp. Valid range: d below the bandwidth (else it stops after 10^7 s).
 * Ignored: rounds at most, convergence, throttling, compression, pages, set-up, switch-over: as there.
 */
import type { Progress, RoundRecord, Step } from './pre-copy/rules.js';

export interface SimGridVm {
  readonly memoryBytes: number;
  readonly dirtyBytesPerSecond: number;
  readonly workingSetBytes: number;
  readonly capBytesPerSecond: number;
}

const MAX_DOWNTIME_SECONDS = 0.03;
const BUDGET_SECONDS = 1e7;
const NO_PAGES = { full: 0, zero: 0 };

export class SimGridPreCopy implements Progress {
  readonly rounds: RoundRecord[] = [];
  readonly speedRatio = 1;
  private phase: 'new' | 'copying' | 'stopped' | 'ended' = 'new';
  private bytes = 0;
  /** Of the budget that rounds spend from. */
  private spentSeconds = 0;

  constructor(private readonly vm: SimGridVm) {}

  next(seconds: number): Step {
    const { memoryBytes, dirtyBytesPerSecond, workingSetBytes } = this.vm;
    if (this.phase === 'new') {
      this.phase = 'copying';
      return this.send(memoryBytes);
    }
    this.rounds.push({ seconds, bytes: this.bytes, pages: NO_PAGES, pendingPages: 0, speedRatio: 1 });
    if (this.phase === 'stopped') {
      this.phase = 'ended';
      return { kind: 'end', outcome: 'converged' };
    }
    const threshold = seconds > 0 ? Math.floor((this.bytes / seconds) * MAX_DOWNTIME_SECONDS) : Infinity;
    const dirty = Math.min(Math.floor(seconds * dirtyBytesPerSecond), workingSetBytes);
    this.spentSeconds += seconds;
    if (threshold >= dirty || this.spentSeconds >= BUDGET_SECONDS) this.phase = 'stopped';
    return this.send(dirty);
  }

  private send(bytes: number): Step {
    this.bytes = bytes;
    const { capBytesPerSecond } = this.vm;
    return { kind: 'send', bytes, capBytesPerSecond, guest: this.phase === 'stopped' ? 'nowhere' : 'source' };
  }
}
