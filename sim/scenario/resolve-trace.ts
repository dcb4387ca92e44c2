/**
 * A trace as a run plays it: the first VMs up to the limit, times scaled and whole, from 0 on; customers in the order in
 * which they come, with names that stand in paths.
 */
import { assert } from '../base/assert.js';
import { sanitised } from './inventory.js';
import type { TraceSpec } from './resolved.js';
import type { TraceVm, TraceWorkload } from './trace-workload.js';

interface Written {
  zone?: string | undefined;
  timeScale: number;
  limit?: number | undefined;
}

export function resolveTrace({ accounts, vms }: TraceWorkload, written: Written, firstZone: string): TraceSpec {
  const { zone = firstZone, timeScale, limit = Infinity } = written;
  const scaled = (micros: number): number => Math.round(micros * timeScale);
  /** Of the trace's customers to ours. */
  const numbers = new Map<number, number>();
  const spec: TraceSpec = { zone, accounts: [], vms: [] };
  let latest = -Infinity;
  for (const vm of vms) {
    assert(vm.startMicros >= latest, 'a trace is in order of time');
    latest = vm.startMicros;
    // Over before the run begins.
    if (vm.endMicros !== null && scaled(vm.endMicros) <= 0) continue;
    if (spec.vms.length >= limit) break;
    const startMicros = Math.max(0, scaled(vm.startMicros));
    let account = numbers.get(vm.account);
    if (account === undefined) {
      const name = accounts[vm.account];
      assert(name !== undefined, () => `a trace's VM ${vm.name} has an account`);
      account = spec.accounts.length;
      numbers.set(vm.account, account);
      spec.accounts.push({ name: sanitised(name), atMicros: startMicros });
    }
    const endMicros = vm.endMicros === null ? null : Math.max(startMicros, scaled(vm.endMicros));
    spec.vms.push({ ...vm, account, startMicros, endMicros, cpuUse: scaledUse(vm.cpuUse, scaled) });
  }
  return spec;
}

function scaledUse(use: TraceVm['cpuUse'], scaled: (micros: number) => number): TraceVm['cpuUse'] {
  return use && { ...use, micros: use.micros.map(scaled) };
}
