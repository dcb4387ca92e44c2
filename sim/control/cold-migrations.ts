/**
 * Cold migration: a VM is stopped where it runs, its disk is copied to where it is to be, and it is started there; one that is off
 * stays off. Room at the destination is reserved from the beginning. Guarantees that a VM which ran is started again, where it was
 * if it cannot be moved, and that the disk that it had stands until it has another one.
 */
import { collectDisk, diskMoves, objectionToDisk, provideDiskThere } from './migration-room.js';
import { free } from './migrations.js';
import type { Reason } from './ports.js';
import type { MigrationRecord, VmRecord } from './records.js';
import type { Step } from './step.js';
import { begin as beginStart, endHold, stop } from './vms.js';

/** Its place at the destination is kept for it while its guest networks are brought back, if they have gone. */
const RESTART_HOLD_MICROS = 600_000_000;

/** `nodes`: at the destination; null: it is off, and needs none. */
export function beginCold(step: Step, migration: MigrationRecord, vm: VmRecord, nodes: readonly number[] | null): void {
  if (nodes === null) {
    endHold(step, vm);
    return move(step, migration, vm);
  }
  step.migrationEvent(migration, 'halt');
  step.emit({ at: step.now, kind: 'migration-reserved', migration: migration.id, host: migration.to!, nodes });
  stop(step, vm);
}

/** The VM has been stopped for it. */
export function halted(step: Step, migration: MigrationRecord, vm: VmRecord): void {
  const { state } = step;
  const to = migration.to!;
  const no = diskMoves(state, vm, to) ? objectionToDisk(state, vm, to) : null;
  if (no === null) return move(step, migration, vm);
  giveUp(step, migration, no);
  step.migrationEvent(migration, 'fail', no);
  startAgain(step, migration, vm);
}

function move(step: Step, migration: MigrationRecord, vm: VmRecord): void {
  step.migrationEvent(migration, 'move');
  step.vmEvent(vm, 'move');
  provideDiskThere(step, migration, vm, 'copy-disk');
  if (migration.disk === null) moved(step, migration);
}

/** Its disk is there. */
export function moved(step: Step, migration: MigrationRecord): void {
  const { state } = step;
  const { id, disk, reserved: nodes } = migration;
  const vm = state.vm(migration.vm);
  if (disk !== null) step.emit({ at: step.now, kind: 'vm-disk', migration: id, vm: vm.id, disk });
  step.vmEvent(vm, 'moved');
  if (nodes !== null) {
    const heldUntil = step.now + RESTART_HOLD_MICROS;
    step.emit({ at: step.now, kind: 'vm-held', migration: id, vm: vm.id, host: migration.to!, nodes, heldUntil });
  } else step.endRequestOf(migration.request, vm.id, 'done');
  step.migrationEvent(migration, 'moved');
  if (!collectDisk(step, migration)) step.migrationEvent(migration, 'released');
  startAgain(step, migration, vm);
}

/** Its disk could not be copied; perhaps there is something of it. */
export function notMoved(step: Step, migration: MigrationRecord, reason: Reason): void {
  const vm = step.state.vm(migration.vm);
  giveUp(step, migration, reason);
  step.migrationEvent(migration, migration.disk === null ? 'no-disk' : 'fail', reason);
  collectDisk(step, migration);
  step.vmEvent(vm, 'not-moved', reason);
  startAgain(step, migration, vm);
}

/** Nothing is kept for it at the destination any more, and whoever asked for it is told. */
function giveUp(step: Step, migration: MigrationRecord, reason: Reason): void {
  if (migration.reserved !== null) free(step, migration, migration.to!);
  step.endRequestOf(migration.request, migration.vm, 'failed', reason);
}

export function startAgain(step: Step, { restart }: MigrationRecord, vm: VmRecord): void {
  if (!restart) return;
  step.vmEvent(vm, 'start');
  beginStart(step, vm);
}
