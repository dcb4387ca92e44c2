/**
 * Live migration: a VM is brought to another host while it runs. What it needs at the destination (compute, a virtual NIC of its
 * customer's where there is none, a disk where its own cannot stay) is reserved and made, and the agent there told to prepare; then
 * the source copies. Both agents are asked what is so before anything is released, and where they are silent or contradict each
 * other asked again, until it is clear where the VM runs; the other end is then cleaned. Guarantees that capacity is held at
 * both ends, and a disk stands at both, as long as the VM may be there.
 */
import { assert } from '../base/assert.js';
import { giveUpCommand, sendMigrationCommand, sendVmCommand } from './commands.js';
import { collectDisk, provideDiskThere } from './migration-room.js';
import { applianceLost } from './networks.js';
import type { HostId, InquiredState, Reason } from './ports.js';
import { ensureNic, leaveNic } from './provisioning.js';
import type { MigrationRecord, NetworkRecord, VmRecord } from './records.js';
import type { Step } from './step.js';
import { tellThrottle } from './throttling.js';
import { dismounted } from './vms.js';

export function begin(step: Step, migration: MigrationRecord, vm: VmRecord, nodes: readonly number[]): void {
  const { state } = step;
  const host = migration.to!;
  step.migrationEvent(migration, 'begin');
  step.emit({ at: step.now, kind: 'migration-reserved', migration: migration.id, host, nodes });
  // What was on its way to its agent (a throttle) comes with it, or after it.
  giveUpCommand(step, vm);
  step.vmEvent(vm, 'migrate');
  tellThrottle(step, vm);
  provideDiskThere(step, migration, vm, 'create-disk');
  for (const network of migration.networks) ensureNic(step, state.network(network), host);
  checkPrepared(step, migration);
}

/** Its disk, or a virtual NIC, may be there now that its destination waits for. */
export function checkPrepared(step: Step, migration: MigrationRecord): void {
  const { state } = step;
  if (migration.state !== 'preparing' || migration.destination.command !== null) return;
  if (migration.disk !== null && state.disk(migration.disk).state !== 'ready') return;
  for (const network of migration.networks)
    if (state.nicOn(state.network(network), migration.to!)?.state !== 'present') return;
  sendMigrationCommand(step, 'prepare-migration', migration);
}

export function nicFailedFor(step: Step, { kept }: NetworkRecord, host: HostId, reason: Reason): void {
  for (const id of [...(kept.get(host) ?? [])]) {
    const migration = step.state.migrations.get(id);
    if (migration?.state === 'preparing' && migration.to === host) unprepared(step, migration, 'no-nic', reason);
  }
}

/** Before the agent there was told anything: no more is to be taken back than a virtual NIC, and a disk. */
export function unprepared(step: Step, migration: MigrationRecord, lacks: 'no-nic' | 'no-disk', reason: Reason): void {
  const vm = step.state.vm(migration.vm);
  free(step, migration, migration.to!);
  step.migrationEvent(migration, migration.disk === null ? lacks : 'fail', reason);
  collectDisk(step, migration);
  step.vmEvent(vm, 'not-migrated', reason);
  step.endRequestOf(migration.request, vm.id, 'failed', reason);
}

export function nicChangedFor(step: Step, { kept }: NetworkRecord, host: HostId): void {
  for (const id of [...(kept.get(host) ?? [])]) checkPrepared(step, step.state.migration(id));
}

export function prepared(step: Step, migration: MigrationRecord): void {
  step.migrationEvent(migration, 'prepared');
  sendMigrationCommand(step, 'migrate-vm', migration);
}

export function prepareFailed(step: Step, migration: MigrationRecord, reason: Reason): void {
  takeBack(step, migration, 'fail', reason === 'agent-silent' ? reason : 'destination-failed');
}

export function copied(step: Step, migration: MigrationRecord): void {
  step.migrationEvent(migration, 'copied');
  inquire(step, migration);
}

/** The source may say that the VM runs on there; else it may have sent it, or be at it, or have lost it. */
export function copyFailed(step: Step, migration: MigrationRecord, reason: Reason): void {
  if (reason === 'not-converging' || reason === 'destination-failed') return takeBack(step, migration, 'fail', reason);
  step.migrationEvent(migration, 'unclear', reason);
  inquire(step, migration);
}

function inquire(step: Step, migration: MigrationRecord): void {
  sendMigrationCommand(step, 'inquire-source', migration);
  sendMigrationCommand(step, 'inquire-destination', migration);
}

