/** Snapshots of virtual disks, on the disk's own server: taken, deleted, reverted to on request; gone with their VM. */
import { sendSnapshotCommand } from './commands.js';
import type { Reason } from './ports.js';
import type { SnapshotRecord, VmRecord } from './records.js';
import type { Step } from './step.js';

/** The VM's open request asks for it; there is room. */
export function takeSnapshot(step: Step, vm: VmRecord, name: string): void {
  const { state } = step;
  const { id: disk, server, bytes } = state.disk(vm.disk!);
  const id = state.next.snapshot;
  step.emit({ at: step.now, kind: 'snapshot', snapshot: id, name, vm: vm.id, disk, server, bytes });
  const snapshot = state.snapshot(id);
  step.snapshotEvent(snapshot, 'create');
  sendSnapshotCommand(step, 'create-snapshot', snapshot);
}

export function revert(step: Step, snapshot: SnapshotRecord): void {
  step.snapshotEvent(snapshot, 'revert');
  sendSnapshotCommand(step, 'revert-disk', snapshot);
}

export function deleteSnapshot(step: Step, snapshot: SnapshotRecord): void {
  step.snapshotEvent(snapshot, 'destroy');
  sendSnapshotCommand(step, 'destroy-snapshot', snapshot);
}

/** The VM is destroyed, and all its snapshots with it. */
export function dropSnapshots(step: Step, vm: VmRecord): void {
  for (const id of [...(vm.snapshots?.values() ?? [])]) {
    const snapshot = step.state.snapshot(id);
    if (snapshot.state !== 'destroying') deleteSnapshot(step, snapshot);
  }
}

export function snapshotTaken(step: Step, snapshot: SnapshotRecord): void {
  step.snapshotEvent(snapshot, 'created');
  step.endRequest(step.state.vm(snapshot.vm), 'done');
}

export function reverted(step: Step, snapshot: SnapshotRecord): void {
  step.snapshotEvent(snapshot, 'reverted');
  step.endRequest(step.state.vm(snapshot.vm), 'done');
}

export function snapshotGone(step: Step, snapshot: SnapshotRecord): void {
  const vm = step.state.vm(snapshot.vm);
  step.snapshotEvent(snapshot, 'destroyed');
  if (vm.state === 'destroying') step.life.checkGone(step, vm);
  else step.endRequest(vm, 'done');
}

/** It could not be taken, or not be reverted to. */
export function snapshotFailed(step: Step, snapshot: SnapshotRecord, reason: Reason): void {
  step.endRequest(step.state.vm(snapshot.vm), 'failed', reason);
  if (snapshot.state === 'reverting') step.snapshotEvent(snapshot, 'reverted');
  else deleteSnapshot(step, snapshot);
}
