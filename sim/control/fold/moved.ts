/** What every state transaction says, and the check that it follows from where the thing is. */
import { assert } from '../../base/assert.js';
import type { Transaction } from '../history.js';

export type Of<Kind extends Transaction['kind']> = Extract<Transaction, { kind: Kind }>;

export function moved<State>(tx: { from: State; to: State }, present: State): State {
  assert(present === tx.from, () => `transaction from ${String(tx.from)}, but the state is ${String(present)}`);
  return tx.to;
}
