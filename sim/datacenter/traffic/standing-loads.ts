/**
 * Loads of links as a sum over sources, kept from one reading to the next: a source that has changed costs the links that
 * it is on, all others nothing. A link that no source is on any more has exactly nothing; else a sum is what adding all up
 * anew gives, within rounding.
 */

/** Takes a load in bits per second on a link. */
export type AddLoad = (link: number, bitsPerSecond: number) => void;

/** Into a number a link. */
export function into(loads: Float64Array): AddLoad {
  return (link, bitsPerSecond) => {
    loads[link]! += bitsPerSecond;
  };
}

interface Sum {
  bitsPerSecond: number;
  sources: number;
}

export class StandingLoads {
  private readonly sums = new Map<number, Sum>();
  private readonly bySource = new Map<number, Map<number, number>>();

  /** What a source puts on links now, in place of what it put there. */
  replace(source: number, addAll: (add: AddLoad) => void): void {
    const loads = new Map<number, number>();
    addAll((link, bitsPerSecond) => {
      if (bitsPerSecond !== 0) loads.set(link, (loads.get(link) ?? 0) + bitsPerSecond);
    });
    const before = this.bySource.get(source);
    if (before !== undefined)
      for (const [link, bitsPerSecond] of before) this.change(link, -bitsPerSecond, loads.has(link) ? 0 : -1);
    for (const [link, bitsPerSecond] of loads) this.change(link, bitsPerSecond, before?.has(link) === true ? 0 : 1);
    if (loads.size === 0) this.bySource.delete(source);
    else this.bySource.set(source, loads);
  }

  /** In bits per second. */
  on(link: number): number {
    return this.sums.get(link)?.bitsPerSecond ?? 0;
  }

  private change(link: number, bitsPerSecond: number, sources: -1 | 0 | 1): void {
    let sum = this.sums.get(link);
    if (sum === undefined) this.sums.set(link, (sum = { bitsPerSecond: 0, sources: 0 }));
    sum.bitsPerSecond += bitsPerSecond;
    sum.sources += sources;
    if (sum.sources === 0) this.sums.delete(link);
  }
}
