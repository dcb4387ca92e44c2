/**
 * A VM that goes to another zone, cold: that zone's plane is asked to admit it, with new addresses of its own; then it is stopped here,
 * its disk's content is sent, and its record handed over, since each zone's management servers keep a database of their own. What
 * is left of it here is collected once the other zone says that it has it. Guarantees that its disk stands here until then, and
 * that it is started here again where it cannot go.
 */
import { giveUpCommand, sendDiskCommand, sendPeerCommand } from './commands.js';
import { startAgain } from './cold-migrations.js';
import type { PlacedDisk, Reason } from './ports.js';
import type { DiskRecord, MigrationRecord, VmRecord } from './records.js';
import type { Step } from './step.js';
import { destroy, stop } from './vms.js';

export function offer(step: Step, migration: MigrationRecord): void {
  step.migrationEvent(migration, 'offer');
  sendPeerCommand(step, 'offer-vm', migration);
}

/** It is admitted there; `place`: the disk that its own one's content is to go to; null: it has none. */
export function admitted(step: Step, migration: MigrationRecord, place: PlacedDisk | null): void {
  const { disk = null, server = null } = place ?? {};
  step.emit({ at: step.now, kind: 'migration-admitted', migration: migration.id, disk, server });
  step.migrationEvent(migration, 'admitted');
  stop(step, step.state.vm(migration.vm));
}

export function notAdmitted(step: Step, migration: MigrationRecord, reason: Reason): void {
  step.migrationEvent(migration, 'drop', reason);
  step.endRequestOf(migration.request, migration.vm, 'refused', reason);
}

/** It has been stopped for it. */
export function send(step: Step, migration: MigrationRecord, vm: VmRecord): void {
  step.migrationEvent(migration, 'move');
  step.vmEvent(vm, 'move');
  if (vm.disk === null || migration.place === null) sent(step, migration);
  else sendDiskCommand(step, 'send-disk', step.state.disk(vm.disk));
}

export function diskSent(step: Step, disk: DiskRecord): void {
  sent(step, migrationOf(step, disk));
}

function sent(step: Step, migration: MigrationRecord): void {
  step.migrationEvent(migration, 'sent');
  sendPeerCommand(step, 'hand-over-vm', migration);
}

/** The other zone is told that it is not coming; here it is started again. */
export function diskNotSent(step: Step, disk: DiskRecord, reason: Reason): void {
  const migration = migrationOf(step, disk);
  const vm = step.state.vm(migration.vm);
  giveUpCommand(step, migration.source);
  step.migrationEvent(migration, 'withdraw', reason);
  sendPeerCommand(step, 'withdraw-vm', migration);
  step.vmEvent(vm, 'not-moved', reason);
  step.endRequestOf(migration.request, vm.id, 'failed', reason);
  startAgain(step, migration, vm);
}

/** It is the other zone's, where it runs; or does not (`reason`). */
export function handedOver(step: Step, migration: MigrationRecord, reason: Reason | null): void {
  const vm = step.state.vm(migration.vm);
  step.vmEvent(vm, 'moved');
  step.migrationEvent(migration, 'handed-over', reason);
  step.endRequestOf(migration.request, vm.id, reason === null ? 'done' : 'failed', reason);
  destroy(step, vm);
}

export function withdrawn(step: Step, migration: MigrationRecord): void {
  step.migrationEvent(migration, 'taken-back');
}

function migrationOf({ state }: Step, { vm }: DiskRecord): MigrationRecord {
  return state.migration(state.vm(vm).migration!);
}
