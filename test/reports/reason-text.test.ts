import { expect, test } from 'vitest';
import { byFrequency, reasonText } from '../../reports/reason-text.js';
import { REASONS } from '../../sim/control/ports.js';

test('every reason there is has words', () => {
  expect(REASONS.filter((reason) => reasonText(reason) === reason)).toEqual([]);
});

test('a reason that is not known stands for itself, whatever it is called', () => {
  expect(['moon-full', 'toString'].map(reasonText)).toEqual(['moon-full', 'toString']);
});

test('most frequent first, then by name; what did not occur is left out', () => {
  expect(byFrequency({ b: 1, a: 1, c: 5, d: 0 }).map(({ reason }) => reason)).toEqual(['c', 'a', 'b']);
});
