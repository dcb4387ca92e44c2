/**
 * Memory as a pre-copy migration sees it: which pages are still to be sent (the bitmap), and which the guest has written since
 * the bitmap was last synchronised. Pages go in the order of their addresses.
 */

/** Pages with content, and pages that are all zeros. */
export interface PageCounts {
  readonly full: number;
  readonly zero: number;
}

export interface MigratedMemory {
  readonly pages: number;
  /** To be sent, as of the last synchronisation. */
  readonly pendingPages: number;
  /** What goes next, in order, until no more than so many are pending. */
  until(pendingPages: number): PageCounts;
  /** Sends in order what the budget pays for, a page at a cost; in any unit. Stops where nothing is pending. */
  send(budget: number, costOf: PageCounts): PageCounts;
  /** The guest runs, at a speed (1: not throttled), and writes. */
  run(seconds: number, speedRatio: number): void;
  /** What has been written since the last time is to be sent. How many pages that is which were not pending. */
  sync(): number;
}
