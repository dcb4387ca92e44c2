/**
 * The order of events of one instant as one exact number: messages first, by their sender's place among the lanes and
 * its message number; then the lane's own events by phase, then by sequence number. No two events of a lane are equal.
 */

/** A lane's sequence numbers stay below this. */
const SEQUENCES = 0x1_0000_0000_0000; // 2^48
/** A lane's message numbers stay below this. */
const MESSAGES = 0x100_0000_0000; // 2^40
/** Messages are numbered upwards from here: below all phases. */
const FIRST_MESSAGE = -16 * SEQUENCES;

export const PHASE_COUNT = 8;
export const LANES_AT_MOST = -FIRST_MESSAGE / MESSAGES; // 4096
/** Number of classes that `orderClass` tells apart. */
export const ORDER_CLASSES = 16 + PHASE_COUNT;

export function orderOfPhase(phase: number): number {
  return phase * SEQUENCES;
}

export function orderOfMessage(lane: number, message: number): number {
  return FIRST_MESSAGE + lane * MESSAGES + message;
}

/** A small number that rises with the order: events of one phase have the same. */
export function orderClass(order: number): number {
  return Math.floor(order / SEQUENCES) + 16;
}
