/**
 * How a host shares its CPU among VMs that ask for more than it has: weighted max-min fairness.
 *
 *   x_i = min(d_i, w_i L)  what VM i gets
 *   sum of x_i = min(C, sum of d_i), which gives the level L
 *
 *   d_i  CPU that VM i asks for [core-seconds a second]     w_i  its weight: its vCPUs     C  CPU of the host
 *   L    CPU a unit of weight that nobody goes beyond who has less than asked for; infinite where all get what they ask for
 *
 * Source: definition of weighted max-min fairness. It is what a fair-share scheduler does that gives every vCPU the same
 * weight, as Linux' fair scheduler does under KVM (a vCPU is a thread) and Xen's credit scheduler with default weights a vCPU.
 * Valid range: C >= 0, d_i >= 0, w_i > 0.
 * Ignored: NUMA nodes, sockets, hardware threads, caches, reservations and limits, what switching between VMs costs, how
 * long a vCPU waits for its turn, and that one vCPU cannot run on two cores at once.
 */
import { assert } from '../../sim/base/assert.js';

export interface CpuShare {
  readonly weight: number;
  readonly demand: number;
}

/** L; Infinity where all get what they ask for. */
export function fairLevel(capacity: number, shares: readonly CpuShare[]): number {
  assert(capacity >= 0, () => `a host with ${capacity} of CPU`);
  let asked = 0;
  let weights = 0;
  for (const { weight, demand } of shares) {
    assert(weight > 0 && demand >= 0, () => `a weight of ${weight}, a demand of ${demand}`);
    asked += demand;
    weights += weight;
  }
  if (asked <= capacity) return Infinity;
  // Those who ask for least, by weight, are served in full first.
  const ascending = [...shares].sort((a, b) => a.demand * b.weight - b.demand * a.weight);
  let left = capacity;
  // The last one cannot be: all together ask for more than there is.
  for (const { weight, demand } of ascending.slice(0, -1)) {
    if (demand * weights > left * weight) break;
    left -= demand;
    weights -= weight;
  }
  return left / weights;
}

/** What each gets, in the order given. */
export function sharedCpu(capacity: number, shares: readonly CpuShare[]): number[] {
  const level = fairLevel(capacity, shares);
  return shares.map(({ weight, demand }) => Math.min(demand, weight * level));
}
