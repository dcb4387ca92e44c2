/** The meter, told of what happens by hand: every amount here was added up on paper. */
import { describe, expect, test } from 'vitest';
import { GIB } from '../../sim/base/units.js';
import { FREE, HOUR, LARGE, meterHarness, MINUTE, NO_OFFERING, ROUTER, SECOND, SMALL } from './meter-harness.js';

type Harness = ReturnType<typeof meterHarness>;

/** Account 0, acme, with VM 0. */
function withVm(prices?: string, size: typeof SMALL | typeof NO_OFFERING = SMALL, diskBytes = 0): Harness {
  const harness = meterHarness(prices);
  harness.meter.account(0, 'acme');
  harness.meter.vmMade(0, 0, 'user', size, diskBytes);
  return harness;
}

describe('a VM pays from running until no longer running', () => {
  test('an hour and a half at 0.12 are 0.18', () => {
    const harness = withVm();
    harness.starts(10 * MINUTE, 0);
    harness.stops(100 * MINUTE, 0);
    harness.stopped(110 * MINUTE, 0);
    expect(harness.lines(24 * HOUR)).toEqual([
      {
        ...{ account: 'acme', line: 0, kind: 'offering', offering: 0, starts: 1, clockHours: 1.5, chargedHours: 1.5 },
        ...{ coreHours: null, gibHours: null, gibMonths: null, gigabytes: null, amount: 0.18 },
      },
    ]);
    expect(harness.bill(24 * HOUR).summary).toMatchObject({
      ...{ currency: 'credits', decimals: 2, total: 0.18, accounts: 1, hours: { charged: 1.5, clock: 1.5 } },
      ...{ perAccount: { mean: 0.18, p50: 0.18, max: 0.18 }, resources: null, disks: null, addresses: null },
      byOffering: {
        small: { starts: 1, hours: 1.5, amount: 0.18 },
        large: { starts: 0, hours: 0, amount: 0 },
        free: { starts: 0, hours: 0, amount: 0 },
      },
      ...{ gigabytes: null, gigabytesAmount: null },
    });
  });

  test('stopped and started again: both times, and the time between costs nothing', () => {
    const harness = withVm();
    harness.starts(0, 0);
    harness.stops(HOUR, 0);
    harness.stopped(HOUR + SECOND, 0);
    harness.startsAgain(5 * HOUR, 0);
    harness.starts(6 * HOUR, 0);
    harness.stops(8 * HOUR, 0);
    expect(harness.bill(9 * HOUR).summary).toMatchObject({
      total: 0.36,
      byOffering: { small: { starts: 2, hours: 3 } },
    });
  });

  test('a reboot interrupts nothing, one that fails ends it', () => {
    const harness = withVm('{increment: 1 h}');
    harness.starts(0, 0);
    harness.reboots(10 * MINUTE, 0);
    harness.rebooted(11 * MINUTE, 0);
    expect(harness.bill(HOUR).summary).toMatchObject({ total: 0.12, byOffering: { small: { starts: 1, hours: 1 } } });
    harness.reboots(70 * MINUTE, 0);
    harness.fails(71 * MINUTE, 0);
    expect(harness.bill(10 * HOUR).summary.total).toBe(0.24);
  });

  test('a failed start costs nothing, and is on no bill', () => {
    const harness = withVm('{minimum: 1 h, perDiskGibMonth: 36, perAddressHour: 1}', SMALL, 20 * GIB);
    harness.meter.addressHeld(0, 0, true);
    harness.meter.vmMoved(0, 0, 'create', 'requested');
    harness.meter.vmMoved(MINUTE, 0, 'mounted', 'starting');
    harness.fails(2 * MINUTE, 0);
    harness.stopped(3 * MINUTE, 0);
    harness.meter.vmMoved(3 * MINUTE, 0, 'destroy', 'destroying');
    harness.destroyed(4 * MINUTE, 0);
    expect(harness.bill(HOUR).summary).toMatchObject({ total: 0, accounts: 0, perAccount: null });
    expect(harness.lines(HOUR)).toEqual([]);
  });

  test('what still runs is charged to the end, by the same rules; asking changes nothing', () => {
    const harness = withVm('{increment: 1 h}');
    harness.starts(0, 0);
    for (let ask = 0; ask < 3; ask++) expect(harness.bill(90 * MINUTE).summary.total).toBe(0.24);
    harness.stops(150 * MINUTE, 0);
    expect(harness.bill(10 * HOUR).summary.total).toBe(0.36);
  });

  test('half a cent goes up: 15 minutes and 25 at 0.12 are 0.03 and 0.05, 12.5 are 0.025, so 0.03', () => {
    const amountAfter = (micros: number): number => {
      const harness = withVm('{increment: 1 us}');
      harness.starts(0, 0);
      return harness.bill(micros).summary.total;
    };
    expect([15, 25, 12.5].map((minutes) => amountAfter(minutes * MINUTE))).toEqual([0.03, 0.05, 0.03]);
    expect(amountAfter(12.5 * MINUTE - 1)).toBe(0.02);
  });
});

