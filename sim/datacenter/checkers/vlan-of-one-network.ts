/** VLAN IDs on the zone's wires. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const vlanOfOneNetwork: Checker = {
  name: 'vlan-of-one-network',
  invariant: 'In a zone, a VLAN carries one guest network and a guest network is on one VLAN, between 1 and 4094.',
  holds: 'orderly',
  violations({ bridges }: PlantSnapshot): string[] {
    const networkOf = new Map<number, number>();
    const vlanOf = new Map<number, number>();
    const found = new Set<string>();
    for (const { network, vlan } of bridges) {
      if (vlan < 1 || vlan > 4094) found.add(`guest network ${network} is on VLAN ${vlan}`);
      const other = networkOf.get(vlan) ?? network;
      if (other !== network) found.add(`VLAN ${vlan} carries guest networks ${other} and ${network}`);
      const before = vlanOf.get(network) ?? vlan;
      if (before !== vlan) found.add(`guest network ${network} is on VLANs ${before} and ${vlan}`);
      networkOf.set(vlan, network);
      vlanOf.set(network, vlan);
    }
    return [...found];
  },
};
