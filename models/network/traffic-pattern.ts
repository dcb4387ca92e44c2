/**
 * Who of a customer talks to whom, by groups of VMs (tiers); the routing appliance is a group of its own, the last.
 *
 *   d_a = Σ_b r_ab (n_b − [a = b])     what a VM of class a would send; e_b likewise, what one of class b would receive
 *   f_a = min(1, T_a / d_a),  g_b = min(1, T_b / e_b)
 *   x_ab = r_ab min(f_a, g_b)          what each VM of class a sends to each VM of class b
 *
 *   r  rate that a pair is given, in one direction, bits per second      n  running VMs of a class
 *   T  throttle of a VM of the class, each direction, bits per second; Infinity: none      a class is a group under one throttle
 *
 * A customer's load on a link then follows from how many VMs of each class are behind it: Σ c_a x_ab (n_b − c_b), no pair
 * is ever listed.
 * Source: a definition. Group-to-group matrices are what traffic-aware placement is studied on (Meng et al., INFOCOM 2010);
 * the rates themselves are the scenario's.
 * Valid range: rates >= 0; VMs of a group are alike.
 * Ignored: bursts, feedback (TCP), what a throttled sender's peers could take up of what he leaves: all of a throttled VM's
 * conversations shrink alike, so that a VM may get less than a max-min share would give it, never more than its throttle.
 */
import { assert } from '../../sim/base/assert.js';

export interface TrafficPattern {
  /** Names; VMs of a customer are in one each. */
  readonly groups: readonly string[];
  /**
   * From each VM of a group to each VM of another, in bits per second: row by row, the routing appliance last, so that
   * there are (groups + 1)² of them.
   */
  readonly rates: readonly number[];
  /** What each VM of a group sends to the public network, and gets from it, through the routing appliance. */
  readonly toPublic: readonly number[];
  readonly fromPublic: readonly number[];
  /** VMs in pairs, each exchanging this much beside; null: none do. */
  readonly pair: { readonly thereBitsPerSecond: number; readonly backBitsPerSecond: number } | null;
}

/** VMs of one group under one throttle; Infinity: none. */
export interface TrafficClass {
  readonly group: number;
  readonly throttleBitsPerSecond: number;
}

/** The routing appliance's group. */
export function routerGroup({ groups }: TrafficPattern): number {
  return groups.length;
}

/** From a VM of one group to one of another, what goes on to or comes from the public network included. */
export function rateBetween(pattern: TrafficPattern, from: number, to: number): number {
  const { groups, rates, toPublic, fromPublic } = pattern;
  const router = groups.length;
  const between = rates[from * (router + 1) + to]!;
  if (to === router && from < router) return between + toPublic[from]!;
  return from === router && to < router ? between + fromPublic[to]! : between;
}

/**
 * What each VM of a class sends to each VM of another under their throttles: bits per second, row by row into `into`, which
 * is grown to classes². `counts`: running VMs of each class.
 */
export function throttledRates(
  pattern: TrafficPattern,
  classes: readonly TrafficClass[],
  counts: readonly number[],
  into: number[],
): void {
  const size = classes.length;
  let throttled = false;
  for (let a = 0; a < size; a++) {
    if (classes[a]!.throttleBitsPerSecond !== Infinity) throttled = true;
    for (let b = 0; b < size; b++) into[a * size + b] = rateBetween(pattern, classes[a]!.group, classes[b]!.group);
  }
  if (!throttled) return;
  const sends = classes.map((_, a) =>
    shareOf(
      classes[a]!,
      sumOver(size, (b) => into[a * size + b]! * others(counts, a, b)),
    ),
  );
  const takes = classes.map((_, b) =>
    shareOf(
      classes[b]!,
      sumOver(size, (a) => into[a * size + b]! * others(counts, b, a)),
    ),
  );
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) into[a * size + b]! *= Math.min(sends[a]!, takes[b]!);
}

/** VMs of class b beside one of class a. */
function others(counts: readonly number[], a: number, b: number): number {
  return Math.max(0, counts[b]! - (a === b ? 1 : 0));
}

function shareOf({ throttleBitsPerSecond }: TrafficClass, demand: number): number {
  assert(demand >= 0, 'traffic is not negative');
  return demand > throttleBitsPerSecond ? throttleBitsPerSecond / demand : 1;
}

function sumOver(size: number, of: (at: number) => number): number {
  let sum = 0;
  for (let at = 0; at < size; at++) sum += of(at);
  return sum;
}
