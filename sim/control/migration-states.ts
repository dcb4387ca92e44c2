/** The state table of a migration: each step of it is a state, so that a restart of the plane finds its place. */
import { transitionTable } from '../base/transition-table.js';

export type MigrationState =
  | 'new'
  | 'queued'
  | 'choosing'
  | 'preparing'
  | 'offering'
  | 'halting'
  | 'moving'
  | 'handing-over'
  | 'withdrawing'
  | 'copying'
  | 'confirming'
  | 'inquiring'
  | 'cancelling'
  | 'releasing'
  | 'rolling-back'
  | 'done'
  | 'rolled-back'
  | 'dropped';

export type MigrationEvent =
  | 'queue'
  | 'ask'
  | 'chosen'
  | 'begin'
  | 'drop'
  | 'no-nic'
  | 'no-disk'
  | 'offer'
  | 'admitted'
  | 'sent'
  | 'handed-over'
  | 'withdraw'
  | 'halt'
  | 'move'
  | 'moved'
  | 'prepared'
  | 'fail'
  | 'copied'
  | 'confirmed'
  | 'unclear'
  | 'still-copying'
  | 'not-there'
  | 'cancelled'
  | 'gone'
  | 'gone-there'
  | 'released'
  | 'taken-back';

export const MIGRATION_STATES = transitionTable<MigrationState, MigrationEvent>('migration', [
  ['new', 'queue', 'queued', 'It was asked for: it waits until as many are under way as may be at once.'],
  [
    'queued',
    'ask',
    'choosing',
    'Its turn has come, and no destination is given, or it has no room any more: the policy is asked.',
  ],
  [
    'choosing',
    'ask',
    'choosing',
    'No host near its disk has room: the policy is asked for one that its disk comes along to.',
  ],
  ['choosing', 'chosen', 'queued', 'The policy named a host that can take it.'],
  ['choosing', 'drop', 'dropped', 'The policy knows of no host, or the VM is not as it was.'],
  [
    'queued',
    'begin',
    'preparing',
    "The destination has room: it is reserved, the customer's virtual NIC is seen to, the agent there told to prepare.",
  ],
  [
    'queued',
    'drop',
    'dropped',
    'The world has changed since: the VM is not as it was, or its destination has no room.',
  ],
  ['preparing', 'no-nic', 'rolled-back', "The customer's virtual NIC cannot be had there: nothing else was built."],
  ['preparing', 'no-disk', 'rolled-back', 'Its disk cannot be created there: nothing else was built.'],
  ['preparing', 'prepared', 'copying', 'The destination is ready: the source is told to migrate.'],
  ['preparing', 'fail', 'rolling-back', 'The destination cannot take it: what was built there is taken back.'],
  ['copying', 'copied', 'confirming', 'The source says that it is done: both agents are asked what is so.'],
  ['copying', 'fail', 'rolling-back', 'The source says that it came to nothing: the VM runs on where it was.'],
  [
    'copying',
    'unclear',
    'inquiring',
    'No answer in time, or none that says where the VM is: both agents are asked what is so.',
  ],
  ['confirming', 'confirmed', 'releasing', 'The VM runs at its destination: what is left at the source is released.'],
  ['confirming', 'unclear', 'inquiring', 'The answers do not fit: both are asked again, until they do.'],
  ['inquiring', 'unclear', 'inquiring', 'Not yet: both are asked again.'],
  ['inquiring', 'confirmed', 'releasing', 'The VM runs at its destination after all.'],
  ['inquiring', 'still-copying', 'cancelling', 'The source still copies, past its time: it is told to stop that.'],
  [
    'inquiring',
    'not-there',
    'rolling-back',
    'The VM runs at its source: what was built at the destination is taken back.',
  ],
  [
    'inquiring',
    'gone',
    'rolling-back',
    'Neither has the VM any more: what was built at the destination is taken back.',
  ],
  [
    'inquiring',
    'gone-there',
    'releasing',
    'It went to its destination, which has it no more: what is left at the source is released.',
  ],
  [
    'cancelling',
    'cancelled',
    'inquiring',
    'The source has stopped copying, if it was still at it: both are asked what is so.',
  ],
  ['queued', 'halt', 'halting', 'Cold, and the VM runs: room at its destination is reserved, and it is stopped.'],
  ['queued', 'move', 'moving', 'Cold, and the VM is off: its disk is copied.'],
  ['queued', 'offer', 'offering', 'It is to go to another zone: that is asked to admit it, with all that it needs.'],
  ['offering', 'admitted', 'halting', 'The other zone has admitted it: it is stopped.'],
  ['offering', 'drop', 'dropped', 'The other zone cannot admit it.'],
  ['moving', 'sent', 'handing-over', "Its disk's content is in the other zone: that is told that the VM is its own."],
  ['handing-over', 'handed-over', 'done', 'The other zone has it: what is left of it here is collected.'],
  [
    'moving',
    'withdraw',
    'withdrawing',
    "Its disk's content could not be sent: the other zone is told that it is not coming.",
  ],
  ['withdrawing', 'taken-back', 'rolled-back', 'Nothing of it is left in the other zone.'],
  ['halting', 'move', 'moving', 'It is off: its disk is copied.'],
  ['halting', 'fail', 'rolled-back', 'It cannot be moved any more: it is started where it was.'],
  ['moving', 'moved', 'releasing', 'Its disk is at the destination: what was its disk is collected.'],
  ['moving', 'no-disk', 'rolled-back', 'Its disk could not be copied, and nothing is left of it there.'],
  [
    'moving',
    'fail',
    'rolling-back',
    'Its disk could not be copied: what there is of it at the destination is collected.',
  ],
  ['releasing', 'released', 'done', 'Nothing of it is left at the source.'],
  ['rolling-back', 'taken-back', 'rolled-back', 'Nothing of it is left at the destination.'],
]);
