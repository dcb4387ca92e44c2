/** Transfers worked out by hand: every rule of the header once. */
import { expect, test } from 'vitest';
import { SharedNetwork } from '../../../models/network/shared-network.js';
import { TUNING } from '../../../models/network/transfers/tuning.js';

const M = 1e6;

/** Ends by number, until nothing moves. */
function endsOf(network: SharedNetwork): [id: number, end: number][] {
  const ends: [number, number][] = [];
  for (let next = network.nextEndSeconds; next < Infinity; next = network.nextEndSeconds)
    for (const { id, endSeconds } of network.advance(next)) ends.push([id, endSeconds]);
  return ends;
}

test('two flows share a link; the second takes all once the first is done', () => {
  const network = new SharedNetwork([10 * M]);
  const short = network.start(0, { links: [0], bits: 5 * M });
  const long = network.start(0, { links: [0], bits: 10 * M });
  // 5 Mbit at 5 Mbit/s: 1 s. Then 5 Mbit are left at 10 Mbit/s: half a second.
  expect([network.rateOf(short), network.rateOf(long), network.linkRate(0)]).toEqual([5 * M, 5 * M, 10 * M]);
  expect(network.bitsLeft(long, 0.25)).toBe(8.75 * M);
  expect(network.linkBitsUntil(0, 0.25)).toBe(2.5 * M);
  expect(network.activeCount).toBe(2);
  expect(endsOf(network)).toEqual([
    [short, 1],
    [long, 1.5],
  ]);
  expect(network.activeCount).toBe(0);
  expect(network.linkBitsUntil(0, 2)).toBe(15 * M);
});

test('three links in a row: the long flow and its neighbours get what the fullest link leaves', () => {
  const network = new SharedNetwork([3 * M, 10 * M]);
  const both = network.start(0, { links: [0, 1], bits: M });
  const first = [network.start(0, { links: [0], bits: M }), network.start(0, { links: [0], bits: M })];
  const second = network.start(0, { links: [1], bits: M });
  // Link 0 gives a third to each; link 1 has 9 Mbit/s left for its other flow.
  expect([both, ...first, second].map((id) => network.rateOf(id))).toEqual([M, M, M, 9 * M]);
});

test('weights share in proportion', () => {
  const network = new SharedNetwork([9 * M]);
  const light = network.start(0, { links: [0], bits: M });
  const heavy = network.start(0, { links: [0], bits: M, weight: 2 });
  expect([network.rateOf(light), network.rateOf(heavy)]).toEqual([3 * M, 6 * M]);
});

test('a cap holds, what it leaves is shared, and it can be changed', () => {
  const network = new SharedNetwork([10 * M]);
  const capped = network.start(0, { links: [0], bits: 10 * M, capBitsPerSecond: 2 * M });
  const free = network.start(0, { links: [0], bits: 16 * M });
  expect([network.rateOf(capped), network.rateOf(free)]).toEqual([2 * M, 8 * M]);
  network.setCap(1, capped, 7 * M);
  // 8 Mbit left of each, 5 Mbit/s for each.
  expect(endsOf(network)).toEqual([
    [capped, 2.6],
    [free, 2.6],
  ]);
});

test('a flow without links ends by its cap, or at once', () => {
  const network = new SharedNetwork();
  network.start(0, { links: [], bits: 3 * M, capBitsPerSecond: M });
  network.start(0, { links: [], bits: 3 * M });
  expect(endsOf(network).map(([, end]) => end)).toEqual([0, 3]);
});

test('no bits: done as it starts, whatever the links', () => {
  const network = new SharedNetwork([0, M]);
  const other = network.start(1, { links: [1], bits: M });
  const empty = network.start(1.5, { links: [0, 1], bits: 0 });
  expect(network.nextEndSeconds).toBe(1.5);
  expect(network.rateOf(empty)).toBe(0);
  expect(endsOf(network)).toEqual([
    [empty, 1.5],
    [other, 2],
  ]);
});

