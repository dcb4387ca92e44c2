/** VMs in the fold that another zone hands over. */
import { assert, unreachable } from '../../base/assert.js';
import { arrivalKey } from '../arrival-key.js';
import type { ZoneState } from '../state.js';
import type { Of } from './moved.js';

export function applyArrival(state: ZoneState, tx: Of<'vm-awaited'> | Of<'vm-admitted'> | Of<'vm-taken'>): void {
  const vm = state.vm(tx.vm);
  switch (tx.kind) {
    case 'vm-awaited':
      vm.awaited = { zone: tx.zone, migration: tx.migration, ready: false };
      state.awaited.set(arrivalKey(tx.zone, tx.migration), vm.id);
      return;
    case 'vm-admitted':
      assert(vm.awaited?.ready === false, () => `VM ${vm.id} is awaited`);
      vm.awaited.ready = true;
      return;
    case 'vm-taken':
      assert(vm.awaited?.ready === true, () => `VM ${vm.id} has been admitted`);
      state.awaited.delete(arrivalKey(vm.awaited.zone, vm.awaited.migration));
      vm.awaited = null;
      // It ran, if not here: what it has on its disk is not to be lost.
      vm.hasRun = true;
      return;
    default:
      return unreachable(tx, 'arrival');
  }
}
