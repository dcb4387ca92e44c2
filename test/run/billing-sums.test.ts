/** Whatever happens to whichever VMs, bills add up: over accounts, over what is charged for, and to the clock's hours. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GIB } from '../../sim/base/units.js';
import type { Billing } from '../../sim/run/billing.js';
import { FREE, LARGE, meterHarness, NO_OFFERING, ROUTER, SECOND, SMALL } from './meter-harness.js';

const SIZES = [SMALL, LARGE, FREE, NO_OFFERING];
const ACCOUNTS = 4;
const VMS = 8;

/** `pause`: since the step before. What makes no sense in the VM's state is passed over. */
interface Step {
  pause: number;
  vm: number;
  what: 'start' | 'reboot' | 'stop' | 'resize' | 'traffic';
  size: number;
}

const steps = fc.array(
  fc.record<Step>({
    pause: fc.oneof(fc.nat(3 * SECOND), fc.nat(7_200 * SECOND), fc.constant(0)),
    vm: fc.nat(VMS - 1),
    what: fc.constantFrom('start', 'start', 'reboot', 'stop', 'resize', 'traffic'),
    size: fc.nat(SIZES.length - 1),
  }),
  { maxLength: 60 },
);
const prices = fc
  .record({
    increment: fc.constantFrom('1 us', '1 s', '7 s', '1 min', '1 h'),
    minimum: fc.constantFrom('0 s', '1 s', '1 min', '1 h'),
    roundUp: fc.constantFrom('each', 'total'),
    decimals: fc.nat(6),
    perCoreHour: fc.constantFrom(0.013, 0.123457),
    perGibHour: fc.constantFrom(0, 0.004237),
    perDiskGibMonth: fc.constantFrom(0.1, 36),
    perAddressHour: fc.constantFrom(0.005, 0.3),
    perGigabyte: fc.constantFrom(0.09, 1),
    chargeRouters: fc.boolean(),
  })
  .map((one) => ({ ...one, text: JSON.stringify(one) }));

interface Played {
  billing: Billing;
  /** Time that charged VMs ran, added up beside the meter, and in how many intervals. */
  clockMicros: number;
  intervals: number;
  starts: number;
}

function play(all: readonly Step[], price: { text: string; chargeRouters: boolean }): Played {
  const harness = meterHarness(price.text);
  const { meter } = harness;
  const router = (vm: number): boolean => vm === VMS - 1;
  for (let account = 0; account < ACCOUNTS; account++) meter.account(account, `customer-${account}`);
  for (let vm = 0; vm < VMS; vm++) {
    meter.vmMade(vm, vm % ACCOUNTS, router(vm) ? 'router' : 'user', router(vm) ? ROUTER : SMALL, 20 * GIB);
    if (router(vm)) meter.addressHeld(0, vm, true);
  }
  const since: (number | null)[] = Array.from({ length: VMS }, () => null);
  const played = { clockMicros: 0, intervals: 0, starts: 0 };
  const ends = (vm: number, at: number): void => {
    if (since[vm] === null || (router(vm) && !price.chargeRouters)) return;
    played.clockMicros += at - since[vm]!;
    played.intervals++;
  };
  let at = 0;
  for (const { pause, vm, what, size } of all) {
    at += pause;
    const runs = since[vm] !== null;
    if (what === 'start' && !runs) {
      harness.starts(at, vm);
      since[vm] = at;
      if (!router(vm) || price.chargeRouters) played.starts++;
    } else if (what === 'reboot' && runs) {
      harness.reboots(at, vm);
      harness.rebooted(at + 1, vm);
      at++;
    } else if (what === 'stop' && runs) {
      ends(vm, at);
      since[vm] = null;
      harness.stops(at, vm);
      harness.stopped(at, vm);
    } else if (what === 'resize') {
      if (runs) ends(vm, at);
      if (runs) since[vm] = at;
      meter.vmResized(at, vm, SIZES[size]!);
    } else if (what === 'traffic') meter.addTraffic(vm % ACCOUNTS, pause);
  }
  const end = at + 3 * SECOND + 1;
  for (let vm = 0; vm < VMS; vm++) ends(vm, end);
  return { billing: harness.bill(end), ...played };
}

/** Amounts as whole minor units: exact, as far as these sums go. */
const minor = (amount: number, decimals: number): number => Math.round(amount * Number(`1e${decimals}`));

test('the sum over accounts is the sum over what is charged for is the total, to the last decimal', () => {
  fc.assert(
    fc.property(steps, prices, (all, price) => {
      const { billing } = play(all, price);
      const { summary } = billing;
      const units = (amount: number | null | undefined): number => minor(amount ?? 0, price.decimals);
      const lines = [...billing.lines()];
      const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);
      const accounts = new Map<string, number>();
      for (const { account, amount } of lines) accounts.set(account, (accounts.get(account) ?? 0) + units(amount));
      const { byOffering, resources, disks, addresses, gigabytesAmount, perAccount } = summary;
      const things = [resources?.amount, disks?.amount, addresses?.amount, gigabytesAmount];
      const offerings = Object.values(byOffering).map(({ amount }) => units(amount));
      expect(sum([...accounts.values()])).toBe(units(summary.total));
      expect(sum([...offerings, ...things.map(units)])).toBe(units(summary.total));
      expect(summary.accounts).toBe(accounts.size);
      if (accounts.size > 0) expect(units(perAccount!.max)).toBe(Math.max(...accounts.values()));
      const starts = Object.values(byOffering).reduce((total, one) => total + one.starts, resources?.starts ?? 0);
      expect(starts).toBe(play(all, price).starts);
    }),
  );
});

test('hours by the clock are the time that VMs ran; charged ones are that, in increments of a microsecond', () => {
  fc.assert(
    fc.property(steps, prices, (all, price) => {
      const exact = {
        ...price,
        text: JSON.stringify({ ...JSON.parse(price.text), increment: '1 us', minimum: '0 s' }),
      };
      const { billing, clockMicros } = play(all, exact);
      const { charged, clock } = billing.summary.hours;
      expect(clock).toBe(clockMicros / 3.6e9);
      expect(charged).toBe(clock);
    }),
  );
});

test('in seconds, no interval is charged a second more than it was', () => {
  fc.assert(
    fc.property(steps, prices, (all, price) => {
      const seconds = {
        ...price,
        text: JSON.stringify({ ...JSON.parse(price.text), increment: '1 s', minimum: '0 s' }),
      };
      const { billing, clockMicros, intervals } = play(all, seconds);
      const charged = billing.summary.hours.charged * 3600;
      expect(charged).toBeGreaterThanOrEqual(clockMicros / SECOND - 1e-6);
      expect(charged).toBeLessThanOrEqual(clockMicros / SECOND + intervals + 1e-6);
    }),
  );
});
