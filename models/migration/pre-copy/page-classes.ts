/**
 * Memory by classes of pages, in closed form: how many of each are pending, not which.
 *
 *   at a synchronisation t seconds after the last:   p_k' = p_k + U_k(t) (1 - p_k / S_k)
 *
 *   p_k  pending pages of class k      S_k, U_k  as in dirty-pages.ts
 *
 * Where pages of all classes lie is taken to have nothing to do with what is sent first: what is sent comes from all in
 * proportion, what is written is pending already in proportion.
 * Source: expectation under that assumption. Valid range: as dirty-pages.ts. Ignored: addresses; page-bitmap.ts has them.
 */
import { meanUniqueDirtyPages, uniqueDirtyPages, type PageClass } from '../dirty-pages.js';
import type { MigratedMemory, PageCounts } from './memory.js';

interface Pending {
  readonly of: PageClass;
  pending: number;
  /** Since the last synchronisation, in seconds at full speed for each speed that there was. */
  readonly ran: Map<number, number>;
}

export class PageClasses implements MigratedMemory {
  private readonly classes: Pending[];
  /** Never written again. */
  private full: number;
  private zero: number;

  /** `zeroPages` of the others; whatever is in no class is written by nobody. */
  constructor(
    readonly pages: number,
    zeroPages: number,
    classes: readonly PageClass[],
  ) {
    this.classes = classes.map((of) => ({ of, pending: of.pages, ran: new Map() }));
    this.zero = zeroPages;
    this.full = Math.max(0, pages - zeroPages - classes.reduce((sum, of) => sum + of.pages, 0));
  }

  get pendingPages(): number {
    return this.pendingFull + this.zero;
  }

  until(pendingPages: number): PageCounts {
    const all = this.pendingPages;
    if (all <= pendingPages) return { full: 0, zero: 0 };
    const part = 1 - pendingPages / all;
    return { full: this.pendingFull * part, zero: this.zero * part };
  }

  send(budget: number, costOf: PageCounts): PageCounts {
    const { pendingFull, zero } = this;
    const cost = pendingFull * costOf.full + zero * costOf.zero;
    const part = cost > budget ? budget / cost : 1;
    for (const one of this.classes) one.pending *= 1 - part;
    this.full *= 1 - part;
    this.zero *= 1 - part;
    return { full: pendingFull * part, zero: zero * part };
  }

  run(seconds: number, speedRatio: number): void {
    for (const { ran } of this.classes) ran.set(speedRatio, (ran.get(speedRatio) ?? 0) + seconds);
  }

  sync(): number {
    let fresh = 0;
    for (const one of this.classes) {
      const { of, pending, ran } = one;
      const { pages } = of;
      // Of what one speed has written, another writes some again: as if both were independent.
      let clean = 1;
      for (const [speed, seconds] of ran) clean *= pages > 0 ? 1 - uniqueDirtyPages(of, seconds, speed) / pages : 1;
      ran.clear();
      const more = (pages - pending) * (1 - clean);
      one.pending += more;
      fresh += more;
    }
    return fresh;
  }

  /** Different pages written since the last synchronisation, pending before or not. */
  writtenPages(): number {
    let sum = 0;
    for (const { of, ran } of this.classes)
      for (const [speed, seconds] of ran) sum += uniqueDirtyPages(of, seconds, speed);
    return sum;
  }

  /** Of what is pending, what the guest has written again by its turn, if all of it takes so long. */
  writtenByTheirTurn(seconds: number): number {
    return this.classes.reduce(
      (sum, { of, pending }) => (of.pages > 0 ? sum + (pending / of.pages) * meanUniqueDirtyPages(of, seconds) : sum),
      0,
    );
  }

  private get pendingFull(): number {
    return this.classes.reduce((sum, { pending }) => sum + pending, this.full);
  }
}
