/**
 * fragmentRate(x): the share of the free CPU that no VM of x cores can use, because what is free on its NUMA node leaves
 * less than x over: sum of (free mod x) over sum of free, over the NUMA nodes of hosts in service. Exact: free CPU is in
 * whole thousandths of a core, and the only rounding is that of the division.
 */
import { MILLIS_PER_CORE } from '../base/units.js';

/** null where no CPU is free: there is nothing that could be fragmented. */
export function fragmentRate(cores: number, freeCpuMillis: Iterable<number>): number | null {
  const size = cores * MILLIS_PER_CORE;
  let free = 0;
  let useless = 0;
  for (const millis of freeCpuMillis) {
    free += millis;
    useless += millis % size;
  }
  return free > 0 ? useless / free : null;
}

/** How many more VMs of x cores the free CPU could take, each within one NUMA node. */
export function slots(cores: number, freeCpuMillis: Iterable<number>): number {
  const size = cores * MILLIS_PER_CORE;
  let count = 0;
  for (const millis of freeCpuMillis) count += Math.floor(millis / size);
  return count;
}
