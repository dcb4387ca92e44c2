/**
 * Who gets what of a network's links: weighted max-min fair rates, from scratch, for a network given as data.
 *
 *   x_f = r_f + y_f      y_f = w_f min over l on f of level_l, so that x_f <= d_f      sum of x_f on l <= C_l
 *   r_f = g_f min over l on f of min(1, C_l / G_l)
 *
 *   x_f  rate of flow f [bits per second]    w_f  its weight     d_f  its cap, which is a link of its own     g_f  its guarantee
 *   r_f  what is reserved for it             C_l  capacity of link l     G_l  sum of g on l
 *   level_l  what a unit of weight gets on link l beyond what is reserved; infinite where the link is not full
 *
 * A guarantee is reserved first (all those on a link scaled down alike where they are more than it has), the rest is
 * shared by weight among all. A link that a path names twice counts once.
 *
 * Source: definition of weighted max-min fairness, by progressive filling (Bertsekas and Gallager, Data Networks, 1992,
 * section 6.5.2): all rates rise together, by weight; where a link fills, its flows are settled.
 * Valid range: C_l >= 0, w_f > 0, d_f >= 0, g_f >= 0. A flow that nothing limits gets Infinity.
 * Ignored: time (see shared-network.ts), latency, packets. O(links^2 x flows): for reports and as reference.
 */
import { assert } from '../../sim/base/assert.js';

export interface FairFlow {
  /** Indexes into the capacities. */
  readonly links: readonly number[];
  /** Default 1. */
  readonly weight?: number;
  /** Default: none. */
  readonly capBitsPerSecond?: number;
  /** Default 0. */
  readonly guaranteedBitsPerSecond?: number;
}

interface Open {
  links: readonly number[];
  weight: number;
  guarantee: number;
  /** What it gets beyond what is reserved; null: not settled. */
  share: number | null;
}

/** Bits per second, in the order of the flows. */
export function maxMinRates(capacitiesBitsPerSecond: readonly number[], flows: readonly FairFlow[]): number[] {
  const capacities = [...capacitiesBitsPerSecond];
  const open = flows.map((flow) => opened(flow, capacities));
  for (const capacity of capacities) assert(capacity >= 0, () => `a capacity of ${capacity} bits per second`);
  const reserved = reservations(capacities, open);
  const free = [...capacities];
  open.forEach(({ links }, flow) => {
    for (const link of links) free[link] = Math.max(0, free[link]! - reserved[flow]!);
  });
  for (;;) {
    const level = lowestLevel(free, open);
    if (level === null) break;
    for (const flow of flowsOn(level.link, open)) flow.share ??= flow.weight * level.share;
  }
  return open.map(({ share }, flow) => reserved[flow]! + (share ?? Infinity));
}

/** Its cap becomes a link of its own. */
function opened(flow: FairFlow, capacities: number[]): Open {
  const { weight = 1, capBitsPerSecond, guaranteedBitsPerSecond: guarantee = 0 } = flow;
  assert(weight > 0 && guarantee >= 0, () => `a weight of ${weight}, a guarantee of ${guarantee} bits per second`);
  const links = [...new Set(flow.links)];
  for (const link of links) assert(link in capacities, () => `there is no link ${link}`);
  if (capBitsPerSecond !== undefined) links.push(capacities.push(capBitsPerSecond) - 1);
  return { links, weight, guarantee, share: null };
}

function reservations(capacities: readonly number[], open: readonly Open[]): number[] {
  const scales = capacities.map((capacity, link) => {
    const promised = flowsOn(link, open).reduce((sum, { guarantee }) => sum + guarantee, 0);
    return promised > capacity ? capacity / promised : 1;
  });
  return open.map(({ links, guarantee }) => guarantee * Math.min(1, ...links.map((link) => scales[link]!)));
}

/** Of the link that fills next; null: nobody is left who has a link. */
function lowestLevel(free: readonly number[], open: readonly Open[]): { link: number; share: number } | null {
  let lowest: { link: number; share: number } | null = null;
  free.forEach((capacity, link) => {
    let left = capacity;
    let weight = 0;
    for (const flow of flowsOn(link, open))
      if (flow.share === null) weight += flow.weight;
      else left -= flow.share;
    if (weight === 0) return;
    const share = Math.max(0, left) / weight;
    if (share < (lowest?.share ?? Infinity)) lowest = { link, share };
  });
  return lowest;
}

function flowsOn(link: number, open: readonly Open[]): Open[] {
  return open.filter(({ links }) => links.includes(link));
}
