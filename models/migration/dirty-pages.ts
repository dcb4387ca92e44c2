/**
 * Unique dirty pages: of how many different pages a guest has written in an interval.
 *
 *   U(t) = sum_k u_k(t)      random: u_k = S_k (1 - exp(-r_k t / S_k))      cyclic: u_k = min(r_k t, S_k)
 *
 *   S_k  pages of class k      r_k  page writes to them [1/s]      t  seconds that the guest ran
 *
 * A guest has two classes or more: few hot pages written again and again, and many that are rarely touched. What is written
 * in an interval never exceeds the sum of S_k, the writable working set.
 *
 * Source: occupancy of S cells by Poisson touches (classical); two classes and the working set after Clark et al., NSDI 2005, section 4;
 * cyclic writers as stress with kept memory.
 * Valid range: S_k >= 0, r_k >= 0, t >= 0; touches of a class are independent (random), or in order of addresses (cyclic).
 * Ignored: phases of a guest, writes that come in bursts, pages that change class.
 */
export interface PageClass {
  readonly pages: number;
  /** Page writes a second, as the guest wants them. */
  readonly writesPerSecond: number;
  readonly pattern: 'random' | 'cyclic';
  /** What its processors could write at most: a throttled guest writes no more than its part of that. Infinity: paced by other things. */
  readonly mostWritesPerSecond: number;
}

/** Different pages of the class that are written while the guest runs for so long at a speed (1: unthrottled). */
export function uniqueDirtyPages(of: PageClass, seconds: number, speedRatio = 1): number {
  const { pages } = of;
  const writes = writesPerSecond(of, speedRatio) * seconds;
  if (pages === 0 || writes === 0) return 0;
  return of.pattern === 'cyclic' ? Math.min(writes, pages) : pages * -Math.expm1(-writes / pages);
}

/** The mean of U over an interval from its beginning: of pages whose turn comes evenly in it. */
export function meanUniqueDirtyPages(of: PageClass, seconds: number, speedRatio = 1): number {
  const { pages } = of;
  const writes = writesPerSecond(of, speedRatio) * seconds;
  if (pages === 0 || writes === 0) return 0;
  if (of.pattern === 'cyclic') return writes <= pages ? writes / 2 : pages - (pages * pages) / (2 * writes);
  const touches = writes / pages;
  // 1 - (1 - exp(-x)) / x loses its digits where x is small; there it is x / 2.
  return touches < 1e-6 ? writes / 2 : pages * (1 + Math.expm1(-touches) / touches);
}

export function writesPerSecond(of: PageClass, speedRatio: number): number {
  return Math.min(of.writesPerSecond, of.mostWritesPerSecond * speedRatio);
}
