/** The state table of a snapshot: a full copy of a virtual disk beside it, until it is deleted or its VM destroyed. */
import { transitionTable } from '../base/transition-table.js';

export type SnapshotState = 'absent' | 'creating' | 'ready' | 'reverting' | 'destroying';
export type SnapshotEvent = 'create' | 'created' | 'revert' | 'reverted' | 'destroy' | 'destroyed';

export const SNAPSHOT_STATES = transitionTable<SnapshotState, SnapshotEvent>('snapshot', [
  ['absent', 'create', 'creating', 'The storage server is told to copy the disk; the bytes are reserved there.'],
  ['creating', 'created', 'ready', 'The storage server reports it complete.'],
  ['creating', 'destroy', 'destroying', 'It could not be made, or its VM is destroyed: removed, to be sure.'],
  ['ready', 'revert', 'reverting', 'The stopped VM is to have the content of then: its disk is written over.'],
  ['reverting', 'reverted', 'ready', 'The disk is as it was, or the attempt came to nothing.'],
  ['reverting', 'destroy', 'destroying', 'Its VM is destroyed meanwhile.'],
  ['ready', 'destroy', 'destroying', 'Deleted by its customer, or with its VM.'],
  ['destroying', 'destroyed', 'absent', 'It is gone and its bytes are free again.'],
]);
