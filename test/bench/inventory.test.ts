/** The benchmark of inventories: that it measures what it says, on the same tables each time. No test asserts a time. */
import { expect, test } from 'vitest';
import { benchInventory, inventoryTexts } from '../../sim/bench/inventory.js';

test('the same tables for the same seed, other ones for another', () => {
  const size = { hosts: 20, vms: 200, accounts: 7 };
  expect(inventoryTexts(size)).toEqual(inventoryTexts(size));
  expect(inventoryTexts(size, 2).vms).not.toBe(inventoryTexts(size).vms);
});

test('reads, loads and writes the inventory', () => {
  const { bench, rows } = benchInventory({ hosts: 20, vms: 200, accounts: 7 });
  expect(bench).toBe('inventory');
  expect(rows).toMatchObject([
    { case: 'read', hosts: 20, vms: 200 },
    { case: 'load', hosts: 20, vms: 200 },
    { case: 'text', hosts: 20, vms: 200 },
  ]);
  for (const { cpuSeconds } of rows) expect(cpuSeconds).toBeGreaterThan(0);
});
