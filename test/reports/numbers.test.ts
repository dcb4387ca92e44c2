import { expect, test } from 'vitest';
import { amountText, countOf, countText, figureText, levelText, listText, totalText } from '../../reports/numbers.js';

test('whole numbers have their thousands apart', () => {
  expect([0, 7, 999, 1000, 12345, 1234567, -1234].map(countText)).toEqual([
    '0',
    '7',
    '999',
    '1,000',
    '12,345',
    '1,234,567',
    '-1,234',
  ]);
});

test('figures have three digits that count', () => {
  expect([0, 0.31249, 2.0951, 38.25, 999.6, 12345].map(figureText)).toEqual([
    '0',
    '0.312',
    '2.1',
    '38.3',
    '1,000',
    '12,300',
  ]);
});

test('money has all its decimals, totals all their digits', () => {
  expect([0, 0.5, 1234.5, 1234567.89].map((amount) => amountText(amount, 2))).toEqual([
    ...['0.00', '0.50', '1,234.50', '1,234,567.89'],
  ]);
  expect([amountText(1234, 0), amountText(0.1, 6)]).toEqual(['1,234', '0.100000']);
  expect([0, 38.25, 999.4, 23_498.4].map(totalText)).toEqual(['0', '38.3', '999', '23,498']);
});

test('levels line up, and only 0 is 0', () => {
  expect([0, 0.0001, 0.02704, 0.5, 0.9999, 1].map(levelText)).toEqual(['0', '<0.001', '0.027', '0.500', '1.000', '1']);
});

test('counts of things, and lists', () => {
  expect([0, 1, 2].map((count) => countOf(count, 'VM'))).toEqual(['0 VMs', '1 VM', '2 VMs']);
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listText)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
