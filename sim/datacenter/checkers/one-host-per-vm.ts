/** A VM's place. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const oneHostPerVm: Checker = {
  name: 'one-host-per-vm',
  invariant: 'No VM boots or runs on two hosts.',
  holds: 'throughout',
  violations({ domains }: PlantSnapshot): string[] {
    const hostOf = new Map<number, number>();
    const found: string[] = [];
    for (const { vm, host } of domains) {
      if (hostOf.has(vm)) found.push(`VM ${vm} is on hosts ${hostOf.get(vm)} and ${host}`);
      hostOf.set(vm, host);
    }
    return found;
  },
};
