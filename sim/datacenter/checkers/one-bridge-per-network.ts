/** Bridges that stand twice. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const oneBridgePerNetwork: Checker = {
  name: 'one-bridge-per-network',
  invariant:
    'A host has at most one virtual NIC and bridge of a guest network, and carries a VLAN for at most one guest network.',
  holds: 'throughout',
  violations({ bridges }: PlantSnapshot): string[] {
    const found: string[] = [];
    const networks = new Set<string>();
    const vlans = new Set<string>();
    for (const { host, network, vlan } of bridges) {
      if (networks.has(`${host}/${network}`)) found.push(`host ${host} has two bridges of guest network ${network}`);
      if (vlans.has(`${host}/${vlan}`)) found.push(`host ${host} has two bridges on VLAN ${vlan}`);
      networks.add(`${host}/${network}`);
      vlans.add(`${host}/${vlan}`);
    }
    return found;
  },
};