describe('increments and minimum', () => {
  /** 90 s, 30 s and 61 s, of one VM. */
  const three = (prices: string): Harness => {
    const harness = withVm(prices);
    for (const [from, seconds] of [
      [0, 90],
      [HOUR, 30],
      [2 * HOUR, 61],
    ] as const) {
      harness.starts(from, 0);
      harness.stops(from + seconds * SECOND, 0);
      harness.stopped(from + seconds * SECOND, 0);
    }
    return harness;
  };

  test.each<[string, number]>([
    ['{increment: 1 s}', 181],
    ['{increment: 1 min}', 2 * 60 + 60 + 2 * 60],
    ['{increment: 1 h}', 3 * 3600],
    ['{increment: 1 min, roundUp: total}', 4 * 60],
    ['{increment: 1 h, roundUp: total}', 3600],
    ['{minimum: 1 min}', 90 + 60 + 61],
    ['{minimum: 100 s, increment: 1 min}', 3 * 120],
    ['{minimum: 100 s, increment: 1 min, roundUp: total}', 300],
    ['{minimum: 2 min, increment: 7 s}', 3 * 126],
  ])('%s: %d s of the 181 s by the clock', (prices, seconds) => {
    const { hours } = three(prices).bill(3 * HOUR).summary;
    expect(hours.charged * 3600).toBeCloseTo(seconds, 9);
    expect(hours.clock * 3600).toBeCloseTo(181, 9);
  });

  test('a VM that an inventory found running began before: no start, and no minimum', () => {
    const harness = withVm('{minimum: 1 h}');
    harness.adopted(0, 0);
    harness.stops(30 * MINUTE, 0);
    expect(harness.bill(HOUR).summary.byOffering.small).toEqual({ starts: 0, hours: 0.5, amount: 0.06 });
  });
});

describe('a change of size', () => {
  test('each size is charged as long as it was', () => {
    const harness = withVm();
    harness.starts(0, 0);
    harness.meter.vmResized(2 * HOUR, 0, LARGE);
    harness.meter.vmResized(5 * HOUR, 0, NO_OFFERING);
    harness.stops(6 * HOUR, 0);
    harness.stopped(6 * HOUR, 0);
    const { byOffering, resources, hours } = harness.bill(9 * HOUR).summary;
    expect(byOffering).toMatchObject({
      small: { starts: 1, hours: 2, amount: 0.24 },
      large: { starts: 0, hours: 3, amount: 3 },
    });
    expect(resources).toEqual({ starts: 0, hours: 1, coreHours: 3, gibHours: 6, amount: 0 });
    expect(hours).toEqual({ charged: 6, clock: 6 });
  });

  test('ends one interval and begins the next: both are rounded up', () => {
    const harness = withVm('{increment: 1 h}');
    harness.starts(0, 0);
    harness.meter.vmResized(90 * MINUTE, 0, LARGE);
    harness.stops(100 * MINUTE, 0);
    expect(harness.bill(2 * HOUR).summary.total).toBe(0.24 + 1);
  });

  test('is no start: the minimum is owed once, and the last size pays what is left of it', () => {
    const owed = (resizeAt: number, stopAt: number): unknown => {
      const harness = withVm('{minimum: 1 h}');
      harness.starts(0, 0);
      harness.meter.vmResized(resizeAt, 0, LARGE);
      harness.stops(stopAt, 0);
      const { small, large } = harness.bill(9 * HOUR).summary.byOffering;
      return [small!.hours, large!.hours];
    };
    expect(owed(30 * MINUTE, 45 * MINUTE)).toEqual([0.5, 0.5]);
    expect(owed(30 * MINUTE, 120 * MINUTE)).toEqual([0.5, 1.5]);
    expect(owed(2 * HOUR, 2 * HOUR + 6 * MINUTE)).toEqual([2, 0.1]);
  });

  test('of a stopped VM counts from its next start', () => {
    const harness = withVm();
    harness.starts(0, 0);
    harness.stops(HOUR, 0);
    harness.stopped(HOUR, 0);
    harness.meter.vmResized(2 * HOUR, 0, LARGE);
    harness.starts(3 * HOUR, 0);
    expect(harness.bill(4 * HOUR).summary.byOffering).toMatchObject({
      small: { starts: 1, amount: 0.12 },
      large: { starts: 1, amount: 1 },
    });
  });
});

