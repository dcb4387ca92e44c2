/** The virtual disk state table. */
import { transitionTable } from '../base/transition-table.js';

export type DiskState = 'absent' | 'awaiting-template' | 'creating' | 'ready' | 'destroying';
export type DiskEvent = 'await' | 'create' | 'created' | 'fail' | 'destroy' | 'destroyed';

export const DISK_STATES = transitionTable<DiskState, DiskEvent>('virtual disk', [
  ['absent', 'create', 'creating', 'A storage server of the pod is told to create it; its bytes are reserved there.'],
  ['absent', 'await', 'awaiting-template', 'Its bytes are reserved; the template is being copied to its server first.'],
  ['awaiting-template', 'create', 'creating', 'The template is there: the storage server is told to create it.'],
  ['awaiting-template', 'fail', 'absent', 'The template could not be had, or the start was given up meanwhile.'],
  ['creating', 'created', 'ready', 'The storage server reports it created.'],
  [
    'creating',
    'destroy',
    'destroying',
    'The start was given up while it was created: it is collected, should it exist.',
  ],
  ['ready', 'destroy', 'destroying', 'Its VM is destroyed: the storage server is told to remove it.'],
  ['creating', 'fail', 'absent', 'The storage server refused: its bytes are free again.'],
  ['destroying', 'destroyed', 'absent', 'It is gone and its bytes are free again.'],
]);
