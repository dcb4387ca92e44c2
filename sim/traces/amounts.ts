/**
 * Amounts of a source, a number and the unit that its format counts in, held against what scenarios may say (see
 * base/units.ts). Guarantees that what a reader lets through can be written into a fragment and run: a whole number of
 * base units, no more than podtwin can simulate.
 */
import { humanQuantity, QUANTITIES, type QuantityKind } from '../base/units.js';

export type AmountKind = 'duration' | 'memory' | 'cpu';

/** In base units: times (and CPU use to its last piece) from a trace's beginning on, sizes of a host or VM. */
export function mostOf(kind: QuantityKind): number {
  return QUANTITIES[kind].most ?? Number.MAX_SAFE_INTEGER;
}

/** `value` units in base units, to the nearest; null: more than podtwin can simulate. */
export function amountOf(kind: AmountKind, value: number, unit: number): number | null {
  const amount = Math.round(value * unit);
  return amount <= mostOf(kind) ? amount : null;
}

/** For what is above the most; `what` is in quotes where it is written so. */
export function tooMuch(kind: QuantityKind, what: string): string {
  return `${what} is more than podtwin can simulate, which is ${humanQuantity(kind, mostOf(kind))} at most`;
}
