/** VMs on their way between hosts. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const passagesEnd: Checker = {
  name: 'passages-end',
  invariant: 'No host keeps room for a VM that is not coming, or holds anything of one that has gone.',
  holds: 'at rest',
  violations({ passages }: PlantSnapshot): string[] {
    return passages.map(({ vm, host }) => `host ${host} holds room of VM ${vm}, which is not there`);
  },
};
