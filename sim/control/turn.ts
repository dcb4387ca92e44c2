/**
 * The contract of a plane: `turn(now, inputs)`. Real management-server code without I/O: it never waits, sleeps, spawns
 * or draws time. The simulator and the bridge call the same turn.
 */
import type { Transaction } from './history.js';
import type { Command, Input, Question, TimeMicros } from './ports.js';

export interface Turn {
  /** What changed, in order. Append them to the history before any command leaves. */
  transactions: Transaction[];
  commands: Command[];
  /** Decisions asked of policies; the answers come back as inputs. */
  questions: Question[];
  /** Call `turn` again then, at the latest; null: nothing is due. */
  wakeAt: TimeMicros | null;
}

export interface Plane {
  /** `now` never falls from one turn to the next. */
  turn(now: TimeMicros, inputs: readonly Input[]): Turn;
}
