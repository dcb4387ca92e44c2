/** A zone's meter told of VMs by hand, minute by minute, and the bills that come of it. */
import { BillingMeter } from '../../sim/run/billing-meter.js';
import { billingOf, type Billing } from '../../sim/run/billing.js';
import { meterRules } from '../../sim/run/price-list.js';
import type { VmEvent, VmState } from '../../sim/control/vm-states.js';
import { GIB } from '../../sim/base/units.js';
import type { BillLine } from '../../sim/store/types.js';
import { load, scenario } from '../scenario/load.js';

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** small and large cost 0.12 and 1.00 an hour, free nothing; in that order, then the router. */
export const OFFERINGS = `  large: {cpu: 4 cores, memory: 8 GiB, disk: 0 B, perHour: 1}
  free: {cpu: 1 core, memory: 1 GiB, disk: 0 B}
  router: {cpu: 1 core, memory: 512 MiB, disk: 2 GiB, system: true, perHour: 0.06}
`;
export const SMALL = { offering: 0, cpuMillis: 1000, memoryBytes: 2 * GIB };
export const LARGE = { offering: 1, cpuMillis: 4000, memoryBytes: 8 * GIB };
export const FREE = { offering: 2, cpuMillis: 1000, memoryBytes: GIB };
export const ROUTER = { offering: 3, cpuMillis: 1000, memoryBytes: GIB / 2 };
export const NO_OFFERING = { offering: null, cpuMillis: 3000, memoryBytes: 6 * GIB };

export function meterHarness(prices = '{}') {
  const priced = load(
    scenario({ small: '{cpu: 1 core, memory: 2 GiB, perHour: 0.12}', more: `${OFFERINGS}prices: ${prices}` }),
  );
  const meter = new BillingMeter(meterRules(priced)!);
  const move = (event: VmEvent, to: VmState) => (at: number, vm: number) => meter.vmMoved(at, vm, event, to);
  const bill = (durationMicros: number, zones = [{ billing: meter }]): Billing =>
    billingOf({ scenario: { ...priced, durationMicros }, zones })!;
  return {
    meter,
    bill,
    lines: (durationMicros: number): BillLine[] => [...bill(durationMicros).lines()],
    starts: move('started', 'running'),
    adopted: move('adopt', 'running'),
    stops: move('stop', 'stopping'),
    stopped: move('dismounted', 'stopped'),
    startsAgain: move('start', 'requested'),
    reboots: move('reboot', 'rebooting'),
    rebooted: move('rebooted', 'running'),
    fails: move('fail', 'stopping'),
    destroyed: move('disk-destroyed', 'destroyed'),
  };
}
