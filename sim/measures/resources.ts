/**
 * Resources that VMs ask for and hosts have, as amounts in base units, and the lower bounds that follow from them.
 * Amounts are integers: sums of them are exact. Another resource (disk) is one more name in the list.
 */
import { assert } from '../base/assert.js';

export const RESOURCES = ['cpuMillis', 'memoryBytes'] as const;
export type Resource = (typeof RESOURCES)[number];
export type Resources = Readonly<Record<Resource, number>>;

/** What all of them have together. */
export function sumOfResources(all: Iterable<Resources>): Resources {
  let cpuMillis = 0;
  let memoryBytes = 0;
  for (const one of all) {
    cpuMillis += one.cpuMillis;
    memoryBytes += one.memoryBytes;
  }
  return { cpuMillis, memoryBytes };
}

/** The most that any of them has, resource by resource. */
export function largestResources(all: Iterable<Resources>): Resources {
  let cpuMillis = 0;
  let memoryBytes = 0;
  for (const one of all) {
    cpuMillis = Math.max(cpuMillis, one.cpuMillis);
    memoryBytes = Math.max(memoryBytes, one.memoryBytes);
  }
  return { cpuMillis, memoryBytes };
}

/**
 * Lower bound from vector bin packing: how many bins like the largest one the demand needs at least, by the resource
 * that needs most. A demand of nothing still needs a bin: ask only for VMs that are there. Infinity where a resource is
 * asked for that no bin has.
 */
export function leastBins(demand: Resources, largestBin: Resources): number {
  let least = 1;
  for (const resource of RESOURCES) least = Math.max(least, binsFor(demand[resource], largestBin[resource]));
  return least;
}

/**
 * The smallest k whose k largest hosts cover the whole demand, resource by resource (each resource with its own order
 * of hosts): how many hosts must stay on, whatever is moved where. All hosts where even those do not suffice.
 */
export function lowerBoundHosts(demand: Resources, hosts: readonly Resources[]): number {
  let least = 0;
  for (const resource of RESOURCES) {
    const sizes = hosts.map((host) => host[resource]).sort((a, b) => b - a);
    let covered = 0;
    let count = 0;
    while (covered < demand[resource] && count < sizes.length) covered += sizes[count++]!;
    least = Math.max(least, count);
  }
  return least;
}

// Both are integers below 2^53, so that the quotient cannot round down to a whole number that it exceeds.
function binsFor(demand: number, size: number): number {
  assert(demand >= 0 && size >= 0, () => `leastBins: negative amount, ${demand} of ${size}`);
  return demand === 0 ? 0 : Math.ceil(demand / size);
}
