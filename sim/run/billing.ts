/**
 * What a run's customers pay: the bills of all accounts, each over all zones, and what they come to. Guarantees that the
 * total is the sum over accounts and the sum over what was charged for, to the last minor unit.
 */
import { CORE_HOUR, currencyOf, GIB_HOUR, GIB_MONTH, GIGABYTE, HOUR_MICROS } from '../../models/billing.js';
import type { Warning } from '../base/errors.js';
import { weightedQuantile } from '../measures/statistics.js';
import type { BillingSummary, BillLine } from '../store/types.js';
import type { AccountUsage } from './account-usage.js';
import { addLines, billOf, emptyLine, quotient, recordedLine, type ExactLine } from './bill.js';
import type { BillingMeter } from './billing-meter.js';
import { priceList, type Priced, type PriceList } from './price-list.js';

export interface Billing {
  readonly summary: BillingSummary;
  /** What to read before trusting it. */
  readonly warnings: readonly Warning[];
  /** Of all bills, in the order of accounts' names. */
  lines(): Generator<BillLine>;
}

interface Metered {
  scenario: Priced & { durationMicros: number };
  zones: readonly {
    billing: BillingMeter | null;
    /** What customers' networks carried in the whole run, by the names of accounts, in whole bytes; null: not modelled. */
    trafficBytes?(
      charged: 'public' | 'all',
      atMicros: number,
    ): Iterable<readonly [account: string, bytes: number]> | null;
  }[];
}

interface AccountBill {
  account: string;
  lines: ExactLine[];
  total: bigint;
}

/** Up to the end of the run: what still runs is charged to there, by the same rules. null: nothing has a price. */
export function billingOf({ scenario, zones }: Metered): Billing | null {
  const prices = priceList(scenario);
  if (prices === null) return null;
  const used = new Map<string, AccountUsage>();
  for (const { billing } of zones) billing?.addTo(used, scenario.durationMicros);
  let metered = zones.some(({ billing }) => billing?.trafficMetered);
  for (const zone of zones) {
    const carried = zone.trafficBytes?.(scenario.prices.chargeTraffic, scenario.durationMicros) ?? null;
    if (carried !== null) metered = true;
    for (const [account, bytes] of carried ?? []) used.get(account)!.trafficBytes += BigInt(bytes);
  }
  const bills = [...used].map(([account, usage]): AccountBill => {
    const lines = billOf(usage, prices, scenario.prices);
    return { account, lines, total: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) };
  });
  const sent = bills.filter(({ lines }) => lines.length > 0).sort((a, b) => (a.account < b.account ? -1 : 1));
  const sums = new Sums(sent, prices);
  return {
    summary: {
      ...accountParts(sent, prices),
      ...vmParts(sums, prices),
      ...otherParts(sums, prices),
      ...trafficParts(used, sums, metered),
    },
    warnings: billingWarnings(sums, prices, metered),
    *lines() {
      for (const { account, lines } of sent)
        for (const [at, line] of lines.entries()) yield recordedLine(account, at, line, prices.decimals);
    },
  };
}

/** Of all bills together, what was charged for each thing. */
class Sums {
  private readonly offerings: (ExactLine | undefined)[] = [];
  private readonly kinds = new Map<ExactLine['kind'], ExactLine>();

  constructor(
    bills: readonly AccountBill[],
    readonly prices: PriceList,
  ) {
    for (const { lines } of bills)
      for (const line of lines) {
        if (line.offering !== null) addLines((this.offerings[line.offering] ??= emptyLine('offering')), line);
        const sum = this.of(line.kind);
        addLines(sum, line);
        this.kinds.set(line.kind, sum);
      }
  }

  /** undefined: on no bill. */
  offering(number: number): ExactLine | undefined {
    return this.offerings[number];
  }

  of(kind: ExactLine['kind']): ExactLine {
    return this.kinds.get(kind) ?? emptyLine(kind);
  }

  occurs(kind: ExactLine['kind']): boolean {
    return this.kinds.has(kind);
  }

  amount({ amountMinor }: ExactLine): number {
    return currencyOf(amountMinor, this.prices.decimals);
  }
}

