/** Azure's distributions: the restated points are those of the figures, and what is drawn follows them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AZURE_VMS_PER_CUSTOMER_AND_SECOND } from '../../../models/workload/azure-arrivals.js';
import { AZURE_CPU_USE, AZURE_CPU_USE_POINTS } from '../../../models/workload/azure-cpu-use.js';
import {
  AZURE_DEPLOYMENT_POINTS,
  AZURE_DEPLOYMENTS,
  MOST_DEPLOYED,
} from '../../../models/workload/azure-deployments.js';
import {
  AZURE_LIFETIME_POINTS,
  AZURE_LIFETIMES,
  AZURE_LONGEST_HOURS,
} from '../../../models/workload/azure-lifetimes.js';
import {
  AZURE_CORES,
  AZURE_DISK_BYTES,
  AZURE_MEMORY,
  azureSize,
  azureSizes,
} from '../../../models/workload/azure-sizes.js';
import { GIB } from '../../../sim/base/units.js';
import { hasSharedData } from '../../shared-data.js';
import { azureRows, DIGITISED } from './azure-csv.js';
import { chiSquare, chiSquareBound, ksBound, samples } from './sampling.js';

const YEARS = [2017, 2019] as const;
const COUNT = 100_000;
const withData = describe.skipIf(!hasSharedData);

withData.each(YEARS)('%i: the restated points are those of the figures, to within a percentage point', (year) => {
  const restated = (points: readonly (readonly [number, number])[], quantity: string): void => {
    const rows = azureRows(quantity, year);
    expect(rows.length).toBeGreaterThan(4);
    expect(points.map(([x]) => x)).toEqual(rows.map(({ x }) => Number(x)));
    points.forEach(([, percent], at) => expect(Math.abs(percent - rows[at]!.percent)).toBeLessThanOrEqual(DIGITISED));
  };
  const upperEnd = (x: string, open: number): number => (x.startsWith('>') ? open : Number(x.split('-').at(-1)));

  test('lifetimes', () => restated(AZURE_LIFETIME_POINTS[year], 'vm_lifetime_hours'));
  test('deployments', () => restated(AZURE_DEPLOYMENT_POINTS[year], 'deployment_size_vms'));
  test.skipIf(year === 2019)('mean use of CPU', () => restated(AZURE_CPU_USE_POINTS, 'vm_avg_cpu_pct'));

  test.each([
    ['vm_cores', AZURE_CORES[year], 30],
    ['vm_memory_gb', AZURE_MEMORY[year], 70],
  ] as const)('%s', (quantity, shares, open) => {
    const rows = azureRows(year === 2017 ? quantity : `${quantity}_bucket`, year);
    expect(shares.map(([size]) => size)).toEqual(rows.map(({ x }) => upperEnd(x, open)));
    shares.forEach(([, percent], at) => expect(Math.abs(percent - rows[at]!.percent)).toBeLessThanOrEqual(DIGITISED));
  });
});

withData.each(YEARS)('%i: 100,000 draws follow the figures (Kolmogorov-Smirnov, level 0.001)', (year) => {
  const follows = (values: readonly number[], quantity: string, scale: number): void => {
    for (const { x, percent } of azureRows(quantity, year)) {
      // A value that is drawn at the point itself is not above it, whatever its last digit.
      const upTo = Number(x) * scale * (1 + 1e-12);
      const share = values.filter((value) => value <= upTo).length / values.length;
      expect(Math.abs(share - percent / 100), `${quantity} up to ${x}`).toBeLessThan(ksBound(values.length));
    }
  };

  test('lifetimes', () =>
    follows(
      samples(`lifetimes ${year}`, COUNT, (u) => AZURE_LIFETIMES[year].quantile(u)),
      'vm_lifetime_hours',
      3600,
    ));

  test('deployments', () =>
    follows(
      samples(`deployments ${year}`, COUNT, (u) => AZURE_DEPLOYMENTS[year].quantile(u)),
      'deployment_size_vms',
      1,
    ));

  test.skipIf(year === 2019)('mean use of CPU', () =>
    follows(
      samples('cpu use', COUNT, (u) => AZURE_CPU_USE.quantile(u)),
      'vm_avg_cpu_pct',
      0.01,
    ),
  );

  test.each([
    ['vm_cores', 1000, (u: number) => azureSize(year, u).cpuMillis],
    ['vm_memory_gb', GIB, (u: number) => azureSize(year, u).memoryBytes],
  ] as const)('the marginal of %s, cell by cell (chi-square, level 0.001)', (quantity, unit, of) => {
    const rows = azureRows(year === 2017 ? quantity : `${quantity}_bucket`, year);
    const shares = quantity === 'vm_cores' ? AZURE_CORES[year] : AZURE_MEMORY[year];
    const values = samples(`${quantity} ${year}`, COUNT, of);
    const counts = shares.map(([size]) => values.filter((value) => value === size * unit).length);
    const sum = rows.reduce((total, { percent }) => total + percent, 0);
    expect(counts.reduce((a, b) => a + b)).toBe(COUNT);
    const expected = rows.map(({ percent }) => (percent / sum) * COUNT);
    expect(chiSquare(counts, expected)).toBeLessThan(chiSquareBound(rows.length - 1));
  });
});

describe.each(YEARS)('%i', (year) => {
  test('lifetimes have the mean that the totals of the dataset imply, and lie between 5 minutes and the stated end', () => {
    const [hours, vms] = year === 2017 ? [104_371_713, 2_013_767] : [162_465_708, 2_695_548];
    const seen = hours / vms;
    const implied = (720 * seen) / (720 - seen);
    expect(Math.abs(AZURE_LIFETIMES[year].mean / 3600 / implied - 1)).toBeLessThan(0.01);
    expect(AZURE_LIFETIMES[year].quantile(0)).toBe(300);
    expect(AZURE_LIFETIMES[year].quantile(1)).toBe(AZURE_LONGEST_HOURS[year] * 3600);
    const draws = samples(`mean ${year}`, COUNT, (u) => AZURE_LIFETIMES[year].quantile(u));
    const mean = draws.reduce((sum, one) => sum + one, 0) / COUNT;
    const deviation = Math.sqrt(draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / COUNT / COUNT);
    expect(Math.abs(mean - AZURE_LIFETIMES[year].mean)).toBeLessThan(3.3 * deviation);
  });

  test('the long-lived hold most VM-hours', () => {
    const { points, mean } = AZURE_LIFETIMES[year];
    const [low, high] = points.slice(-2);
    const tail =
      ((high!.cumulative - low!.cumulative) * (high!.value - low!.value)) / Math.log(high!.value / low!.value);
    expect(tail / mean).toBeGreaterThan(0.8);
  });

  test('quantile and cumulative share are each other’s inverse, and rise', () => {
    const u = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(u, u, (a, b) => {
        const life = AZURE_LIFETIMES[year];
        expect(life.cumulative(life.quantile(a))).toBeCloseTo(a, 9);
        expect(life.quantile(Math.min(a, b))).toBeLessThanOrEqual(life.quantile(Math.max(a, b)));
        expect(AZURE_CPU_USE.cumulative(AZURE_CPU_USE.quantile(a))).toBeCloseTo(a, 9);
        const deployed = AZURE_DEPLOYMENTS[year];
        const vms = deployed.quantile(a);
        expect(deployed.cumulative(vms)).toBeGreaterThan(a);
        expect(deployed.cumulative(vms - 1)).toBeLessThanOrEqual(a);
        const sizes = [azureSize(year, Math.min(a, b)), azureSize(year, Math.max(a, b))] as const;
        expect(sizes[0].cpuMillis).toBeLessThanOrEqual(sizes[1].cpuMillis);
        expect(sizes[0].memoryBytes).toBeLessThanOrEqual(sizes[1].memoryBytes);
      }),
      { seed: 5 },
    );
  });

  test('deployments are whole, from 1 to the cut', () => {
    const deployed = AZURE_DEPLOYMENTS[year];
    const draws = samples(`whole ${year}`, COUNT, (u) => deployed.quantile(u));
    expect(draws.every((vms) => Number.isInteger(vms) && vms >= 1 && vms <= MOST_DEPLOYED)).toBe(true);
    expect([deployed.quantile(0), deployed.quantile(1 - 2 ** -53)]).toEqual([1, MOST_DEPLOYED]);
    const mean = draws.reduce((sum, one) => sum + one, 0) / COUNT;
    const deviation = Math.sqrt(draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / COUNT / COUNT);
    expect(Math.abs(mean - deployed.mean)).toBeLessThan(3.3 * deviation);
  });

  test('all sizes together have a share of 1, and whole units', () => {
    const sizes = azureSizes(year);
    expect(sizes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const { size, share } of sizes) {
      expect(share).toBeGreaterThan(0);
      expect(Object.values(size).every(Number.isInteger)).toBe(true);
      expect(size.diskBytes).toBe(AZURE_DISK_BYTES);
    }
    const draws = samples(`sizes ${year}`, COUNT, (u) => JSON.stringify(azureSize(year, u)));
    const counts = sizes.map(({ size }) => draws.filter((drawn) => drawn === JSON.stringify(size)).length);
    expect(counts.reduce((a, b) => a + b)).toBe(COUNT);
    const expected = sizes.map(({ share }) => share * COUNT);
    expect(chiSquare(counts, expected)).toBeLessThan(chiSquareBound(sizes.length - 1));
  });
});

test('what the headers say in numbers', () => {
  expect(YEARS.map((year) => Math.round(AZURE_DEPLOYMENTS[year].cumulative(1) * 100))).toEqual([35, 50]);
  expect(YEARS.map((year) => AZURE_DEPLOYMENTS[year].mean.toFixed(1))).toEqual(['17.5', '9.4']);
  expect([AZURE_CPU_USE.quantile(0.5), AZURE_CPU_USE.mean].map((one) => one.toFixed(2))).toEqual(['0.11', '0.16']);
  expect(YEARS.map((year) => (AZURE_VMS_PER_CUSTOMER_AND_SECOND[year] * 86_400).toFixed(1))).toEqual(['11.3', '13.4']);
});
