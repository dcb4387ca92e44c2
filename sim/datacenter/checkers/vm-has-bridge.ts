/** VMs and the bridges that connect them. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const vmHasBridge: Checker = {
  name: 'vm-has-bridge',
  invariant: 'A VM is on a host that has a bridge of each of its guest networks.',
  holds: 'throughout',
  violations({ domains, bridges }: PlantSnapshot): string[] {
    const there = new Set(bridges.map(({ network, host }) => `${network} on ${host}`));
    return domains.flatMap(({ vm, networks, host }) =>
      networks
        .filter((network) => !there.has(`${network} on ${host}`))
        .map((network) => `VM ${vm} is on host ${host}, which has no bridge of guest network ${network}`),
    );
  },
};