function vmParts(sums: Sums, prices: PriceList): Pick<BillingSummary, 'hours' | 'byOffering' | 'resources'> {
  const priced = prices.perCoreHour !== null || prices.perGibHour !== null || sums.occurs('resources');
  const free = sums.of('resources');
  const all = emptyLine('offering');
  addLines(all, sums.of('offering'));
  addLines(all, free);
  const offerings = prices.offerings.flatMap(({ name, listed }, at) => {
    const sum = sums.offering(at) ?? emptyLine('offering');
    if (!listed && sums.offering(at) === undefined) return [];
    return [[name, { starts: sum.starts, hours: quotient(sum.chargedMicros, HOUR_MICROS), amount: sums.amount(sum) }]];
  });
  return {
    hours: { charged: quotient(all.chargedMicros, HOUR_MICROS), clock: quotient(all.clockMicros, HOUR_MICROS) },
    byOffering: Object.fromEntries(offerings) as BillingSummary['byOffering'],
    resources: priced
      ? {
          starts: free.starts,
          hours: quotient(free.chargedMicros, HOUR_MICROS),
          coreHours: quotient(free.cpuMilliMicros, CORE_HOUR),
          gibHours: quotient(free.byteMicros, GIB_HOUR),
          amount: sums.amount(free),
        }
      : null,
  };
}

function otherParts(sums: Sums, prices: PriceList): Pick<BillingSummary, 'disks' | 'addresses'> {
  const disks = sums.of('disks');
  const addresses = sums.of('addresses');
  return {
    disks:
      prices.perDiskGibMonth === null
        ? null
        : { gibMonths: quotient(disks.byteMicros, GIB_MONTH), amount: sums.amount(disks) },
    addresses:
      prices.perAddressHour === null
        ? null
        : { hours: quotient(addresses.chargedMicros, HOUR_MICROS), amount: sums.amount(addresses) },
  };
}

function trafficParts(
  used: ReadonlyMap<string, AccountUsage>,
  sums: Sums,
  metered: boolean,
): Pick<BillingSummary, 'gigabytes' | 'gigabytesAmount'> {
  if (!metered) return { gigabytes: null, gigabytesAmount: null };
  let bytes = 0n;
  for (const { trafficBytes } of used.values()) bytes += trafficBytes;
  const amount = sums.prices.perGigabyte === null ? null : sums.amount(sums.of('traffic'));
  return { gigabytes: quotient(bytes, GIGABYTE), gigabytesAmount: amount };
}

function accountParts(
  bills: readonly AccountBill[],
  { currency, decimals }: PriceList,
): Pick<BillingSummary, 'currency' | 'decimals' | 'total' | 'accounts' | 'perAccount'> {
  const accounts = bills.length;
  const total = currencyOf(
    bills.reduce((sum, bill) => sum + bill.total, 0n),
    decimals,
  );
  const amounts = bills.map((bill) => ({ value: currencyOf(bill.total, decimals), weight: 1 }));
  const perAccount =
    accounts === 0
      ? null
      : { mean: total / accounts, p50: weightedQuantile(amounts, 50)!, max: weightedQuantile(amounts, 100)! };
  return { currency, decimals, total, accounts, perAccount };
}

function billingWarnings(sums: Sums, prices: PriceList, metered: boolean): Warning[] {
  const warnings: Warning[] = [];
  const free = prices.offerings
    .filter(({ perHour }, at) => perHour === null && sums.offering(at) !== undefined)
    .map(({ name }) => `offering ${name} has no perHour`);
  if (sums.occurs('resources') && prices.perCoreHour === null && prices.perGibHour === null)
    free.push('VMs of no offering have neither perCoreHour nor perGibHour');
  if (free.length > 0)
    warnings.push({ code: 'not-priced', message: `${free.join(', ')}: their hours are counted, and cost nothing` });
  if (prices.perGigabyte !== null && !metered)
    warnings.push({
      code: 'not-modelled',
      message: 'prices set perGigabyte: no traffic is metered in this run, so no gigabytes are charged',
    });
  return warnings;
}
