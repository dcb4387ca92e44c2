/** Virtual NICs and bridges that nobody uses. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const nicServesVm: Checker = {
  name: 'nic-serves-vm',
  invariant:
    'A virtual NIC and bridge stands on a host only while a VM of its guest network is there (it comes before the first and goes after the last).',
  holds: 'at rest',
  violations({ domains, bridges }: PlantSnapshot): string[] {
    const served = new Set(domains.flatMap(({ networks, host }) => networks.map((network) => `${network} on ${host}`)));
    return bridges
      .filter(({ network, host }) => !served.has(`${network} on ${host}`))
      .map(({ network, host }) => `host ${host} has a bridge of guest network ${network}, but none of its VMs`);
  },
};
