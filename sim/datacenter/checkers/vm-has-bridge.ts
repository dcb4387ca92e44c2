/** VMs and the bridges that connect them. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const vmHasBridge: Checker = {
  name: 'vm-has-bridge',
  invariant: 'A VM with a guest network is on a host that has a bridge of it.',
  holds: 'throughout',
  violations({ domains, bridges }: PlantSnapshot): string[] {
    const there = new Set(bridges.map(({ network, host }) => `${network} on ${host}`));
    return domains
      .filter(({ network, host }) => network !== null && !there.has(`${network} on ${host}`))
      .map(({ vm, network, host }) => `VM ${vm} is on host ${host}, which has no bridge of guest network ${network}`);
  },
};
