/**
 * What a hypervisor's rules make of a migration of memory, step by step. A rule set says what to do next; whoever moves the
 * bytes (a prediction at a constant rate, the simulated network, page by page or in closed form) does it and says how long
 * it took. Rules know no clock and no network.
 */
import type { PageCounts } from './memory.js';

/** Where the guest runs while a step lasts. */
export type Guest = 'source' | 'nowhere' | 'destination';

export type Step =
  /** Time that passes whatever the network does: set-up, switch-over. */
  | { readonly kind: 'wait'; readonly seconds: number; readonly guest: Guest }
  /** Bytes on the wire, no faster than a cap; 0 bytes may be. */
  | { readonly kind: 'send'; readonly bytes: number; readonly capBytesPerSecond: number; readonly guest: Guest }
  | { readonly kind: 'end'; readonly outcome: Outcome };

/** Why it ended so. */
export type Outcome = 'converged' | 'paused' | 'post-copy' | 'aborted';

/** Of one pass over what was pending: pages of memory, granules of a disk. */
export interface RoundRecord {
  readonly seconds: number;
  readonly bytes: number;
  readonly pages: PageCounts;
  /** Pages pending at its end, when the bitmap was synchronised. */
  readonly pendingPages: number;
  /** Guest's speed in it; 1: not throttled. */
  readonly speedRatio: number;
}

/** A migration under way. */
export interface Progress {
  /** Passes so far, the last one with the guest stopped among them. */
  readonly rounds: readonly RoundRecord[];
  /** Of a disk that comes along, its passes in granules; absent: there is none. */
  readonly diskPasses?: readonly RoundRecord[];
  /** The next step's bytes go from disk to disk; absent: from memory to memory. */
  readonly sendsDisk?: boolean;
  /** The guest's speed now. */
  readonly speedRatio: number;
  /**
   * What to do now that the step before took `seconds` (0 at first). `bytesPerSecond`: what the network gives a step
   * without a cap; it may be another at the next step.
   */
  next(seconds: number, bytesPerSecond: number): Step;
}

/** What becomes of a migration that does not converge. `never`: it goes on. */
export interface Ending {
  readonly rule: 'never' | 'abort' | 'pause' | 'post-copy' | 'throttle';
  /** Since its beginning. With throttle: from when the guest may be throttled. */
  readonly afterSeconds: number;
}