test('capacity 0 stalls, without end, until there is some again', () => {
  const network = new SharedNetwork([M, 5 * M]);
  const id = network.start(0, { links: [0, 1], bits: 2 * M });
  network.setCapacity(1, 0, 0);
  expect([network.rateOf(id), network.nextEndSeconds, network.bitsLeft(id, 50)]).toEqual([0, Infinity, M]);
  expect(network.advance(100)).toEqual([]);
  network.setCapacity(100, 0, 2 * M);
  expect(endsOf(network)).toEqual([[id, 100.5]]);
});

test('a link that a path names twice counts once', () => {
  const network = new SharedNetwork([M]);
  const id = network.start(0, { links: [0, 0, 0], bits: M });
  expect(network.rateOf(id)).toBe(M);
  expect(network.linkRate(0)).toBe(M);
});

test('a guarantee is reserved first, and the rest is shared with all', () => {
  const network = new SharedNetwork([10 * M]);
  const promised = network.start(0, { links: [0], bits: M, guaranteedBitsPerSecond: 4 * M });
  const other = network.start(0, { links: [0], bits: M });
  // 6 Mbit/s are left: 3 for each.
  expect([network.rateOf(promised), network.rateOf(other)]).toEqual([7 * M, 3 * M]);
});

test('guarantees beyond a link are scaled down alike; by the link that scales most, on the whole path', () => {
  const network = new SharedNetwork([10 * M, 100 * M]);
  const a = network.start(0, { links: [0, 1], bits: M, guaranteedBitsPerSecond: 15 * M });
  const b = network.start(0, { links: [0], bits: M, guaranteedBitsPerSecond: 5 * M });
  const none = network.start(0, { links: [0], bits: M });
  const elsewhere = network.start(0, { links: [1], bits: M });
  // Link 0 promises 20 and has 10: half of each, nothing is left for the third. Link 1 has 92.5 left.
  expect([a, b, none, elsewhere].map((id) => network.rateOf(id))).toEqual([7.5 * M, 2.5 * M, 0, 92.5 * M]);
  network.cancel(0, b);
  // 15 promised of 10.
  expect([a, none, elsewhere].map((id) => network.rateOf(id))).toEqual([10 * M, 0, 90 * M]);
  network.setCapacity(0, 0, 25 * M);
  // 15 reserved, 10 left for two.
  expect([a, none].map((id) => network.rateOf(id))).toEqual([20 * M, 5 * M]);
});

test('a cap below the guarantee holds', () => {
  const network = new SharedNetwork([10 * M]);
  const id = network.start(0, { links: [0], bits: M, guaranteedBitsPerSecond: 5 * M, capBitsPerSecond: 2 * M });
  const other = network.start(0, { links: [0], bits: M });
  expect([network.rateOf(id), network.rateOf(other)]).toEqual([2 * M, 8 * M]);
});

test('equal ends are one end, in the order of numbers', () => {
  const network = new SharedNetwork([0.3 * M, M]);
  const ids = [0.1, 0.1, 0.1].map((share) => network.start(0, { links: [0, 1], bits: share * M }));
  const ended = network.advance(network.nextEndSeconds);
  expect(ended.map(({ id }) => id)).toEqual(ids);
  expect(new Set(ended.map(({ endSeconds }) => endSeconds)).size).toBe(1);
});

test('who starts first among equals makes no difference', () => {
  const requests = [
    { links: [0, 1], bits: 3 * M },
    { links: [1, 2], bits: 2 * M, weight: 3 },
    { links: [0, 2], bits: M, capBitsPerSecond: M },
    { links: [0, 1], bits: 3 * M },
  ];
  const outcomes = [requests, [...requests].reverse()].map((order) => {
    const network = new SharedNetwork([2 * M, 3 * M, 5 * M]);
    const ids = order.map((request) => network.start(0, request));
    const rates = ids.map((id) => network.rateOf(id));
    const ends = endsOf(network).sort(([a], [b]) => a - b);
    return ends.map(([, end], flow) => [rates[flow], end]);
  });
  expect(outcomes[1]!.reverse()).toEqual(outcomes[0]);
});

