/**
 * Traffic of a guest network that is not by group: between two VMs of a pair, or in through a rule. Kept link by link, so
 * that reading costs the links in use; a path that is added twice and taken away once is there once, and where all have been
 * taken away there is exactly nothing, whatever their rates.
 */
import { NO_TRAFFIC, type Localities, type Place } from './network-traffic.js';
import type { GuestLinks } from './link-loads.js';
import type { AddLoad } from './standing-loads.js';

/** Rates added up, and how many they are. */
interface Sum {
  bitsPerSecond: number;
  flows: number;
}

export class Routed {
  readonly now: Localities = { ...NO_TRAFFIC };
  private readonly flows: Localities = { ...NO_TRAFFIC };
  private readonly loads = new Map<number, Sum>();
  /** By pod, what switches bring to VMs there. */
  private readonly toPods = new Map<number, Sum>();

  constructor(private readonly links: GuestLinks) {}

  /** From a VM at one place to one at another; a negative rate takes it away again. */
  between(from: Place, to: Place, bitsPerSecond: number): void {
    this.count(localityOf(from, to), bitsPerSecond);
    if (from.host === to.host) return;
    this.load(this.links.between(from.host, to.host), bitsPerSecond);
    put(this.toPods, to.pod, bitsPerSecond);
  }

  toPublic(from: Place, bitsPerSecond: number): void {
    this.count('toPublic', bitsPerSecond);
    this.load(this.links.toPublic(from.host), bitsPerSecond);
  }

  fromPublic(to: Place, bitsPerSecond: number): void {
    this.count('fromPublic', bitsPerSecond);
    this.load(this.links.fromPublic(to.host), bitsPerSecond);
  }

  addLoads(add: AddLoad): void {
    for (const [link, { bitsPerSecond }] of this.loads) add(link, bitsPerSecond);
  }

  /** What switches bring to VMs of a pod (null: of all), in bits per second. */
  delivered(pod: number | null): number {
    if (pod !== null) return this.toPods.get(pod)?.bitsPerSecond ?? 0;
    return [...this.toPods.values()].reduce((sum, { bitsPerSecond }) => sum + bitsPerSecond, 0);
  }

  private count(locality: keyof Localities, bitsPerSecond: number): void {
    if (bitsPerSecond === 0) return;
    this.flows[locality] += Math.sign(bitsPerSecond);
    this.now[locality] = this.flows[locality] === 0 ? 0 : this.now[locality] + bitsPerSecond;
  }

  private load(links: readonly number[], bitsPerSecond: number): void {
    for (const link of links) put(this.loads, link, bitsPerSecond);
  }
}

function put(sums: Map<number, Sum>, key: number, bitsPerSecond: number): void {
  if (bitsPerSecond === 0) return;
  let sum = sums.get(key);
  if (sum === undefined) sums.set(key, (sum = { bitsPerSecond: 0, flows: 0 }));
  sum.bitsPerSecond += bitsPerSecond;
  sum.flows += Math.sign(bitsPerSecond);
  if (sum.flows === 0) sums.delete(key);
}

export function localityOf(a: Place, b: Place): 'sameHost' | 'sameRack' | 'samePod' | 'crossPod' {
  if (a.host === b.host) return 'sameHost';
  if (a.rack === b.rack) return 'sameRack';
  return a.pod === b.pod ? 'samePod' : 'crossPod';
}
