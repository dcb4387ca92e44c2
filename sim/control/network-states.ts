/** The guest network state table: a VLAN ID is held from implementation to shutdown. */
import { transitionTable } from '../base/transition-table.js';

export type NetworkState = 'allocated' | 'implementing' | 'implemented' | 'shutting-down' | 'deleted';
export type NetworkEvent = 'implement' | 'adopt' | 'implemented' | 'fail' | 'shut-down' | 'shut' | 'delete' | 'lost';

export const NETWORK_STATES = transitionTable<NetworkState, NetworkEvent>('guest network', [
  ['allocated', 'implement', 'implementing', 'A VM needs it: a VLAN ID is assigned and the routing appliance started.'],
  ['allocated', 'adopt', 'implemented', 'An inventory found its routing appliance running: it is taken over.'],
  ['allocated', 'delete', 'deleted', 'Its customer does not want it any more; no VM is in it.'],
  ['implementing', 'implemented', 'implemented', 'The routing appliance runs: VMs may start.'],
  ['implementing', 'fail', 'shutting-down', 'The routing appliance could not be had: what was built is taken back.'],
  ['implemented', 'lost', 'shutting-down', 'Its routing appliance was lost: what is left of that is taken back.'],
  [
    'implemented',
    'shut-down',
    'shutting-down',
    'Unused for the collection interval: the routing appliance is collected.',
  ],
  [
    'shutting-down',
    'shut',
    'allocated',
    'The routing appliance is gone; with the last virtual NIC the VLAN ID returns to the pool.',
  ],
]);
