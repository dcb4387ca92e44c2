/** The MAC table of a switch: learning, ageing and making room, each with its reason. */
import { expect, test } from 'vitest';
import { MacTable } from '../../../sim/datacenter/frames/mac-table.js';

test('an address is where it was heard last', () => {
  const table = new MacTable(4, 100);
  table.learn(7, 1, 0);
  table.learn(7, 2, 10);
  expect(table.portOf(7, 10)).toBe(2);
  expect(table.size).toBe(1);
});

test('it is forgotten when it has been silent for longer than the ageing time', () => {
  const table = new MacTable(4, 100);
  table.learn(7, 1, 50);
  expect(table.portOf(7, 150)).toBe(1);
  expect(table.portOf(7, 151)).toBeNull();
  expect(table.portOf(8, 60)).toBeNull();
});

test('a full table forgets who was heard of longest ago, not who came first', () => {
  const table = new MacTable(2, 100);
  table.learn(1, 1, 0);
  table.learn(2, 2, 1);
  table.learn(1, 1, 2);
  table.learn(3, 3, 3);
  expect([1, 2, 3].map((address) => table.portOf(address, 3))).toEqual([1, null, 3]);
});
