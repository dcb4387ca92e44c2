/** The network's benchmark: that it measures what it says, on the same transfers each time. No test asserts a time. */
import { expect, test } from 'vitest';
import { benchNetwork, networkCases, type NetworkBenchRow } from '../../sim/bench/network.js';
import { naiveEnds, networkEnds } from '../../sim/bench/transfer-ends.js';

test.each(networkCases(400, 42))('$case: the naive solver finds the same ends', ({ capacities, transfers }) => {
  const ours = networkEnds(capacities, transfers);
  const naive = naiveEnds(capacities, transfers);
  expect(ours).toHaveLength(400);
  // Both exact but for rounding: of the naive one, a thousand-millionth of a transfer.
  ours.forEach((end, transfer) => expect(Math.abs(end - naive[transfer]!)).toBeLessThan(1e-8));
  transfers.forEach(({ startSeconds, bits }, transfer) => {
    expect(ours[transfer]! - startSeconds).toBeGreaterThanOrEqual((bits / 1e9) * (1 - 1e-12));
    expect([bits >= 8e6, bits <= 8e8, Number.isInteger(bits / 8)]).toEqual([true, true, true]);
  });
});

test('transfers: the same for a seed, others for another; at once, or a thousand a second', () => {
  const [atOnce, poisson] = networkCases(2_000, 42);
  expect(networkCases(2_000, 42)).toEqual([atOnce, poisson]);
  expect(networkCases(2_000, 43)[0]!.transfers).not.toEqual(atOnce!.transfers);
  expect(atOnce!.transfers.every(({ startSeconds }) => startSeconds === 0)).toBe(true);
  const last = poisson!.transfers.at(-1)!.startSeconds;
  // 2 s, with a standard deviation of 0.045 s.
  expect(Math.abs(last - 2)).toBeLessThan(0.2);
});

test('rows: each case of ours with its ratio, the naive solver beside it', () => {
  const logged: NetworkBenchRow[] = [];
  const { bench, machine, seed, rows } = benchNetwork({ flows: 100, runs: 2, log: (row) => logged.push(row) });
  expect([bench, machine.node, seed]).toEqual(['network', process.version, 42]);
  expect(logged).toEqual(rows);
  expect(rows.map((row) => [row.case, row.flows, row.reference])).toEqual([
    ['flows-at-once', 100, false],
    ['flows-at-once', 100, true],
    ['flows-poisson', 100, false],
    ['flows-poisson', 100, true],
    ['vm-move', 10, true],
    ['vm-move', 10_000, false],
  ]);
  for (const { reference, cpuSeconds, firstCpuSeconds, ratio } of rows) {
    expect(cpuSeconds).toBeGreaterThan(0);
    expect(firstCpuSeconds).toBeGreaterThanOrEqual(cpuSeconds);
    expect(ratio === null).toBe(reference);
  }
  for (const at of [0, 2]) expect(rows[at]!.ratio).toBeCloseTo(rows[at + 1]!.cpuSeconds / rows[at]!.cpuSeconds, 10);
});
