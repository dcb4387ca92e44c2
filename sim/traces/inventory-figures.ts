/** What an inventory amounts to. Guarantees figures from its hosts and VMs alone, those of hosts out of service apart. */
import type { HostInventory } from './inventory.js';
import { distributionOf, type Distribution } from './trace-figures.js';

export interface InventoryFigures {
  pods: number;
  hosts: number;
  inService: number;
  vms: number;
  accounts: number;
  /** Of hosts in service. */
  capacity: { cpuMillis: number; memoryBytes: number };
  /** Of all VMs. */
  used: { cpuMillis: number; memoryBytes: number };
  cpuMillis: Distribution;
  memoryBytes: Distribution;
  vmsPerHost: Distribution;
}

export function inventoryFigures({ clusters, vms, accounts }: HostInventory): InventoryFigures {
  const hosts = clusters.flatMap((cluster) => cluster.hosts);
  const able = hosts.filter(({ inService }) => inService).flatMap(({ nodes }) => nodes);
  const counts = clusters.map((cluster) => cluster.hosts.map(() => 0));
  for (const { cluster, host } of vms) counts[cluster]![host]!++;
  const nameless = vms.some(({ account }) => account === undefined) ? 1 : 0;
  return {
    pods: clusters.length,
    hosts: hosts.length,
    inService: hosts.filter(({ inService }) => inService).length,
    vms: vms.length,
    accounts: (accounts?.length ?? 0) + nameless,
    capacity: sumOf(able),
    used: sumOf(vms),
    cpuMillis: distributionOf(vms.map(({ cpuMillis }) => cpuMillis)),
    memoryBytes: distributionOf(vms.map(({ memoryBytes }) => memoryBytes)),
    vmsPerHost: distributionOf(counts.flat()),
  };
}

function sumOf(sizes: readonly { cpuMillis: number; memoryBytes: number }[]): InventoryFigures['capacity'] {
  const sum = { cpuMillis: 0, memoryBytes: 0 };
  for (const { cpuMillis, memoryBytes } of sizes) {
    sum.cpuMillis += cpuMillis;
    sum.memoryBytes += memoryBytes;
  }
  return sum;
}
