/** The routing appliance state table: one per guest network, started before the first VM,
 * collected after the last. VMs that an inventory found running may have to do without for a while. */
import { transitionTable } from '../base/transition-table.js';

export type ApplianceState = 'absent' | 'missing' | 'starting' | 'running' | 'idle' | 'collecting';
export type ApplianceEvent =
  | 'need'
  | 'lack'
  | 'adopt'
  | 'started'
  | 'fail'
  | 'last-vm-gone'
  | 'vm-came'
  | 'put-off'
  | 'collect'
  | 'collected'
  | 'lost';

export const APPLIANCE_STATES = transitionTable<ApplianceState, ApplianceEvent>('routing appliance', [
  ['absent', 'need', 'starting', 'Its guest network is being implemented: its VM is created and started.'],
  ['absent', 'lack', 'missing', 'VMs run in its guest network without it: it is tried again after a pause.'],
  ['missing', 'lack', 'missing', 'Still not to be had: the next pause begins.'],
  ['missing', 'need', 'starting', 'It is tried again: its VM is created and started.'],
  ['missing', 'last-vm-gone', 'absent', 'No VM runs in its guest network any more.'],
  ['absent', 'adopt', 'running', 'An inventory found its VM running: it is taken over.'],
  ['starting', 'started', 'running', 'Its VM runs and serves DHCP, DNS and source NAT.'],
  ['starting', 'fail', 'collecting', 'Its VM could not be started: what there is of it is taken back.'],
  ['running', 'last-vm-gone', 'idle', 'The last VM of the guest network stopped: the collection interval runs.'],
  ['idle', 'vm-came', 'running', 'A VM of the guest network starts: collection is off.'],
  ['idle', 'put-off', 'idle', 'The interval is over, but its VM is just being migrated: after a pause.'],
  ['idle', 'collect', 'collecting', 'The interval is over: its VM is stopped and destroyed.'],
  ['running', 'lost', 'collecting', 'Its VM was lost: what there is of it is taken back.'],
  ['idle', 'lost', 'collecting', 'Its VM was lost: what there is of it is taken back.'],
  ['collecting', 'collected', 'absent', 'Its VM is gone.'],
]);
