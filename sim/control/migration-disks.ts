/** What follows from a command about a disk that is a migration's: the one that its VM will have, or the one that it had. */
import { moved, notMoved } from './cold-migrations.js';
import { checkPrepared, unprepared } from './migrations.js';
import type { Reason } from './ports.js';
import type { DiskRecord, MigrationRecord } from './records.js';
import type { Step } from './step.js';

/** It is there; of a cold migration, with its content. */
export function diskThere(step: Step, migration: MigrationRecord): void {
  if (migration.how === 'cold') moved(step, migration);
  else checkPrepared(step, migration);
}

/** An agent that said no has no disk; a silent one may have it. */
export function diskNotThere(step: Step, migration: MigrationRecord, disk: DiskRecord, reason: Reason): void {
  if (reason !== 'agent-silent') step.diskEvent(disk, 'fail');
  if (migration.how === 'cold') notMoved(step, migration, reason);
  else unprepared(step, migration, 'no-disk', reason);
}

export function diskCollected(step: Step, migration: MigrationRecord, disk: DiskRecord): void {
  step.diskEvent(disk, 'destroyed');
  step.migrationEvent(migration, migration.state === 'releasing' ? 'released' : 'taken-back');
}
