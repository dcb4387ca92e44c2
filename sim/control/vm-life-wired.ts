/** Who answers when something that a VM needs has changed: its way up and down, and its migrations. */
import { halted } from './cold-migrations.js';
import { send } from './hand-overs.js';
import { nicChangedFor, nicFailedFor } from './migrations.js';
import { checkProvisioned } from './provisioning.js';
import type { VmLife } from './vm-life.js';
import { checkGone, failed, isHaltedToMove, mounted, networkReady, refuse, stop } from './vms.js';

export const VM_LIFE: VmLife = {
  ...{ networkReady, checkProvisioned, mounted, refuse, failed, stop, checkGone },
  stopped(step, vm) {
    if (!isHaltedToMove(step, vm)) return false;
    const migration = step.state.migration(vm.migration!);
    if (migration.zone === null) halted(step, migration, vm);
    else send(step, migration, vm);
    return true;
  },
  ...{ nicChanged: nicChangedFor, nicFailed: nicFailedFor },
};
