/** Fair rates for a network given as data: worked out by hand, and the bottleneck condition on random ones. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxMinRates } from '../../../models/network/max-min.js';
import { unfairness } from './unfairness.js';

test('the textbook network: two links, three flows', () => {
  // Link 1 gives 5 to each of its two; link 0 has 10 - 5 left.
  expect(maxMinRates([20, 10], [{ links: [0, 1] }, { links: [1] }, { links: [0] }])).toEqual([5, 5, 15]);
});

test('weights, caps and guarantees', () => {
  expect(maxMinRates([12], [{ links: [0], weight: 2 }, { links: [0] }])).toEqual([8, 4]);
  expect(maxMinRates([12], [{ links: [0], capBitsPerSecond: 2 }, { links: [0] }])).toEqual([2, 10]);
  expect(maxMinRates([12], [{ links: [0], guaranteedBitsPerSecond: 4 }, { links: [0] }])).toEqual([8, 4]);
  // 20 promised of 12; the cap lets less be reserved, and the rest is shared.
  const promised = { links: [0], guaranteedBitsPerSecond: 10 };
  expect(maxMinRates([12], [promised, promised, { links: [0] }])).toEqual([6, 6, 0]);
  expect(maxMinRates([12], [{ ...promised, capBitsPerSecond: 1 }, { links: [0] }])).toEqual([1, 11]);
});

test('nothing there, nobody to limit, a link named twice', () => {
  expect(maxMinRates([], [])).toEqual([]);
  expect(maxMinRates([5], [{ links: [] }, { links: [], capBitsPerSecond: 3 }])).toEqual([Infinity, 3]);
  expect(maxMinRates([0, 7], [{ links: [0, 1] }, { links: [1, 1] }])).toEqual([0, 7]);
  expect(() => maxMinRates([5], [{ links: [1] }])).toThrow(/there is no link 1/);
});

test('random networks: every flow has its bottleneck', () => {
  const capacity = fc.constantFrom(1, 2, 3, 10, 0.7, 0);
  const flow = fc.record({
    links: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
    weight: fc.constantFrom(1, 1, 2, 0.3),
    cap: fc.constantFrom(Infinity, 0.5, 2),
  });
  fc.assert(
    fc.property(
      fc.array(capacity, { minLength: 6, maxLength: 6 }),
      fc.array(flow, { maxLength: 20 }),
      (capacities, flows) => {
        const asked = flows.map(({ cap, ...rest }) => (cap < Infinity ? { ...rest, capBitsPerSecond: cap } : rest));
        const rates = maxMinRates(capacities, asked);
        expect(
          unfairness(
            capacities,
            flows.map((one, at) => ({ ...one, reserved: 0, rate: rates[at]! })),
          ),
        ).toBeNull();
      },
    ),
    { seed: 20_240_611, numRuns: 1_000 },
  );
});
