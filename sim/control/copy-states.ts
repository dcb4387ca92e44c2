/** The state table of a template's copy on a storage server: copied there for the first disk that begins as it, and kept. */
import { transitionTable } from '../base/transition-table.js';

export type CopyState = 'absent' | 'copying' | 'ready' | 'removing';
export type CopyEvent = 'copy' | 'copied' | 'fail' | 'remove' | 'removed';

export const COPY_STATES = transitionTable<CopyState, CopyEvent>('template copy', [
  ['absent', 'copy', 'copying', 'The first disk on the server needs it: its bytes are reserved there.'],
  ['copying', 'copied', 'ready', 'The storage server reports it complete: disks are cloned from it.'],
  ['copying', 'fail', 'absent', 'The storage server refused: its bytes are free again, and the next disk asks again.'],
  ['copying', 'remove', 'removing', 'The storage server stayed silent: removed, to be sure.'],
  ['removing', 'copy', 'copying', 'A disk needs it after all.'],
  ['removing', 'removed', 'absent', 'It is gone and its bytes are free again.'],
]);
