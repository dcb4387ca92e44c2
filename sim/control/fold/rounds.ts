/** Rounds of defragmentation in the fold: which guest networks the next one looks at, and what of the present one is open. */
import { assert } from '../../base/assert.js';
import type { NetworkId } from '../ports.js';
import { DEADLINE, type ZoneState } from '../state.js';
import type { Of } from './moved.js';

export function applyRound(
  state: ZoneState,
  tx: Of<'round-begun'> | Of<'round-put-off'> | Of<'round-planned'> | Of<'round-ended'>,
): void {
  const { defrag } = state;
  switch (tx.kind) {
    case 'round-begun':
      assert(defrag.underWay === null, 'one round at a time');
      defrag.underWay = { round: tx.round, question: tx.question, open: new Set(), left: [] };
      defrag.nextRound = tx.round + 1;
      defrag.changed.clear();
      state.next.question = tx.question + 1;
      return dueAt(state, tx.dueAt);
    case 'round-put-off':
      return dueAt(state, tx.dueAt);
    case 'round-planned':
      defrag.underWay!.question = null;
      defrag.underWay!.left = tx.networks;
      return;
    case 'round-ended':
      for (const network of defrag.underWay!.left) defrag.changed.add(network);
      defrag.underWay = null;
  }
}

function dueAt(state: ZoneState, at: number | null): void {
  state.defrag.dueAt = at;
  if (at !== null) state.addDeadline(at, DEADLINE.round, 0);
}

/** Its VMs, or where they are, have changed. */
export function noteChanged({ config, defrag }: ZoneState, networks: readonly NetworkId[]): void {
  if (config.defrag !== null) for (const network of networks) defrag.changed.add(network);
}
