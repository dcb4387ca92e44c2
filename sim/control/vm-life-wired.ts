/** Who answers when something that a VM needs has changed: its way up and down, and its migrations. */
import { nicChangedFor, nicFailedFor } from './migrations.js';
import { checkProvisioned } from './provisioning.js';
import type { VmLife } from './vm-life.js';
import { checkGone, failed, mounted, networkReady, refuse, stop } from './vms.js';

export const VM_LIFE: VmLife = {
  ...{ networkReady, checkProvisioned, mounted, refuse, failed, stop, checkGone },
  ...{ nicChanged: nicChangedFor, nicFailed: nicFailedFor },
};
