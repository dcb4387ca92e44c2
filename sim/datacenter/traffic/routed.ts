/**
 * Traffic of a guest network that is not by group: between two VMs of a pair, or in through a rule. Kept link by link, so
 * that reading costs the links in use; a path that is added twice and taken away once is there once.
 */
import { NO_TRAFFIC, type Localities, type Place } from './network-traffic.js';
import type { GuestLinks } from './link-loads.js';

export class Routed {
  readonly now: Localities = { ...NO_TRAFFIC };
  private readonly loads = new Map<number, number>();

  constructor(private readonly links: GuestLinks) {}

  /** From a VM at one place to one at another; a negative rate takes it away again. */
  between(from: Place, to: Place, bitsPerSecond: number): void {
    this.now[localityOf(from, to)] += bitsPerSecond;
    if (from.host !== to.host) this.load(this.links.between(from.host, to.host), bitsPerSecond);
  }

  toPublic(from: Place, bitsPerSecond: number): void {
    this.now.toPublic += bitsPerSecond;
    this.load(this.links.toPublic(from.host), bitsPerSecond);
  }

  fromPublic(to: Place, bitsPerSecond: number): void {
    this.now.fromPublic += bitsPerSecond;
    this.load(this.links.fromPublic(to.host), bitsPerSecond);
  }

  addLoads(factor: number, loads: Float64Array): void {
    for (const [link, bitsPerSecond] of this.loads) loads[link]! += factor * bitsPerSecond;
  }

  private load(links: readonly number[], bitsPerSecond: number): void {
    for (const link of links) {
      const sum = (this.loads.get(link) ?? 0) + bitsPerSecond;
      if (sum === 0) this.loads.delete(link);
      else this.loads.set(link, sum);
    }
  }
}

export function localityOf(a: Place, b: Place): 'sameHost' | 'sameRack' | 'samePod' | 'crossPod' {
  if (a.host === b.host) return 'sameHost';
  if (a.rack === b.rack) return 'sameRack';
  return a.pod === b.pod ? 'samePod' : 'crossPod';
}
