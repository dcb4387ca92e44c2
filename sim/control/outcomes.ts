/** What follows from a command's end: done, or come to nothing. One row a kind of command. */
import { assert } from '../base/assert.js';
import {
  cancelled,
  copied as migrationCopied,
  copyFailed as migrationFailed,
  prepared,
  prepareFailed,
  released,
  said,
  takenBack,
} from './migrations.js';
import { admitted, diskNotSent, diskSent, handedOver, notAdmitted, withdrawn } from './hand-overs.js';
import { diskCollected, diskNotThere, diskThere } from './migration-disks.js';
import type { CommandKind, OutcomeReport, Reason } from './ports.js';
import { copied, copyFailed, diskFailed, diskGone, checkProvisioned, nicChanged, nicFailed } from './provisioning.js';
import type { CommandRecord, DiskRecord } from './records.js';
import { nicGone } from './networks.js';
import { resized, resizeFailed, restored } from './resize.js';
import { ruleAdded, ruleFailed, ruleRemoved } from './rules.js';
import { reverted, snapshotFailed, snapshotGone, snapshotTaken } from './snapshots.js';
import type { Step } from './step.js';
import { dismounted, failed, halted, mounted, rebooted, started } from './vms.js';

type Kind = Exclude<CommandKind, 'register-account'>;

const DONE: Readonly<Record<Kind, (step: Step, subject: number, report: OutcomeReport) => void>> = {
  'create-disk': (step, id) => diskMade(step, step.state.disk(id)),
  'copy-disk': (step, id) => diskMade(step, step.state.disk(id)),
  'send-disk': (step, id) => diskSent(step, step.state.disk(id)),
  'offer-vm': (step, id, { place = null }) => admitted(step, step.state.migration(id), place),
  'hand-over-vm': (step, id) => handedOver(step, step.state.migration(id), null),
  'withdraw-vm': (step, id) => withdrawn(step, step.state.migration(id)),
  'destroy-disk': (step, id) => {
    const disk = step.state.disk(id);
    if (disk.migration === null) diskGone(step, disk);
    else diskCollected(step, step.state.migration(disk.migration), disk);
  },
  'copy-template': (step, id) => copied(step, step.state.copy(id)),
  'remove-template': (step, id) => step.copyEvent(step.state.copy(id), 'removed'),
  'create-snapshot': (step, id) => snapshotTaken(step, step.state.snapshot(id)),
  'destroy-snapshot': (step, id) => snapshotGone(step, step.state.snapshot(id)),
  'revert-disk': (step, id) => reverted(step, step.state.snapshot(id)),
  'add-nic': (step, id) => {
    const nic = step.state.nic(id);
    step.nicEvent(nic, 'added');
    nicChanged(step, step.state.network(nic.network), nic.host);
  },
  'remove-nic': (step, id) => {
    const nic = step.state.nic(id);
    step.nicEvent(nic, 'removed');
    nicGone(step, step.state.network(nic.network), nic.host);
  },
  'add-rule': (step, id) => ruleAdded(step, step.state.rule(id)),
  'remove-rule': (step, id) => ruleRemoved(step, step.state.rule(id)),
  'mount-disk': (step, id) => mounted(step, step.state.vm(id)),
  'dismount-disk': (step, id) => dismounted(step, step.state.vm(id)),
  'start-vm': (step, id) => started(step, step.state.vm(id)),
  'stop-vm': (step, id) => halted(step, step.state.vm(id)),
  'reboot-vm': (step, id) => rebooted(step, step.state.vm(id)),
  'resize-vm': (step, id) => resized(step, step.state.vm(id)),
  'restore-vm': (step, id) => restored(step, step.state.vm(id)),
  // The fold has noted it.
  'set-throttle': () => undefined,
  'prepare-migration': (step, id) => prepared(step, step.state.migration(id)),
  'migrate-vm': (step, id) => migrationCopied(step, step.state.migration(id)),
  'cancel-migration': (step, id) => cancelled(step, step.state.migration(id)),
  'release-vm': (step, id) => released(step, step.state.migration(id)),
  'abandon-migration': (step, id) => takenBack(step, step.state.migration(id)),
  'inquire-source': (step, id, { vmState }) => said(step, step.state.migration(id), 'source', vmState ?? 'absent'),
  'inquire-destination': (step, id, { vmState }) =>
    said(step, step.state.migration(id), 'destination', vmState ?? 'absent'),
  'open-console': (step, id, { port = null }) => {
    const vm = step.state.vm(id);
    step.emit({ at: step.now, kind: 'console-opened', vm: id, host: vm.host!, port });
    step.endRequest(vm, 'done');
  },
};

function diskMade(step: Step, disk: DiskRecord): void {
  step.diskEvent(disk, 'created');
  if (disk.migration === null) checkProvisioned(step, step.state.vm(disk.vm));
  else diskThere(step, step.state.migration(disk.migration));
}

export function done(step: Step, { type, subject }: CommandRecord, report: OutcomeReport): void {
  assert(type !== 'register-account', 'a zone registers nobody elsewhere');
  DONE[type](step, subject, report);
}

/** A command that builds came to nothing. */
export function notDone(step: Step, { type, subject }: CommandRecord, reason: Reason): void {
  const { state } = step;
  switch (type) {
    case 'create-disk':
    case 'copy-disk': {
      const disk = state.disk(subject);
      if (disk.migration === null) return diskFailed(step, disk, reason);
      return diskNotThere(step, state.migration(disk.migration), disk, reason);
    }
    case 'send-disk':
      return diskNotSent(step, state.disk(subject), reason);
    case 'offer-vm':
      return notAdmitted(step, state.migration(subject), reason);
    case 'hand-over-vm':
      return handedOver(step, state.migration(subject), reason);
    case 'copy-template':
      return copyFailed(step, state.copy(subject), reason);
    case 'create-snapshot':
    case 'revert-disk':
      return snapshotFailed(step, state.snapshot(subject), reason);
    case 'add-nic': {
      const nic = state.nic(subject);
      return nicFailed(step, state.network(nic.network), nic.host, reason);
    }
    case 'add-rule':
      return ruleFailed(step, state.rule(subject), reason);
    case 'prepare-migration':
      return prepareFailed(step, state.migration(subject), reason);
    case 'migrate-vm':
      return migrationFailed(step, state.migration(subject), reason);
    case 'resize-vm':
      return resizeFailed(step, state.vm(subject), reason);
    case 'open-console':
      return step.endRequest(state.vm(subject), 'failed', reason);
    default:
      return failed(step, state.vm(subject), reason);
  }
}
