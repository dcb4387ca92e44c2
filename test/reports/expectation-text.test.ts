import { expect, test } from 'vitest';
import { actualText, boundsText } from '../../reports/expectation-text.js';

const base = { measure: 'm', held: false };

test('bounds stand as they were written', () => {
  expect(boundsText({ ...base, actual: 1, atLeast: 1.2345, atMost: 3 })).toBe('at least 1.2345 and at most 3');
  expect(boundsText({ ...base, actual: 1, equals: 0 })).toBe('exactly 0');
});

test('what came has three digits, unless they would hide why it was missed', () => {
  expect(actualText({ ...base, actual: 0.612345, atMost: 0.3 })).toBe('0.612');
  expect(actualText({ ...base, actual: 0.3000001, atMost: 0.3 })).toBe('0.3000001');
  expect(actualText({ ...base, actual: 12345, equals: 12346 })).toBe('12345');
  expect(actualText({ ...base, actual: null, equals: 0 })).toBe('not modelled');
});
