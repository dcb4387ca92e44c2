/**
 * A state look-up table: rows of (from, event, to, one sentence). Guarantees that a change which the table does not
 * hold is an error naming the state and the event, and that no (from, event) pair stands twice.
 */
import { assert } from './assert.js';

export type Row<State extends string, Event extends string> = readonly [
  from: State,
  event: Event,
  to: State,
  why: string,
];

export interface TransitionTable<State extends string, Event extends string> {
  readonly name: string;
  readonly rows: readonly Row<State, Event>[];
  readonly states: readonly State[];
  /** The state after `event` in `from`; throws where the table has no such row. */
  next(from: State, event: Event): State;
  has(from: State, event: Event): boolean;
}

export function transitionTable<State extends string, Event extends string>(
  name: string,
  rows: readonly Row<State, Event>[],
): TransitionTable<State, Event> {
  const byState = new Map<State, Map<Event, State>>();
  for (const [from, event, to] of rows) {
    for (const state of [from, to]) if (!byState.has(state)) byState.set(state, new Map());
    const events = byState.get(from)!;
    assert(!events.has(event), `${name}: two rows for ${event} in ${from}`);
    events.set(event, to);
  }
  return {
    name,
    rows,
    states: [...byState.keys()],
    has: (from, event) => byState.get(from)?.has(event) ?? false,
    next(from, event) {
      const to = byState.get(from)?.get(event);
      assert(to !== undefined, () => `${name}: no row for event ${event} in state ${from}`);
      return to;
    },
  };
}
