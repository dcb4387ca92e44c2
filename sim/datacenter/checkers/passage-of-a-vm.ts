/** Where a VM comes from and goes to. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const passageOfAVm: Checker = {
  name: 'passage-of-a-vm',
  invariant:
    'A host that holds room for a VM which is not there has a bridge of each of its guest networks, and the VM is on another host, if it is anywhere.',
  holds: 'throughout',
  violations({ passages, domains, bridges }: PlantSnapshot): string[] {
    const there = new Set(bridges.map(({ network, host }) => `${network} on ${host}`));
    const hostOf = new Map(domains.map(({ vm, host }) => [vm, host]));
    return passages.flatMap(({ vm, host, networks }) => [
      ...(hostOf.get(vm) === host ? [`VM ${vm} is on host ${host}, which still holds room for it beside`] : []),
      ...networks
        .filter((network) => !there.has(`${network} on ${host}`))
        .map((network) => `host ${host} holds room for VM ${vm} without a bridge of guest network ${network}`),
    ]);
  },
};
