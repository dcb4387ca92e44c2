import { describe, expect, test } from 'vitest';
import { meanUniqueDirtyPages, uniqueDirtyPages, type PageClass } from '../../../models/migration/dirty-pages.js';
import { PageBitmap } from '../../../models/migration/pre-copy/page-bitmap.js';
import { PageClasses } from '../../../models/migration/pre-copy/page-classes.js';
import { Streams } from '../../../sim/engine/streams.js';

const of = (pages: number, writesPerSecond: number, pattern: PageClass['pattern'] = 'random'): PageClass => ({
  ...{ pages, writesPerSecond, pattern, mostWritesPerSecond: Infinity },
});
const ALL = { full: 1, zero: 1 };

describe('unique dirty pages', () => {
  test('few writes are as many pages, many are all pages, in between 1 - 1/e after one write a page', () => {
    expect(uniqueDirtyPages(of(1e6, 10), 1)).toBeCloseTo(10, 3);
    expect(uniqueDirtyPages(of(1000, 1e6), 1)).toBeCloseTo(1000, 9);
    expect(uniqueDirtyPages(of(1000, 1000), 1)).toBeCloseTo(1000 * (1 - 1 / Math.E), 9);
    expect(uniqueDirtyPages(of(1000, 300, 'cyclic'), 2)).toBe(600);
    expect(uniqueDirtyPages(of(1000, 300, 'cyclic'), 4)).toBe(1000);
  });

  test('a throttled guest writes no more than its processors let it, a paced one as before', () => {
    const paced: PageClass = { ...of(1e6, 100, 'cyclic'), mostWritesPerSecond: 10_000 };
    expect(uniqueDirtyPages(paced, 1, 0.1)).toBe(100);
    expect(uniqueDirtyPages(paced, 1, 0.001)).toBe(10);
  });

  test.each(['random', 'cyclic'] as const)('the mean over an interval is that of many looks (%s)', (pattern) => {
    const one = of(500, 400, pattern);
    const looks = 100_000;
    for (const seconds of [0.1, 1, 3, 20]) {
      let sum = 0;
      for (let at = 0; at < looks; at++) sum += uniqueDirtyPages(one, ((at + 0.5) / looks) * seconds);
      expect(meanUniqueDirtyPages(one, seconds)).toBeCloseTo(sum / looks, 4);
    }
  });
});

describe('memory that is migrated', () => {
  const bitmap = (classes: PageClass[], pages = 10_000, zero = 3000): PageBitmap => {
    const draws = new Streams(7).stream('pages');
    return new PageBitmap(pages, zero, classes, () => draws.next());
  };

  test('begins with every page, zeros among them, and has nothing when all is sent', () => {
    for (const memory of [bitmap([of(2000, 5)]), new PageClasses(10_000, 3000, [of(2000, 5)])]) {
      expect(memory.pendingPages).toBe(10_000);
      const { full, zero } = memory.until(0);
      expect([full, zero].map(Math.round)).toEqual([7000, 3000]);
      expect(memory.send(Infinity, ALL)).toEqual({ full, zero });
      expect(memory.pendingPages).toBe(0);
      expect(memory.sync()).toBe(0);
    }
  });

  test('closed form and bitmap agree on random writers over rounds in which a part is sent', () => {
    const classes = [of(500, 2000), of(3000, 900)];
    const pages = bitmap(classes);
    const formula = new PageClasses(10_000, 3000, classes);
    for (const seconds of [1, 0.5, 2, 0.2]) {
      for (const memory of [pages, formula]) {
        memory.send(memory.pendingPages * 0.9, ALL);
        memory.run(seconds, 1);
        memory.sync();
      }
      // The bitmap's last tenth lies at the end of memory, the formula's everywhere: that is the difference.
      expect(Math.abs(pages.pendingPages - formula.pendingPages)).toBeLessThan(0.08 * formula.pendingPages);
    }
  });

  test('page by page: sent in order, stopped by the budget, pending again only where written', () => {
    const memory = bitmap([of(100, 10, 'cyclic')], 1000, 0);
    expect(memory.send(250, ALL)).toEqual({ full: 250, zero: 0 });
    expect(memory.until(700)).toEqual({ full: 50, zero: 0 });
    memory.send(Infinity, ALL);
    memory.run(3, 1);
    expect(memory.sync()).toBe(30);
    memory.run(2.05, 1);
    memory.run(0.05, 1);
    // 21 more, all of them clean before.
    expect(memory.sync()).toBe(21);
    expect(memory.pendingPages).toBe(51);
  });
});
