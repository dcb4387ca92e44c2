/** The state table of a customer's virtual NIC and bridge on a host: there from the customer's first VM to its last. */
import { transitionTable } from '../base/transition-table.js';

export type NicState = 'absent' | 'adding' | 'present' | 'removing';
export type NicEvent = 'add' | 'adopt' | 'added' | 'remove' | 'removed';

export const NIC_STATES = transitionTable<NicState, NicEvent>('virtual NIC', [
  ['absent', 'add', 'adding', 'The first VM of the guest network comes to the host; its memory is reserved.'],
  ['absent', 'adopt', 'present', 'An inventory found VMs of the guest network on the host: it stands already.'],
  ['adding', 'added', 'present', 'The host reports bridge and virtual NIC in place.'],
  [
    'adding',
    'remove',
    'removing',
    'It could not be added, or the VMs that wanted it were given up: it is removed, to be sure.',
  ],
  ['present', 'remove', 'removing', 'The last VM of the guest network left the host.'],
  ['removing', 'removed', 'absent', 'Bridge and virtual NIC are gone, the memory is free again.'],
]);
