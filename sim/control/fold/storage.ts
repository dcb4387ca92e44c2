/** Virtual disks, templates' copies and snapshots in the fold: their bytes are reserved from asking to being gone. */
import { assert } from '../../base/assert.js';
import type { ServerId } from '../ports.js';
import type { ZoneState } from '../state.js';
import { moved, type Of } from './moved.js';

export function applyDisk(state: ZoneState, tx: Of<'disk'>): void {
  const { disk: id, vm, server, bytes, copy } = tx;
  state.disks.set(id, { id, vm, server, bytes, copy, migration: null, state: 'absent', command: null });
  state.vm(vm).disk = id;
  state.next.disk = id + 1;
}

export function applyDiskState(state: ZoneState, tx: Of<'disk-state'>): void {
  const disk = state.disk(tx.disk);
  disk.state = moved(tx, disk.state);
  if (tx.from === 'absent') reserve(state, disk.server, disk.bytes);
  if (disk.copy !== null) {
    const copy = state.copies.get(disk.copy);
    if (tx.to === 'awaiting-template') copy!.waiting.add(disk.id);
    else if (tx.from === 'awaiting-template') copy?.waiting.delete(disk.id);
  }
  if (tx.to !== 'absent') return;
  reserve(state, disk.server, -disk.bytes);
  state.disks.delete(disk.id);
  if (disk.migration === null) state.vm(disk.vm).disk = null;
  else state.migration(disk.migration).disk = null;
}

export function applyCopy(state: ZoneState, tx: Of<'template-copy'>): void {
  const { copy: id, template, server, bytes } = tx;
  state.copies.set(id, { id, template, server, bytes, state: 'absent', waiting: new Set(), command: null });
  state.servers[server]!.copies.set(template, id);
  state.next.copy = id + 1;
}

export function applyCopyState(state: ZoneState, tx: Of<'copy-state'>): void {
  const copy = state.copy(tx.copy);
  copy.state = moved(tx, copy.state);
  if (tx.from === 'absent') reserve(state, copy.server, copy.bytes);
  if (tx.to !== 'absent') return;
  reserve(state, copy.server, -copy.bytes);
  state.copies.delete(copy.id);
  state.servers[copy.server]!.copies.delete(copy.template);
}

export function applySnapshot(state: ZoneState, tx: Of<'snapshot'>): void {
  const { snapshot: id, name, vm, disk, server, bytes } = tx;
  state.snapshots.set(id, { id, name, vm, disk, server, bytes, state: 'absent', command: null });
  const record = state.vm(vm);
  record.snapshots ??= new Map();
  record.snapshots.set(name, id);
  state.next.snapshot = id + 1;
}

export function applySnapshotState(state: ZoneState, tx: Of<'snapshot-state'>): void {
  const snapshot = state.snapshot(tx.snapshot);
  snapshot.state = moved(tx, snapshot.state);
  if (tx.from === 'absent') reserve(state, snapshot.server, snapshot.bytes);
  if (tx.to !== 'absent') return;
  reserve(state, snapshot.server, -snapshot.bytes);
  state.snapshots.delete(snapshot.id);
  state.vm(snapshot.vm).snapshots!.delete(snapshot.name);
}

function reserve(state: ZoneState, server: ServerId, bytes: number): void {
  const record = state.servers[server]!;
  record.freeBytes -= bytes;
  assert(record.freeBytes >= 0, () => `storage server ${server} over capacity`);
  if (record.host === null) state.room.changed(record.pod);
}
