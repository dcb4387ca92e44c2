/** What VMs and bridges hold of a host, against what it physically has and how often that may be promised. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

/** The factor is a decimal that no binary number holds exactly. */
const SLACK = 1e-12;

export const overprovision: Checker = {
  name: 'overprovision',
  invariant:
    'VMs and bridges on a host hold no more than the factors of overprovisioning times the CPU and memory that it has.',
  holds: 'throughout',
  violations({ overprovision: factors, hosts, domains, bridges }: PlantSnapshot): string[] {
    const cpu = new Map<number, number>();
    const memory = new Map<number, number>();
    const add = (sums: Map<number, number>, host: number, amount: number): Map<number, number> =>
      sums.set(host, (sums.get(host) ?? 0) + amount);
    for (const { host, cpuMillis, memoryBytes } of domains) {
      add(cpu, host, cpuMillis);
      add(memory, host, memoryBytes);
    }
    for (const { host, memoryBytes } of bridges) add(memory, host, memoryBytes);
    return hosts.flatMap(({ nodes }, host) => {
      const found: string[] = [];
      const check = (what: string, held: number, has: number, factor: number): void => {
        if (held > has * factor * (1 + SLACK))
          found.push(`host ${host}: ${held} ${what} held of ${has}, more than ${factor} times that`);
      };
      const all = (of: (node: (typeof nodes)[number]) => number): number =>
        nodes.reduce((sum, one) => sum + of(one), 0);
      check(
        'thousandths of a core',
        cpu.get(host) ?? 0,
        all((node) => node.physicalCpuMillis),
        factors.cpu,
      );
      check(
        'bytes',
        memory.get(host) ?? 0,
        all((node) => node.physicalMemoryBytes),
        factors.memory,
      );
      return found;
    });
  },
};
