/** IDs of guest networks on the wires. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const vlanOfOneNetwork: Checker = {
  name: 'vlan-of-one-network',
  invariant:
    'In a zone (or in a pod, where IDs are used again in each, and guest networks are of one pod), a VLAN carries one guest network and a guest network is on one VLAN, between 1 and 4094; in an overlay of 24 bits.',
  holds: 'orderly',
  violations({ bridges, hosts, vlanScope }: PlantSnapshot): string[] {
    const networkOf = new Map<string, number>();
    const vlanOf = new Map<number, string>();
    const found = new Set<string>();
    const last = vlanScope === 'overlay' ? 16_777_215 : 4094;
    for (const { host, network, vlan } of bridges) {
      if (vlan < 1 || vlan > last) found.add(`guest network ${network} is on VLAN ${vlan}`);
      const here = vlanScope === 'pod' ? `${vlan} of pod ${hosts[host]?.pod}` : `${vlan}`;
      const other = networkOf.get(here) ?? network;
      if (other !== network) found.add(`VLAN ${here} carries guest networks ${other} and ${network}`);
      const before = vlanOf.get(network) ?? here;
      if (before !== here) found.add(`guest network ${network} is on VLANs ${before} and ${here}`);
      networkOf.set(here, network);
      vlanOf.set(network, here);
    }
    return [...found];
  },
};
