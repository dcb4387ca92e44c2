/**
 * What customers pay: from time, sizes and prices to money, exactly.
 *
 *   t' = ceil(max(t, m) / q) q     charged time of an interval in which a VM ran (`roundUp: each`)
 *   T' = ceil(Σ max(t, m) / q) q   the same where only an account's time of an offering is rounded up (`roundUp: total`)
 *   A = round(Σ n p / u)           amount of a line, to whole minor units, half a unit up
 *
 *   t  clock time of the interval [s]       q  increment [s]       m  what is left of the minimum of its start [s]
 *   n  what is charged: VM time, or CPU or memory times time, disk times time, bytes       p  price per u
 *   u  an hour; a core-hour; a GiB-hour; a GiB-month of 30 days; a gigabyte of 10^9 bytes
 *
 * Units: time is counted in microseconds, CPU in thousandths of a core, memory and disk in bytes, prices in millionths of
 * the currency; all of them are whole numbers of any size (BigInt), so nothing is rounded before the amount is. Amounts
 * are counted in minor units: 10^-d of the currency, d the decimals of a bill (2: cents). Rounding happens once for each
 * account and line; sums of lines are exact, whichever way they are added up.
 * A start owes its minimum once: a resize, which ends one interval and begins the next, owes only what is left of it, and
 * the last interval pays that.
 *
 * Source: a definition. Increments and minimum as clouds sell them: EC2 charged each hour begun until 2017, since then
 * seconds with a minimum of 60 s (AWS, "Announcing Amazon EC2 per second billing", 2 October 2017).
 * Valid range: prices of 0 to 10^9 with six decimals at most; increments and minimum of up to a century.
 * Ignored: discounts, reservations, spot prices, free tiers, taxes, prices that change, calendar months.
 */
import { assert } from '../sim/base/assert.js';

/** What is paid for, in the units that it is counted in: one of a unit is this many of them. */
export const HOUR_MICROS = 3_600_000_000n;
export const CORE_HOUR = 1000n * HOUR_MICROS;
export const GIB_HOUR = 1_073_741_824n * HOUR_MICROS;
export const GIB_MONTH = 30n * 24n * GIB_HOUR;
export const GIGABYTE = 1_000_000_000n;

const MILLIONTHS = 1_000_000n;

export interface BillingRules {
  incrementMicros: number;
  /** That each start owes. */
  minimumMicros: number;
  /** `each`: every interval is rounded up to whole increments; `total`: an account's time of an offering is. */
  roundUp: 'each' | 'total';
}

/** Of an interval that ends a run of the VM, where its start still owes `owedMicros`; of any other, owing 0. */
export function chargedMicros(clockMicros: number, owedMicros: number, rules: BillingRules): number {
  assert(clockMicros >= 0 && owedMicros >= 0, 'chargedMicros: times are not negative');
  const due = Math.max(clockMicros, owedMicros);
  if (rules.roundUp === 'total') return due;
  const begun = due % rules.incrementMicros;
  return begun === 0 ? due : due - begun + rules.incrementMicros;
}

/** The smallest multiple of `step` that is not less. */
export function roundedUp(amount: bigint, step: bigint): bigint {
  assert(amount >= 0n && step > 0n, 'roundedUp: the amount is not negative, the step is positive');
  return ((amount + step - 1n) / step) * step;
}

/** Part of a line: `quantity` of something that costs `priceMillionths` for each `unit` of it. */
export interface Charge {
  quantity: bigint;
  unit: bigint;
  priceMillionths: number;
}

/** Of a line made of these parts, in minor units: the nearest whole number, half a unit up. */
export function amountOf(charges: readonly Charge[], decimals: number): bigint {
  let numerator = 0n;
  let denominator = 1n;
  for (const { quantity, unit, priceMillionths } of charges) {
    assert(quantity >= 0n && priceMillionths >= 0, 'amountOf: quantities and prices are not negative');
    numerator = numerator * unit + quantity * BigInt(priceMillionths) * denominator;
    denominator *= unit;
  }
  numerator *= minorPerUnit(decimals);
  denominator *= MILLIONTHS;
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Minor units as the currency's: exact as far as a double is. */
export function currencyOf(minor: bigint, decimals: number): number {
  return Number(minor) / Number(minorPerUnit(decimals));
}

function minorPerUnit(decimals: number): bigint {
  assert(decimals >= 0 && decimals <= 6, 'a bill has 0 to 6 decimals');
  let minor = 1n;
  for (let at = 0; at < decimals; at++) minor *= 10n;
  return minor;
}