/** One end has said what is so. */
export function said(step: Step, migration: MigrationRecord, of: 'source' | 'destination', what: InquiredState): void {
  step.emit({ at: step.now, kind: 'migration-said', migration: migration.id, end: of, said: what });
  const { source, destination } = migration;
  // Where it runs it is, whatever the other end says, or does not.
  if (destination.said === 'running') return arrived(step, migration);
  if (source.said === null || destination.said === null) return;
  // What the destination says may be older than what the source says: that it is gone from there both must say when asked anew.
  const has = source.said === 'running' || source.said === 'sending';
  if (migration.state === 'confirming' || (!has && (source.before === null || source.before !== source.said))) {
    step.migrationEvent(migration, 'unclear');
    return inquire(step, migration);
  }
  switch (source.said) {
    case 'running':
      return takeBack(step, migration, 'not-there', migration.reason ?? 'agent-failed');
    case 'sending':
      step.migrationEvent(migration, 'still-copying');
      return sendMigrationCommand(step, 'cancel-migration', migration);
    case 'departed':
      return lostThere(step, migration);
    default:
      return lost(step, migration);
  }
}

/** The source has stopped, or had: what is so? */
export function cancelled(step: Step, migration: MigrationRecord): void {
  step.migrationEvent(migration, 'cancelled');
  inquire(step, migration);
}

function arrived(step: Step, migration: MigrationRecord): void {
  const { state } = step;
  const vm = state.vm(migration.vm);
  giveUpCommand(step, migration.source);
  step.migrationEvent(migration, 'confirmed');
  there(step, migration);
  step.vmEvent(vm, 'migrated');
  step.endRequestOf(migration.request, vm.id, 'done');
  sendMigrationCommand(step, 'release-vm', migration);
}

/** The VM is at the destination, with the disk that was made for it there. */
function there(step: Step, { id: migration, vm, to, reserved, disk }: MigrationRecord): void {
  step.emit({ at: step.now, kind: 'vm-moved', migration, vm, host: to!, nodes: reserved! });
  if (disk !== null) step.emit({ at: step.now, kind: 'vm-disk', migration, vm, disk });
}

export function released(step: Step, migration: MigrationRecord): void {
  free(step, migration, migration.from!);
  if (!collectDisk(step, migration)) step.migrationEvent(migration, 'released');
}

/** The VM runs on at its source; the customer need not wait until its destination is clean. */
function takeBack(step: Step, migration: MigrationRecord, event: 'fail' | 'not-there', reason: Reason): void {
  const vm = step.state.vm(migration.vm);
  for (const one of [migration.source, migration.destination]) giveUpCommand(step, one);
  step.migrationEvent(migration, event, reason);
  step.vmEvent(vm, 'not-migrated', reason);
  step.endRequestOf(migration.request, vm.id, 'failed', reason);
  sendMigrationCommand(step, 'abandon-migration', migration);
}

/** Nobody has it any more: its disk is taken off the source, what was built at the destination is taken back. */
function lost(step: Step, migration: MigrationRecord): void {
  step.migrationEvent(migration, 'gone', 'vm-lost');
  offItsHost(step, migration);
  sendMigrationCommand(step, 'abandon-migration', migration);
}

/** It had come to the destination: its disk is taken off there, what is left at the source is released. */
function lostThere(step: Step, migration: MigrationRecord): void {
  step.migrationEvent(migration, 'gone-there', 'vm-lost');
  there(step, migration);
  offItsHost(step, migration);
  sendMigrationCommand(step, 'release-vm', migration);
}

function offItsHost(step: Step, migration: MigrationRecord): void {
  const vm = step.state.vm(migration.vm);
  if (vm.role === 'router') applianceLost(step, step.state.network(vm.networks[0]!));
  step.vmEvent(vm, 'lost', 'vm-lost');
  step.endRequestOf(migration.request, vm.id, 'failed', 'vm-lost');
  if (vm.disk !== null) sendVmCommand(step, 'dismount-disk', vm);
  else dismounted(step, vm);
}

export function takenBack(step: Step, migration: MigrationRecord): void {
  free(step, migration, migration.to!);
  if (!collectDisk(step, migration)) step.migrationEvent(migration, 'taken-back');
}

/** Capacity there is free, and the virtual NIC, unless others use it. */
export function free(step: Step, migration: MigrationRecord, host: HostId): void {
  assert(host === migration.from || host === migration.to, 'a migration has two ends');
  step.emit({ at: step.now, kind: 'migration-freed', migration: migration.id, host });
  for (const network of migration.networks) leaveNic(step, step.state.network(network), host);
}
