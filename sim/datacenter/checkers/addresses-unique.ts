/** Addresses of VMs that can talk. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const addressesUnique: Checker = {
  name: 'addresses-unique',
  invariant:
    'No two running VMs have one private address in a guest network, and no two in the zone one management or public address.',
  holds: 'orderly',
  violations({ domains }: PlantSnapshot): string[] {
    const found: string[] = [];
    const holder = new Map<string, number>();
    for (const { vm, interfaces, state } of domains) {
      if (state !== 'running') continue;
      for (const { name, network, address } of interfaces) {
        const realm = network !== null ? `guest network ${network}` : name === 'eth1' ? 'management' : 'public';
        const key = `${address} (${realm})`;
        if (holder.has(key)) found.push(`VMs ${holder.get(key)} and ${vm} have the address ${key}`);
        holder.set(key, vm);
      }
    }
    return found;
  },
};