describe('VMs of no offering', () => {
  test('pay for cores and memory, in one line that is rounded once', () => {
    const harness = withVm('{perCoreHour: 0.0015, perGibHour: 0.00175}', NO_OFFERING);
    harness.starts(0, 0);
    // 3 cores: 0.0045; 6 GiB: 0.0105; together 0.015 for an hour.
    expect(harness.lines(HOUR)).toMatchObject([
      { kind: 'resources', offering: null, starts: 1, chargedHours: 1, coreHours: 3, gibHours: 6, amount: 0.02 },
    ]);
    expect(harness.bill(2 * HOUR).summary).toMatchObject({
      ...{ total: 0.03, resources: { starts: 1, hours: 2, coreHours: 6, gibHours: 12, amount: 0.03 } },
    });
  });

  test('half a core for an hour is half a core-hour, where intervals are rounded up', () => {
    const half = { offering: null, cpuMillis: 500, memoryBytes: GIB / 4 };
    const harness = withVm('{perCoreHour: 1, increment: 1 h}', half);
    harness.starts(0, 0);
    expect(harness.bill(HOUR / 3).summary.resources).toEqual({
      ...{ starts: 1, hours: 1, coreHours: 0.5, gibHours: 0.25, amount: 0.5 },
    });
  });

  test('rounded up in all: core-hours and GiB-hours of the account', () => {
    const harness = withVm('{perCoreHour: 1, increment: 1 h, roundUp: total}', NO_OFFERING);
    harness.starts(0, 0);
    // Half an hour of three cores is one and a half core-hours, of 6 GiB three GiB-hours.
    expect(harness.bill(HOUR / 2).summary.resources).toEqual({
      ...{ starts: 1, hours: 1, coreHours: 2, gibHours: 3, amount: 2 },
    });
  });
});

