/** Prices, increments, minimum and rounding, each by a sum done by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amountOf,
  chargedMicros,
  CORE_HOUR,
  currencyOf,
  GIB_HOUR,
  GIB_MONTH,
  GIGABYTE,
  HOUR_MICROS,
  roundedUp,
  type BillingRules,
} from '../../models/billing.js';
import { GIB, millionthsOf, MOST_PRICE } from '../../sim/base/units.js';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const rules = (incrementMicros: number, minimumMicros = 0, roundUp: 'each' | 'total' = 'each'): BillingRules => ({
  ...{ incrementMicros, minimumMicros, roundUp },
});

describe('charged time', () => {
  test.each([
    ['a second and a microsecond are two seconds', SECOND + 1, 0, rules(SECOND), 2 * SECOND],
    ['whole seconds stay', 5 * SECOND, 0, rules(SECOND), 5 * SECOND],
    ['an hour begun is an hour', 1, 0, rules(HOUR), HOUR],
    ['an hour is an hour', HOUR, 0, rules(HOUR), HOUR],
    ['no time is no time', 0, 0, rules(HOUR), 0],
    ['the minimum, where less ran', 10 * SECOND, 60 * SECOND, rules(SECOND), 60 * SECOND],
    ['what ran, where that is more', 61 * SECOND, 60 * SECOND, rules(SECOND), 61 * SECOND],
    ['the minimum, rounded up: 90 s are two minutes', 1, 90 * SECOND, rules(MINUTE), 2 * MINUTE],
    ['the minimum, of no time', 0, 90 * SECOND, rules(MINUTE), 2 * MINUTE],
    ['by the clock, where only the total is rounded', 61 * SECOND + 7, 0, rules(HOUR, 0, 'total'), 61 * SECOND + 7],
    ['but the minimum of each start', 1, 60 * SECOND, rules(HOUR, 0, 'total'), 60 * SECOND],
    ['a century and a microsecond, exactly', 3_153_600_000_000_001, 0, rules(SECOND), 3_153_600_001_000_000],
  ])('%s', (_, clock, owed, by, due) => {
    expect(chargedMicros(clock, owed, by)).toBe(due);
  });

  test('is the fewest whole increments that are not less', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), fc.integer({ min: 1, max: 1e9 }), (clock, owed, step) => {
        const charged = chargedMicros(clock, owed, rules(step));
        const due = Math.max(clock, owed);
        expect(charged % step).toBe(0);
        expect(charged).toBeGreaterThanOrEqual(due);
        expect(charged - due).toBeLessThan(step);
        expect(roundedUp(BigInt(due), BigInt(step))).toBe(BigInt(charged));
      }),
    );
  });
});

describe('amounts', () => {
  const hour = (micros: bigint, price: number) => ({
    ...{ quantity: micros, unit: HOUR_MICROS, priceMillionths: millionthsOf(price)! },
  });

  test.each<[string, bigint, number, number, bigint]>([
    ['an hour at 0.12', HOUR_MICROS, 0.12, 2, 12n],
    ['half a cent goes up: half an hour at 0.01', HOUR_MICROS / 2n, 0.01, 2, 1n],
    ['a microsecond less goes down', HOUR_MICROS / 2n - 1n, 0.01, 2, 0n],
    ['one cent and a half goes up: 90 min at 0.01', (HOUR_MICROS * 3n) / 2n, 0.01, 2, 2n],
    ['a tenth three times is 0.3', HOUR_MICROS * 3n, 0.1, 6, 300_000n],
    ['no decimals', HOUR_MICROS * 3n, 0.5, 0, 2n],
    ['six decimals', HOUR_MICROS, 0.000001, 6, 1n],
    ['a thousand VMs for a century', 1000n * 876_000n * HOUR_MICROS, 0.0116, 2, 1_016_160_000n],
  ])('%s', (_, micros, price, decimals, minor) => {
    expect(amountOf([hour(micros, price)], decimals)).toBe(minor);
  });

  test('each thing by its unit', () => {
    const of = (quantity: bigint, unit: bigint, price: number): bigint =>
      amountOf([{ quantity, unit, priceMillionths: millionthsOf(price)! }], 2);
    // 2 cores for 3 h at 0.05; 4 GiB for 3 h at 0.01; 20 GiB for 15 days at 0.10 a month; 2.5 GB at 0.09.
    expect(of(2000n * 3n * HOUR_MICROS, CORE_HOUR, 0.05)).toBe(30n);
    expect(of(BigInt(4 * GIB) * 3n * HOUR_MICROS, GIB_HOUR, 0.01)).toBe(12n);
    expect(of(BigInt(20 * GIB) * 360n * HOUR_MICROS, GIB_MONTH, 0.1)).toBe(100n);
    expect(of(2_500_000_000n, GIGABYTE, 0.09)).toBe(23n);
  });

  test('parts of a line are rounded together, not one by one', () => {
    const parts = [
      { quantity: CORE_HOUR, unit: CORE_HOUR, priceMillionths: 4000 },
      { quantity: GIB_HOUR, unit: GIB_HOUR, priceMillionths: 4000 },
    ];
    expect(parts.map((part) => amountOf([part], 2))).toEqual([0n, 0n]);
    expect(amountOf(parts, 2)).toBe(1n);
    expect(amountOf([], 2)).toBe(0n);
  });

  test('in the currency they are the numbers that people write', () => {
    expect(currencyOf(106n, 2)).toBe(1.06);
    expect(currencyOf(3n, 1)).toBe(0.3);
    expect(currencyOf(7n, 0)).toBe(7);
    expect(currencyOf(1_234_567n, 6)).toBe(1.234567);
  });
});

describe('prices', () => {
  test('of six decimals at most are whole millionths, up to the largest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 999_999 }), (whole, part) => {
        const text = `${whole}.${String(part).padStart(6, '0')}`;
        expect(millionthsOf(Number(text))).toBe(whole * 1_000_000 + part);
      }),
    );
    expect(millionthsOf(MOST_PRICE)).toBe(1e15);
  });

  test.each([0.0000001, 0.1234567, 1 / 3, -0.01, MOST_PRICE + 1, NaN, Infinity])('%d is none', (price) => {
    expect(millionthsOf(price)).toBeNull();
  });
});
