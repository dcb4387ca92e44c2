/** An expectation in words: what was asked of a measure, and what came of it. */
import type { ExpectationResult } from '../sim/store/types.js';
import { figureText } from './numbers.js';

/** "at least 1 and at most 3": bounds stand as they were written. */
export function boundsText({ atLeast, atMost, equals }: ExpectationResult): string {
  const bounds: string[] = [];
  if (atLeast !== undefined) bounds.push(`at least ${atLeast}`);
  if (atMost !== undefined) bounds.push(`at most ${atMost}`);
  if (equals !== undefined) bounds.push(`exactly ${equals}`);
  return bounds.join(' and ');
}

/**
 * Three digits, unless these would hide why it was held or missed: 0.3004 against "at most 0.3" stands in full.
 */
export function actualText({ actual, atLeast, atMost, equals }: ExpectationResult): string {
  if (actual === null) return 'not modelled';
  const rounded = Number(actual.toPrecision(3));
  const sideOf = (value: number): string =>
    [atLeast, atMost, equals].map((bound) => (bound === undefined ? 0 : Math.sign(value - bound))).join();
  if (Number.isInteger(actual) || sideOf(rounded) !== sideOf(actual)) return String(actual);
  return figureText(actual);
}