test('a cancelled flow leaves the link to others, and never ends', () => {
  const network = new SharedNetwork([2 * M]);
  const gone = network.start(0, { links: [0], bits: 10 * M });
  const stays = network.start(0, { links: [0], bits: 3 * M });
  expect(network.cancel(1, gone)).toBe(9 * M);
  expect(endsOf(network)).toEqual([[stays, 2]]);
  // 1 Mbit of the one that was cancelled, 3 of the other.
  expect(network.linkBitsUntil(0, 5)).toBe(4 * M);
  expect(() => network.rateOf(gone)).toThrow(/there is no flow/);
});

test('numbers are not given twice, though slots are used again', () => {
  const network = new SharedNetwork([M]);
  const ids = Array.from({ length: 50 }, () => {
    const id = network.start(0, { links: [0], bits: M });
    network.cancel(0, id);
    return id;
  });
  expect(new Set(ids).size).toBe(50);
});

test('ends that a start comes upon are given out by the next advance, at their exact times', () => {
  const network = new SharedNetwork([M]);
  const first = network.start(0, { links: [0], bits: M });
  const second = network.start(1.5, { links: [0], bits: M });
  expect(network.bitsLeft(first, 1.5)).toBe(0);
  expect(network.nextEndSeconds).toBe(1);
  expect(network.advance(1.5)).toEqual([{ id: first, endSeconds: 1 }]);
  expect(endsOf(network)).toEqual([[second, 2.5]]);
});

test('a wake-up that was rounded down: the end is exact all the same, and a call of that tick still counts', () => {
  const network = new SharedNetwork([3 * M]);
  const id = network.start(0, { links: [0], bits: M });
  const end = network.nextEndSeconds;
  const wake = Math.round(end * 1e6) / 1e6;
  expect(wake).toBeLessThan(end);
  expect(network.advance(wake)).toEqual([]);
  expect(network.advance(network.nextEndSeconds)).toEqual([{ id, endSeconds: end }]);
  // Of the same tick; counts from the end on.
  network.start(wake, { links: [0], bits: 3 * M });
  expect(endsOf(network)[0]![1]).toBe(end + 1);
  expect(() => network.start(0.5, { links: [0], bits: 1 })).toThrow(/time falls/);
});

test('links that come later, and what is no request', () => {
  const network = new SharedNetwork([M]);
  network.start(0, { links: [0], bits: M, capBitsPerSecond: M });
  const late = network.addLink(2 * M);
  const id = network.start(0, { links: [late], bits: M });
  expect(network.rateOf(id)).toBe(2 * M);
  expect(() => network.start(0, { links: [99], bits: 1 })).toThrow(/there is no link 99/);
  expect(() => network.start(0, { links: [0], bits: NaN })).toThrow(/NaN bits/);
  expect(() => network.start(0, { links: [0], bits: 1, weight: 0 })).toThrow(/weight 0/);
  expect(() => network.setCapacity(0, 0, Infinity)).toThrow(/a capacity of Infinity/);
  expect(() => network.setCap(0, id, 1)).toThrow(/without a cap/);
});

test('links that cannot fill: their bounds begin with the rates of the moment', () => {
  // Found by the random networks: speeds that bounds had been told of long ago made growth look like none.
  const tuning = {
    leastBudget: 8,
    budgetShare: 0,
    quietFlows: 1,
    quietEntries: 0,
    lookEvery: 0,
    quietBelow: 1,
    loudAbove: 1,
  };
  const network = new SharedNetwork([2.5 * M, 2.5 * M], { ...TUNING, ...tuning });
  network.start(0, { links: [0, 1], bits: M, capBitsPerSecond: 0 });
  const capped = network.start(0.001, { links: [0, 1], bits: 101_002, weight: 0.1, capBitsPerSecond: M });
  network.setCapacity(0.002, 0, 3 * M);
  const other = network.start(0.002, { links: [0, 1], bits: M });
  const ends = endsOf(network);
  expect(ends.map(([id]) => id)).toEqual([other, capped]);
  // 2 bits are left for its cap once the other is done.
  expect(ends[1]![1] - ends[0]![1]).toBeCloseTo(2 / M, 11);
});
