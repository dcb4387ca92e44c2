import { expect, test } from 'vitest';
import fc from 'fast-check';
import { largestResources, leastBins, lowerBoundHosts, sumOfResources } from '../../sim/measures/resources.js';

const of = (cpuMillis: number, memoryBytes: number) => ({ cpuMillis, memoryBytes });

test('the resource that needs most bins decides', () => {
  expect(leastBins(of(9_000, 10), of(4_000, 100))).toBe(3);
  expect(leastBins(of(1_000, 401), of(4_000, 100))).toBe(5);
  expect(leastBins(of(8_000, 100), of(4_000, 100))).toBe(2);
  // What is there needs a place, even if it asks for nothing.
  expect(leastBins(of(0, 0), of(4_000, 100))).toBe(1);
  expect(leastBins(of(1, 0), of(0, 100))).toBe(Infinity);
  expect(() => leastBins(of(-1, 0), of(1, 1))).toThrow(/negative/);
});

test('whole multiples of terabytes do not round into one bin more or less', () => {
  const host = of(1, 2 ** 41 + 1);
  expect(leastBins(of(0, 3 * (2 ** 41 + 1)), host)).toBe(3);
  expect(leastBins(of(0, 3 * (2 ** 41 + 1) + 1), host)).toBe(4);
});

test('the largest hosts of each resource bound how few can stay on', () => {
  const hosts = [of(4_000, 10), of(8_000, 10), of(2_000, 50)];
  expect(lowerBoundHosts(of(8_000, 10), hosts)).toBe(1);
  expect(lowerBoundHosts(of(8_001, 10), hosts)).toBe(2);
  expect(lowerBoundHosts(of(1, 61), hosts)).toBe(3);
  expect(lowerBoundHosts(of(0, 0), hosts)).toBe(0);
  expect(lowerBoundHosts(of(99_000, 0), hosts)).toBe(3);
});

const amount = fc.record({ cpuMillis: fc.nat(100_000), memoryBytes: fc.nat(2 ** 40) });

test('both bounds hold for every packing that fits, and the finer one is never below the coarser', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(amount, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
      (packed) => {
        // Hosts just large enough for what they hold: the packing uses all of them.
        const hosts = packed.map((vms) => sumOfResources(vms));
        const demand = sumOfResources(packed.flat());
        const coarse = leastBins(demand, largestResources(hosts));
        const fine = lowerBoundHosts(demand, hosts);
        expect(coarse).toBeLessThanOrEqual(hosts.length);
        expect(fine).toBeLessThanOrEqual(hosts.length);
        if (demand.cpuMillis + demand.memoryBytes > 0) expect(fine).toBeGreaterThanOrEqual(coarse);
      },
    ),
    { seed: 8 },
  );
});
