/** What a scenario charges for, in whole millionths of its currency: what it has no price for is null, and costs nothing. */
import { assert } from '../base/assert.js';
import { millionthsOf } from '../base/units.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { MeterRules } from './billing-meter.js';

export interface PriceList {
  currency: string;
  decimals: number;
  /** In the order of the scenario's offerings. */
  offerings: { name: string; perHour: number | null; listed: boolean }[];
  perCoreHour: number | null;
  perGibHour: number | null;
  perDiskGibMonth: number | null;
  perAddressHour: number | null;
  perGigabyte: number | null;
}

/** Of a scenario, what bills depend on. */
export type Priced = Pick<ResolvedScenario, 'offerings' | 'prices' | 'management'>;

/** null: nothing has a price, so that there is no bill. */
export function priceList({ offerings, prices, management }: Priced): PriceList | null {
  const list: PriceList = {
    currency: prices.currency,
    decimals: prices.decimals,
    offerings: offerings.map(({ name, perHour, system }) => ({
      name,
      perHour: millionths(perHour),
      // Nobody is charged for podtwin's own VMs, but where routing appliances are for customers to pay.
      listed: !system || (prices.chargeRouters && name === management.routerOffering),
    })),
    perCoreHour: millionths(prices.perCoreHour),
    perGibHour: millionths(prices.perGibHour),
    perDiskGibMonth: prices.chargeStoppedDisks ? millionths(prices.perDiskGibMonth) : null,
    perAddressHour: prices.chargeAddresses ? millionths(prices.perAddressHour) : null,
    perGigabyte: millionths(prices.perGigabyte),
  };
  const { perCoreHour, perGibHour, perDiskGibMonth, perAddressHour, perGigabyte } = list;
  const all = [perCoreHour, perGibHour, perDiskGibMonth, perAddressHour, perGigabyte];
  return all.every((price) => price === null) && list.offerings.every(({ perHour }) => perHour === null) ? null : list;
}

/** null: nothing has a price, so that nothing is metered. */
export function meterRules(scenario: Priced): MeterRules | null {
  if (priceList(scenario) === null) return null;
  const { incrementMicros, minimumMicros, roundUp, chargeRouters } = scenario.prices;
  return { incrementMicros, minimumMicros, roundUp, chargeRouters };
}

function millionths(price: number | null): number | null {
  if (price === null) return null;
  const found = millionthsOf(price);
  assert(found !== null, () => `the loader lets no price through that cannot be counted exactly: ${price}`);
  return found;
}
