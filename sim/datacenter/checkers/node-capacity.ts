/** CPU and memory of NUMA nodes, summed up from what is on them. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const nodeCapacity: Checker = {
  name: 'node-capacity',
  invariant:
    'No NUMA node, and so no host, holds more CPU and memory of VMs and bridges than its hypervisor admits; its accounts say what it holds.',
  holds: 'throughout',
  violations({ hosts, domains, passages, bridges }: PlantSnapshot): string[] {
    const found: string[] = [];
    const held = hosts.map(({ nodes }) => nodes.map(() => ({ cpuMillis: 0, memoryBytes: 0 })));
    for (const { vm, host, nodes, cpuMillis, memoryBytes } of [...domains, ...passages]) {
      if (nodes.length === 0) found.push(`VM ${vm} is on host ${host}, but in no NUMA node`);
      for (const node of nodes) {
        const here = held[host]?.[node];
        if (!here) found.push(`VM ${vm} is in NUMA node ${node} of host ${host}, which does not exist`);
        else {
          here.cpuMillis += cpuMillis / nodes.length;
          here.memoryBytes += memoryBytes / nodes.length;
        }
      }
    }
    for (const { host, network, node, memoryBytes } of bridges) {
      const here = held[host]?.[node];
      if (here) here.memoryBytes += memoryBytes;
      else
        found.push(
          `the bridge of guest network ${network} is in NUMA node ${node} of host ${host}, which does not exist`,
        );
    }
    hosts.forEach(({ nodes }, host) =>
      nodes.forEach((node, at) => {
        const { cpuMillis, memoryBytes } = held[host]![at]!;
        const where = `NUMA node ${at} of host ${host}`;
        if (cpuMillis > node.cpuMillis)
          found.push(`${where}: ${cpuMillis} of ${node.cpuMillis} thousandths of a core held`);
        if (memoryBytes > node.memoryBytes) found.push(`${where}: ${memoryBytes} of ${node.memoryBytes} bytes held`);
        if (cpuMillis !== node.usedCpuMillis)
          found.push(`${where}: ${cpuMillis} thousandths held, account ${node.usedCpuMillis}`);
        if (memoryBytes !== node.usedMemoryBytes)
          found.push(`${where}: ${memoryBytes} bytes held, account ${node.usedMemoryBytes}`);
      }),
    );
    return found;
  },
};
