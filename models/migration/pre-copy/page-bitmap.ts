/**
 * Memory page by page: a bitmap of what is pending, a log of what is written, and the addresses of both. Tells what the closed form
 * cannot: how far a writer that goes through its pages in order and a sender that does the same get in each other's way.
 *
 * Each class is one stretch of addresses, all of them in the middle of memory; other pages with content and pages of zeros
 * take turns around them. A cyclic class is written in order, a random one where `draw` (uniform in [0, 1)) says.
 * Source: QEMU's dirty bitmap (migration/ram.c, 8.2.7). Valid range: pages as whole numbers; a step a page and a write.
 * Ignored: where a guest's pages really lie.
 */
import { writesPerSecond, type PageClass } from '../dirty-pages.js';
import type { MigratedMemory, PageCounts } from './memory.js';

interface Stretch {
  readonly of: PageClass;
  readonly first: number;
  readonly pages: number;
  /** Next page of a cyclic writer, and the part of a write that is still owed. */
  next: number;
  owed: number;
}

export class PageBitmap implements MigratedMemory {
  readonly pages: number;
  private readonly stretches: Stretch[] = [];
  private readonly isZero: Uint8Array;
  private readonly pending: Uint8Array;
  private readonly written: Uint8Array;
  private count: number;
  /** Where the sender is. */
  private cursor = 0;

  constructor(
    pages: number,
    zeroPages: number,
    classes: readonly PageClass[],
    private readonly draw: () => number,
  ) {
    this.pages = this.count = Math.round(pages);
    this.pending = new Uint8Array(this.pages).fill(1);
    this.written = new Uint8Array(this.pages);
    this.isZero = new Uint8Array(this.pages);
    const inClasses = classes.reduce((sum, of) => sum + Math.round(of.pages), 0);
    const others = Math.max(0, this.pages - inClasses);
    let first = Math.floor(others / 2);
    const last = first + inClasses;
    for (const of of classes) {
      this.stretches.push({ of, first, pages: Math.round(of.pages), next: 0, owed: 0 });
      first += Math.round(of.pages);
    }
    const share = others > 0 ? Math.min(1, zeroPages / others) : 0;
    let sum = 0;
    for (let page = 0; page < this.pages; page++) {
      if (page >= last - inClasses && page < last) continue;
      sum += share;
      if (sum < 1) continue;
      this.isZero[page] = 1;
      sum -= 1;
    }
  }

  get pendingPages(): number {
    return this.count;
  }

  until(pendingPages: number): PageCounts {
    let left = this.count - Math.max(0, Math.ceil(pendingPages));
    const counts = { full: 0, zero: 0 };
    for (let step = 0, page = this.cursor; left > 0 && step < this.pages; step++, page = this.after(page)) {
      if (this.pending[page] === 0) continue;
      counts[this.isZero[page] === 1 ? 'zero' : 'full']++;
      left--;
    }
    return counts;
  }

  send(budget: number, costOf: PageCounts): PageCounts {
    const counts = { full: 0, zero: 0 };
    let left = budget;
    for (; this.count > 0; this.cursor = this.after(this.cursor)) {
      const page = this.cursor;
      if (this.pending[page] === 0) continue;
      const kind = this.isZero[page] === 1 ? 'zero' : 'full';
      left -= costOf[kind];
      if (left < -costOf[kind] / 2) break;
      counts[kind]++;
      this.pending[page] = 0;
      this.count--;
    }
    return counts;
  }

  run(seconds: number, speedRatio: number): void {
    for (const stretch of this.stretches) {
      const { of, first, pages } = stretch;
      const due = stretch.owed + writesPerSecond(of, speedRatio) * seconds;
      let writes = Math.floor(due);
      stretch.owed = due - writes;
      if (pages === 0) continue;
      if (of.pattern === 'cyclic' && writes >= pages) {
        this.written.fill(1, first, first + pages);
        stretch.next = (stretch.next + writes) % pages;
        continue;
      }
      for (; writes > 0; writes--) {
        const page = of.pattern === 'cyclic' ? stretch.next : Math.floor(this.draw() * pages);
        this.written[first + page] = 1;
        if (of.pattern === 'cyclic') stretch.next = (page + 1) % pages;
      }
    }
  }

  sync(): number {
    const before = this.count;
    for (const { first, pages } of this.stretches)
      for (let page = first; page < first + pages; page++) {
        if (this.written[page] === 0) continue;
        this.written[page] = 0;
        if (this.pending[page] === 1) continue;
        this.pending[page] = 1;
        this.isZero[page] = 0;
        this.count++;
      }
    return this.count - before;
  }

  private after(page: number): number {
    return page + 1 === this.pages ? 0 : page + 1;
  }
}
