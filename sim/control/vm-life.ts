/**
 * What a VM's way up and down (vms.ts) does when something that it needs has changed. Disks, virtual NICs, rules, snapshots and
 * guest networks tell it through this, so that they know nothing of it: it uses them, not they it.
 */
import type { HostId, Reason } from './ports.js';
import type { NetworkRecord, VmRecord } from './records.js';
import type { Step } from './step.js';

export interface VmLife {
  /** Its guest networks stand. */
  networkReady(step: Step, vm: VmRecord): void;
  /** Something that it waits for before it is mounted may be there now. */
  checkProvisioned(step: Step, vm: VmRecord): void;
  /** Its disk is mounted, or it has none. */
  mounted(step: Step, vm: VmRecord): void;
  /** The start cannot go on, and nothing was built. */
  refuse(step: Step, vm: VmRecord, reason: Reason): void;
  /** A step of its start failed. */
  failed(step: Step, vm: VmRecord, reason: Reason): void;
  stop(step: Step, vm: VmRecord): void;
  /** It is off; false: nobody had it stopped to migrate it. */
  stopped(step: Step, vm: VmRecord): boolean;
  /** A virtual NIC of the guest network on this host is in another state, or could not be had: for VMs that migrate there. */
  nicChanged(step: Step, network: NetworkRecord, host: HostId): void;
  nicFailed(step: Step, network: NetworkRecord, host: HostId, reason: Reason): void;
  /** Something that was its own, and that it must outlive, may be gone now. */
  checkGone(step: Step, vm: VmRecord): void;
}
