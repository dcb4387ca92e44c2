/** What customers pay, as a resolved scenario has it. */

/** Prices in the currency, each a decimal of six places at most; null: none. */
export interface PricesSpec {
  currency: string;
  /** Of amounts. */
  decimals: number;
  perGigabyte: number | null;
  perCoreHour: number | null;
  perGibHour: number | null;
  perDiskGibMonth: number | null;
  perAddressHour: number | null;
  incrementMicros: number;
  roundUp: 'each' | 'total';
  minimumMicros: number;
  chargeStoppedDisks: boolean;
  chargeAddresses: boolean;
  chargeTraffic: 'public' | 'all';
  chargeRouters: boolean;
}
