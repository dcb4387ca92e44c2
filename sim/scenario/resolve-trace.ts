/**
 * A trace as a run plays it: the first VMs up to the limit, times scaled and whole, from 0 on; customers in the order in
 * which they come, with names that stand in paths. Times that cannot be counted were refused by checks/workload.ts.
 */
import { assert } from '../base/assert.js';
import { QUANTITIES } from '../base/units.js';
import { sanitised } from './inventory.js';
import type { TraceSpec } from './resolved.js';
import type { TraceVm, TraceWorkload } from './trace-workload.js';

interface Written {
  zone?: string | undefined;
  timeScale: number;
  limit?: number | undefined;
}

type CpuUse = NonNullable<TraceVm['cpuUse']>;

/** CPU use counts on from a VM's first running, which is at the end of the longest run at latest. */
const MOST_MICROS = Number.MAX_SAFE_INTEGER - QUANTITIES.duration.most!;

export function resolveTrace({ accounts, vms }: TraceWorkload, written: Written, firstZone: string): TraceSpec {
  const { zone = firstZone, timeScale, limit } = written;
  const scaled = (micros: number): number => Math.round(micros * timeScale);
  /** Of the trace's customers to ours. */
  const numbers = new Map<number, number>();
  const spec: TraceSpec = { zone, accounts: [], vms: [] };
  for (const vm of playedVms(vms, timeScale, limit)) {
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
    spec.vms.push({ ...vm, account, startMicros, endMicros, cpuUse: vm.cpuUse && scaledUse(vm.cpuUse, scaled) });
  }
  return spec;
}

/** The first VM that is played with a time, scaled, that cannot be counted exactly; undefined: there is none. */
export function uncountableVm(vms: readonly TraceVm[], timeScale: number, limit?: number): TraceVm | undefined {
  for (const vm of playedVms(vms, timeScale, limit)) {
    const used = vm.cpuUse?.micros.reduce((sum, length) => sum + length, 0) ?? 0;
    if (Math.max(vm.startMicros, vm.endMicros ?? 0, used) * timeScale > MOST_MICROS) return vm;
  }
  return undefined;
}

/** Without those that are over before the run begins, up to the limit. */
function* playedVms(vms: readonly TraceVm[], timeScale: number, limit = Infinity): Generator<TraceVm> {
  let latest = -Infinity;
  let played = 0;
  for (const vm of vms) {
    assert(vm.startMicros >= latest, 'a trace is in order of time');
    latest = vm.startMicros;
    if (vm.endMicros !== null && Math.round(vm.endMicros * timeScale) <= 0) continue;
    if (played++ >= limit) return;
    yield vm;
  }
}

/**
 * Of the pieces' ends, so that rounding does not add up; a piece that is gone then is its neighbours'. The last one lasts,
 * whatever its length: it stays.
 */
function scaledUse({ micros, ratios }: CpuUse, scaled: (micros: number) => number): CpuUse {
  const use: CpuUse = { micros: [], ratios: [] };
  let end = 0;
  let before = 0;
  micros.forEach((length, piece) => {
    end += length;
    const last = piece === micros.length - 1;
    const left = scaled(end) - before;
    if (left <= 0 && !last) return;
    use.micros.push(Math.max(1, left));
    use.ratios.push(ratios[piece]!);
    before = scaled(end);
  });
  return use;
}
