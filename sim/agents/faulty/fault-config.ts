/** What can go wrong with messages: shares of all messages, each decided by itself, and single ones named by a script. */
import type { CommandKind } from '../../control/ports.js';

export interface FaultRatios {
  /** Lost. */
  dropRatio: number;
  /** Comes twice. */
  duplicateRatio: number;
  /** Held up; the two of a doubled message are held up each by itself. Messages overtake each other only by this. */
  delayRatio: number;
}

/** The fault of one message; it takes the place of what chance would do to it. */
export interface ScriptedFault {
  /** A command on its way to the agent, or the report of one on its way back. */
  message: 'command' | 'report';
  /** Of commands, or reports of commands, of this kind ... */
  kind: CommandKind;
  /** ... the n-th that comes by, from 1. */
  nth: number;
  fault: 'drop' | 'duplicate' | { delayMicros: number };
}

export const NO_FAULTS: FaultRatios = { dropRatio: 0, duplicateRatio: 0, delayRatio: 0 };