describe('what else is paid for', () => {
  test('disks of stopped VMs: 20 GiB for 3 h at 36 a GiB-month are 3.00', () => {
    const course = (prices: string): Harness => {
      const harness = withVm(prices, SMALL, 20 * GIB);
      harness.starts(0, 0);
      harness.stops(HOUR, 0);
      harness.stopped(2 * HOUR, 0);
      harness.startsAgain(4 * HOUR, 0);
      harness.starts(5 * HOUR, 0);
      harness.stops(6 * HOUR, 0);
      harness.stopped(6 * HOUR, 0);
      return harness;
    };
    const harness = course('{perDiskGibMonth: 36}');
    expect(harness.bill(7 * HOUR).summary).toMatchObject({ total: 0.24 + 3, disks: { amount: 3 } });
    expect(harness.bill(7 * HOUR).summary.disks!.gibMonths).toBeCloseTo(60 / 720, 12);
    harness.meter.vmMoved(8 * HOUR, 0, 'destroy', 'destroying');
    harness.destroyed(9 * HOUR, 0);
    expect(harness.bill(99 * HOUR).summary.disks!.amount).toBe(4);
    expect(course('{perDiskGibMonth: 36, chargeStoppedDisks: false}').bill(7 * HOUR).summary).toMatchObject({
      ...{ total: 0.24, disks: null },
    });
  });

  test('routing appliances, where the scenario says so; their public address where it has a price', () => {
    const course = (prices: string): Harness => {
      const harness = meterHarness(prices);
      harness.meter.account(0, 'acme');
      harness.meter.vmMade(0, 0, 'router', ROUTER, 2 * GIB);
      harness.meter.addressHeld(0, 0, true);
      harness.starts(HOUR, 0);
      harness.stops(5 * HOUR, 0);
      harness.meter.addressHeld(6 * HOUR, 0, false);
      harness.destroyed(6 * HOUR, 0);
      return harness;
    };
    expect(course('{}').bill(9 * HOUR).summary).toMatchObject({ total: 0, accounts: 0, hours: { clock: 0 } });
    expect(course('{}').bill(9 * HOUR).summary.byOffering).not.toHaveProperty('router');
    const { summary } = course('{chargeRouters: true, perAddressHour: 0.01}').bill(9 * HOUR);
    expect(summary).toMatchObject({
      ...{ total: 0.29, hours: { charged: 4, clock: 4 }, addresses: { hours: 5, amount: 0.05 } },
      byOffering: { router: { starts: 1, hours: 4, amount: 0.24 } },
    });
    expect(course('{perAddressHour: 0.01, chargeAddresses: false}').bill(9 * HOUR).summary.addresses).toBeNull();
  });

  test('traffic, once somebody meters it: until then there is no figure, and a warning', () => {
    const harness = withVm('{perGigabyte: 0.09}');
    expect(harness.bill(HOUR).summary).toMatchObject({ gigabytes: null, gigabytesAmount: null });
    expect(harness.bill(HOUR).warnings.map(({ code }) => code)).toEqual(['not-modelled']);
    harness.meter.addTraffic(0, 0);
    expect(harness.bill(HOUR).summary).toMatchObject({ gigabytes: 0, gigabytesAmount: 0, accounts: 0 });
    harness.meter.addTraffic(0, 2_000_000_000);
    harness.meter.addTraffic(0, 500_000_000);
    expect(harness.lines(HOUR)).toMatchObject([{ kind: 'traffic', gigabytes: 2.5, amount: 0.23, starts: null }]);
    expect(harness.bill(HOUR)).toMatchObject({ warnings: [], summary: { gigabytes: 2.5, gigabytesAmount: 0.23 } });
    expect(() => harness.meter.addTraffic(0, 0.5)).toThrow(/whole bytes/);
    expect(() => harness.meter.addTraffic(0, -1)).toThrow(/whole bytes/);
    expect(() => harness.meter.addTraffic(7, 1)).toThrow(/no account 7/);
  });

  test('traffic without a price is metered and costs nothing', () => {
    const harness = withVm();
    harness.meter.addTraffic(0, 1_000_000_000);
    expect(harness.bill(HOUR).summary).toMatchObject({ total: 0, gigabytes: 1, gigabytesAmount: null });
  });
});

test('one bill a customer, over all zones: rounded once', () => {
  const east = withVm('{increment: 1 us}');
  const west = withVm('{increment: 1 us}');
  for (const { starts } of [east, west]) starts(0, 0);
  // Each is 0.004, which alone would be nothing.
  const zones = [east, west].map(({ meter }) => ({ billing: meter }));
  expect(east.bill(2 * MINUTE).summary.total).toBe(0);
  expect(east.bill(2 * MINUTE, zones).summary).toMatchObject({ total: 0.01, accounts: 1 });
});

test('offerings that run without a price are warned of', () => {
  const harness = withVm('{}', FREE);
  harness.starts(0, 0);
  expect(harness.bill(HOUR).summary).toMatchObject({ total: 0, byOffering: { free: { hours: 1, amount: 0 } } });
  expect(harness.bill(HOUR).warnings).toEqual([
    { code: 'not-priced', message: 'offering free has no perHour: their hours are counted, and cost nothing' },
  ]);
});
