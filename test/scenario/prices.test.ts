/** Prices in files: what may be written, what is refused where, and which figures of bills may be expected. */
import { describe, expect, it } from 'vitest';
import { expectProblems, load, problemsOf, scenario } from './load.js';

const priced = (prices: string): string => scenario({ more: `prices: ${prices}` });

describe('prices', () => {
  it('are read as they stand, with the rules by which bills are made out', () => {
    const text = priced(
      '{currency: EUR, decimals: 3, perGigabyte: 0.09, perCoreHour: 0.000001, increment: 1 h, minimum: 2 h, roundUp: total, chargeRouters: true}',
    );
    expect(load(text).prices).toEqual({
      ...{ currency: 'EUR', decimals: 3, incrementMicros: 3_600_000_000, minimumMicros: 7_200_000_000 },
      ...{ perGigabyte: 0.09, perCoreHour: 0.000001, perGibHour: null, perDiskGibMonth: null, perAddressHour: null },
      ...{
        roundUp: 'total',
        chargeStoppedDisks: true,
        chargeAddresses: true,
        chargeTraffic: 'public',
        chargeRouters: true,
      },
    });
    expect(load(scenario({ small: '{cpu: 1 core, memory: 2 GiB, perHour: 0.0116}' })).offerings[0]!.perHour).toBe(
      0.0116,
    );
  });

  it('that cannot be charged are refused at their place', () => {
    expectProblems(
      scenario({ small: '{cpu: 1 core, memory: 2 GiB, perHour: -0.01}', more: 'prices: {perGibHour: -1}' }),
      [
        '12:48: offerings.small.perHour: a number of at least 0 is due here',
        '13:22: prices.perGibHour: a number of at least 0 is due here',
      ],
    );
    expectProblems(priced('{perGigabyte: 0.0123456, perCoreHour: 1000000001, perDiskGibMonth: 1 EUR}'), [
      '13:23: prices.perGigabyte: a price has six decimals at most; write 0.012346',
      '13:47: prices.perCoreHour: a number of at most 1000000000 is due here',
      "13:76: prices.perDiskGibMonth: a number is due here, not the text '1 EUR'",
    ]);
  });

  it('and so are rules that make no sense', () => {
    expectProblems(priced('{increment: 0 s, minimum: 5, roundUp: eahc, currency: 5, decimals: 7, perGigabite: 1}'), [
      '13:21: prices.increment: this duration must be above 0; write e.g. 10 min',
      '13:35: prices.minimum: 5 has no unit; write a duration, e.g. 5 min (units: us, ms, s, m, min, h, d, w)',
      "13:47: prices.roundUp: the text 'eahc' is not allowed here; did you mean 'each'? (allowed: each, total)",
      '13:63: prices.currency: text (in quotes if it looks like a number) is due here, not 5',
      '13:76: prices.decimals: a number of at most 6 is due here',
      "13:79: unknown key 'perGigabite' in prices; did you mean 'perGigabyte'?",
    ]);
    expectProblems(priced('{currency: "two words"}'), [
      '13:20: prices.currency: a currency is due here, in letters, e.g. EUR',
    ]);
  });
});

describe('what bills may be expected to be', () => {
  const expecting = (measure: string): string[] =>
    problemsOf(scenario({ more: `expect: [{measure: ${measure}, equals: 1}]` }));

  it.each([
    'billing.total',
    'billing.byOffering.small.hours',
    'billing.byOffering.router.amount',
    'billing.disks.amount',
  ])('%s', (measure) => {
    expect(expecting(measure)).toEqual([]);
  });

  it.each([
    ['billing.sum', "there is no measure 'billing.sum'"],
    ['billing.byOffering.smal.hours', "there is no offering 'smal'; did you mean 'small'?"],
    ['billing.byOffering.small.price', "there is no measure 'billing.byOffering.small.price'"],
    ['billing.byOffering', 'billing.byOffering is no number; write what is meant in it, e.g. billing.byOffering.small'],
  ])('but not %s', (measure, words) => {
    expect(expecting(measure)).toEqual([expect.stringContaining(words)]);
  });
});
