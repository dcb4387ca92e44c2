/**
 * What hosts may be promised to hold: a factor times what they have, NUMA node by NUMA node, in whole thousandths of a
 * core and bytes, rounded down. A product that the factor's decimals make whole is that whole number, not one less.
 */
import type { Overprovision } from './resolved.js';
import type { NodeSize } from './usable-nodes.js';

export function promisedNodes(nodes: readonly NodeSize[], { cpu, memory }: Overprovision): NodeSize[] {
  return nodes.map(({ cpuMillis, memoryBytes }) => ({
    cpuMillis: wholeProduct(cpu, cpuMillis),
    memoryBytes: wholeProduct(memory, memoryBytes),
  }));
}

function wholeProduct(factor: number, amount: number): number {
  const product = factor * amount;
  const nearest = Math.round(product);
  // Two roundings, of the factor and of the product, lie between them.
  return Math.abs(product - nearest) <= product * Number.EPSILON ? nearest : Math.floor(product);
}
