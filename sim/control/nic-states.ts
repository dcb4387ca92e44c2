/** The state table of a customer's virtual NIC and bridge on a host: there from the customer's first VM to its last. */
import { transitionTable } from '../base/transition-table.js';

export type NicState = 'absent' | 'adding' | 'present' | 'removing';
export type NicEvent = 'add' | 'added' | 'fail' | 'remove' | 'removed';

export const NIC_STATES = transitionTable<NicState, NicEvent>('virtual NIC', [
  ['absent', 'add', 'adding', 'The first VM of the guest network comes to the host; its memory is reserved.'],
  ['adding', 'added', 'present', 'The host reports bridge and virtual NIC in place.'],
  ['adding', 'fail', 'removing', 'The host could not add it, or stayed silent: it is removed, to be sure.'],
  ['adding', 'remove', 'removing', 'Its only VM was given up before it was there.'],
  ['present', 'remove', 'removing', 'The last VM of the guest network left the host.'],
  ['removing', 'removed', 'absent', 'Bridge and virtual NIC are gone, the memory is free again.'],
]);
