/**
 * An account's bill: what it used, line by line, each amount rounded once. Lines come in a fixed order: offerings as in
 * the scenario, VMs of no offering, disks, public addresses, traffic; what was not used, or is not charged, has none.
 */
import {
  amountOf,
  CORE_HOUR,
  currencyOf,
  GIB_HOUR,
  GIB_MONTH,
  GIGABYTE,
  HOUR_MICROS,
  roundedUp,
  type BillingRules,
} from '../../models/billing.js';
import { GIB, MILLIS_PER_CORE } from '../base/units.js';
import type { BillLine } from '../store/types.js';
import type { AccountUsage } from './account-usage.js';
import type { PriceList } from './price-list.js';

/** Nothing is rounded but `amountMinor`, which is in 10^-decimals of the currency. */
export interface ExactLine {
  kind: BillLine['kind'];
  /** null: of another kind. */
  offering: number | null;
  starts: number;
  /** VM time, or time of addresses. */
  clockMicros: bigint;
  chargedMicros: bigint;
  cpuMilliMicros: bigint;
  /** Of memory or disk. */
  byteMicros: bigint;
  bytes: bigint;
  amountMinor: bigint;
}

type Used = Partial<ExactLine> & Pick<ExactLine, 'kind'>;
type Parts = [quantity: bigint, unit: bigint, priceMillionths: number | null][];

export function billOf(usage: AccountUsage, prices: PriceList, rules: BillingRules): ExactLine[] {
  const lines: ExactLine[] = [];
  const add = (used: Used, parts: Parts): void => {
    const charges = parts.map(([quantity, unit, price]) => ({ quantity, unit, priceMillionths: price ?? 0 }));
    lines.push({ ...emptyLine(used.kind), ...used, amountMinor: amountOf(charges, prices.decimals) });
  };
  // Where single intervals are rounded up, the total is whole increments already.
  const up = (amount: bigint, perIncrement: number): bigint =>
    rules.roundUp === 'each' ? amount : roundedUp(amount, BigInt(rules.incrementMicros) * BigInt(perIncrement));
  prices.offerings.forEach(({ perHour }, offering) => {
    const used = usage.vms.get(offering);
    if (!used) return;
    const chargedMicros = up(used.chargedMicros, 1);
    add({ kind: 'offering', offering, ...used, chargedMicros }, [[chargedMicros, HOUR_MICROS, perHour]]);
  });
  if (usage.resources !== null) {
    const { perCoreHour, perGibHour } = prices;
    const chargedMicros = up(usage.resources.chargedMicros, 1);
    const cpuMilliMicros = up(usage.resources.cpuMilliMicros, MILLIS_PER_CORE);
    const byteMicros = up(usage.resources.byteMicros, GIB);
    const used = { ...usage.resources, chargedMicros, cpuMilliMicros, byteMicros };
    const parts: Parts = [
      [cpuMilliMicros, CORE_HOUR, perCoreHour],
      [byteMicros, GIB_HOUR, perGibHour],
    ];
    add({ kind: 'resources', ...used }, parts);
  }
  const { diskByteMicros: disk, addressMicros: held, trafficBytes: bytes } = usage;
  if (prices.perDiskGibMonth !== null && disk > 0n)
    add({ kind: 'disks', byteMicros: disk }, [[disk, GIB_MONTH, prices.perDiskGibMonth]]);
  if (prices.perAddressHour !== null && held > 0n)
    add({ kind: 'addresses', clockMicros: held, chargedMicros: held }, [[held, HOUR_MICROS, prices.perAddressHour]]);
  if (prices.perGigabyte !== null && bytes > 0n)
    add({ kind: 'traffic', bytes }, [[bytes, GIGABYTE, prices.perGigabyte]]);
  return lines;
}

export function emptyLine(kind: BillLine['kind']): ExactLine {
  return {
    ...{ kind, offering: null, starts: 0, clockMicros: 0n, chargedMicros: 0n },
    ...{ cpuMilliMicros: 0n, byteMicros: 0n, bytes: 0n, amountMinor: 0n },
  };
}

/** `line` on top of `sum`. */
export function addLines(sum: ExactLine, line: ExactLine): void {
  sum.starts += line.starts;
  sum.clockMicros += line.clockMicros;
  sum.chargedMicros += line.chargedMicros;
  sum.cpuMilliMicros += line.cpuMilliMicros;
  sum.byteMicros += line.byteMicros;
  sum.bytes += line.bytes;
  sum.amountMinor += line.amountMinor;
}

/** As it is recorded: amounts in the currency, times and sizes in what they are sold by. */
export function recordedLine(account: string, line: number, exact: ExactLine, decimals: number): BillLine {
  const { kind, offering } = exact;
  const ofVms = kind === 'offering' || kind === 'resources';
  const timed = ofVms || kind === 'addresses';
  const of = (there: boolean, amount: bigint, unit: bigint): number | null => (there ? quotient(amount, unit) : null);
  return {
    account,
    line,
    kind,
    offering,
    starts: ofVms ? exact.starts : null,
    clockHours: of(timed, exact.clockMicros, HOUR_MICROS),
    chargedHours: of(timed, exact.chargedMicros, HOUR_MICROS),
    coreHours: of(kind === 'resources', exact.cpuMilliMicros, CORE_HOUR),
    gibHours: of(kind === 'resources', exact.byteMicros, GIB_HOUR),
    gibMonths: of(kind === 'disks', exact.byteMicros, GIB_MONTH),
    gigabytes: of(kind === 'traffic', exact.bytes, GIGABYTE),
    amount: currencyOf(exact.amountMinor, decimals),
  };
}

/** The number nearest to it, or its neighbour where there is more to count than a double holds. */
export function quotient(amount: bigint, unit: bigint): number {
  return Number(amount) / Number(unit);
}
