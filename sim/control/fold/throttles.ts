/** Throttles in the fold: what accounts and VMs have, and which VMs' agents are still to be told or to confirm. */
import type { VmRecord } from '../records.js';
import type { ZoneState } from '../state.js';
import { sameThrottle, throttleOf } from '../throttle.js';
import type { Of } from './moved.js';

export function applyAccountThrottle(state: ZoneState, tx: Of<'account-throttle'>): void {
  const account = state.accounts[tx.account]!;
  account.throttle = { networkBitsPerSecond: tx.networkBitsPerSecond, iops: tx.iops };
  for (const vm of account.vms.values()) noteThrottle(state, state.vm(vm));
}

export function applyVmThrottle(state: ZoneState, tx: Of<'vm-throttle'>): void {
  const vm = state.vm(tx.vm);
  vm.throttle = { networkBitsPerSecond: tx.networkBitsPerSecond, iops: tx.iops };
  vm.throttled = false;
  noteThrottle(state, vm);
}

/** Its agent said that it has what it was told last. */
export function confirmThrottle(state: ZoneState, vm: VmRecord): void {
  if (vm.throttled) return;
  vm.throttled = true;
  noteThrottle(state, vm);
}

/** After a change of the VM's state, offering or throttle, or of its account's. */
export function noteThrottle(state: ZoneState, vm: VmRecord): void {
  const { throttle, throttled, offering } = vm;
  const settled = vm.state !== 'running' || (throttled && sameThrottle(throttleOf(state, vm, offering), throttle));
  if (!settled) state.unsettled.add(vm.id);
  else if (state.unsettled.size > 0) state.unsettled.delete(vm.id);
}
