/** Migrations in the fold: what waits, what is under way, and what they hold at either end. */
import { assert } from '../../base/assert.js';
import type { HostId } from '../ports.js';
import type { MigrationRecord } from '../records.js';
import { DEADLINE, type ZoneState } from '../state.js';
import type { MigrationState } from '../migration-states.js';
import { occupy } from './hosts.js';
import { moved, type Of } from './moved.js';
import { countPlaced } from './maintenances.js';
import { noteChanged } from './rounds.js';

export function applyMigration(state: ZoneState, tx: Of<'migration'>): void {
  const vm = state.vm(tx.vm);
  assert(vm.migration === null, () => `VM ${vm.id} is migrated twice`);
  state.migrations.set(tx.migration, {
    id: tx.migration,
    vm: tx.vm,
    networks: vm.networks,
    how: tx.how,
    zone: tx.zone,
    place: null,
    restart: tx.how === 'cold' && tx.source !== null,
    from: tx.source,
    to: tx.destination,
    notOn: tx.notOn,
    question: null,
    asked: 0,
    disk: null,
    request: tx.request,
    round: tx.round,
    waits: tx.waits,
    follows: tx.follows,
    cpuMillis: vm.cpuMillis,
    memoryBytes: vm.memoryBytes,
    state: 'new',
    ...{ reserved: null, left: null, reason: null },
    source: { command: null, said: null, before: null },
    destination: { command: null, said: null, before: null },
  });
  vm.migration = tx.migration;
  if (tx.round !== null) state.defrag.underWay!.open.add(tx.migration);
  state.next.migration = tx.migration + 1;
}

const ENDED: ReadonlySet<MigrationState> = new Set(['done', 'rolled-back', 'dropped']);
const WAITING: ReadonlySet<MigrationState> = new Set(['new', 'queued']);

export function applyMigrationState(state: ZoneState, tx: Of<'migration-state'>): void {
  const migration = state.migration(tx.migration);
  migration.state = moved(tx, migration.state);
  if (tx.reason !== null) migration.reason = tx.reason;
  if (tx.to === 'queued') state.queue.add(migration.id);
  else state.queue.delete(migration.id);
  const wasUnderWay = !WAITING.has(tx.from);
  const isUnderWay = !WAITING.has(tx.to) && !ENDED.has(tx.to);
  if (wasUnderWay !== isUnderWay) count(state, migration, isUnderWay ? 1 : -1);
  if (tx.to === 'confirming' || tx.to === 'inquiring')
    for (const end of [migration.source, migration.destination]) {
      end.before = end.said;
      end.said = null;
    }
  if (tx.from === 'choosing' && tx.to !== 'choosing') {
    state.whereTo.delete(migration.question!);
    migration.question = null;
  }
  state.queueDue ||= tx.to === 'queued' || ENDED.has(tx.to);
  if (!ENDED.has(tx.to)) return;
  state.migrations.delete(migration.id);
  if (state.maintenances.size > 0) {
    for (const { open } of state.maintenances.values()) open.delete(migration.id);
    state.maintenanceDirty = true;
  }
  if (migration.round !== null) {
    state.defrag.underWay!.open.delete(migration.id);
    // What came to nothing is looked at again.
    if (tx.to !== 'done') noteChanged(state, migration.networks);
  }
  const vm = state.vms.get(migration.vm);
  if (vm?.migration === migration.id) vm.migration = null;
}

export function applyAskedWhere(state: ZoneState, tx: Of<'asked-where'>): void {
  const migration = state.migration(tx.migration);
  if (migration.question !== null) state.whereTo.delete(migration.question);
  migration.question = tx.question;
  migration.asked++;
  state.whereTo.set(tx.question, tx.migration);
  state.next.question = tx.question + 1;
}

export function applyDestination(state: ZoneState, tx: Of<'migration-destination'>): void {
  const migration = state.migration(tx.migration);
  assert(migration.state === 'queued', () => `migration ${tx.migration} changes its destination while it is under way`);
  migration.to = tx.host;
  migration.asked = 0;
  state.queueDue = true;
}

function count(state: ZoneState, { from, to }: MigrationRecord, by: 1 | -1): void {
  state.migrationsUnderWay += by;
  const hosts = [from, to].filter((host) => host !== null);
  for (const host of hosts) add(state.migrationsAt, host, by);
  const pods = hosts.map((host) => state.host(host).pod);
  if (pods.length === 2 && pods[0] !== pods[1]) for (const pod of pods) add(state.migrationsAcross, pod, by);
}

function add(counts: Map<number, number>, key: number, by: 1 | -1): void {
  const there = (counts.get(key) ?? 0) + by;
  if (there === 0) counts.delete(key);
  else counts.set(key, there);
}

export function applyReserved(state: ZoneState, tx: Of<'migration-reserved'>): void {
  const migration = state.migration(tx.migration);
  assert(tx.host === migration.to && migration.reserved === null, 'reserved once, at the destination');
  migration.reserved = tx.nodes;
  occupy(state, tx.host, tx.nodes, migration.cpuMillis, migration.memoryBytes, 1);
  keep(state, migration, tx.host, 1);
}

export function applyMigrationDisk(state: ZoneState, tx: Of<'migration-disk'>): void {
  const { migration, vm, disk: id, server, bytes } = tx;
  state.disks.set(id, { id, vm, server, bytes, copy: null, migration, state: 'absent', command: null });
  state.migration(migration).disk = id;
  state.next.disk = id + 1;
}

export function applyMigrationAdmitted(state: ZoneState, tx: Of<'migration-admitted'>): void {
  const { disk, server } = tx;
  state.migration(tx.migration).place = disk === null || server === null ? null : { disk, server };
}

export function applyVmDisk(state: ZoneState, tx: Of<'vm-disk'>): void {
  const migration = state.migration(tx.migration);
  const vm = state.vm(tx.vm);
  assert(migration.disk === tx.disk && vm.disk !== null, 'a disk in place of another one');
  state.disk(tx.disk).migration = null;
  state.disk(vm.disk).migration = migration.id;
  migration.disk = vm.disk;
  vm.disk = tx.disk;
}

/** What was reserved for it is held for it. */
export function applyHeld(state: ZoneState, tx: Of<'vm-held'>): void {
  const migration = state.migration(tx.migration);
  assert(migration.to === tx.host && migration.reserved !== null, 'held where it was reserved');
  migration.reserved = null;
  keep(state, migration, tx.host, -1);
  state.vm(tx.vm).held = { host: tx.host, nodes: tx.nodes, until: tx.heldUntil };
  state.addDeadline(tx.heldUntil, DEADLINE.hold, tx.vm);
}

export function applySaid(state: ZoneState, tx: Of<'migration-said'>): void {
  state.migration(tx.migration)[tx.end].said = tx.said;
}

/** What was reserved is the VM's, what was the VM's is left. */
export function applyMoved(state: ZoneState, tx: Of<'vm-moved'>): void {
  const migration = state.migration(tx.migration);
  const vm = state.vm(tx.vm);
  const { from, to } = migration;
  assert(from !== null && to !== null, 'moved from the source to the destination');
  assert(vm.host === from && tx.host === to, 'moved from the source to the destination');
  migration.left = vm.nodes;
  migration.reserved = null;
  keep(state, migration, from, 1);
  keep(state, migration, to, -1);
  state.indexes.vmMoved(vm, from, -1);
  vm.host = tx.host;
  vm.nodes = tx.nodes;
  state.indexes.vmMoved(vm, tx.host, 1);
  countPlaced(state, from, -1);
  countPlaced(state, tx.host, 1);
  if (migration.round === null) noteChanged(state, vm.networks);
  for (const id of vm.networks) {
    const { placed } = state.network(id);
    const before = placed.get(from)!;
    before.splice(before.indexOf(vm.id), 1);
    if (before.length === 0) placed.delete(from);
    const there = placed.get(tx.host);
    if (there) there.push(vm.id);
    else placed.set(tx.host, [vm.id]);
  }
}

export function applyFreed(state: ZoneState, tx: Of<'migration-freed'>): void {
  const migration = state.migration(tx.migration);
  const end = tx.host === migration.to ? 'reserved' : 'left';
  const nodes = migration[end];
  assert(nodes !== null, () => `migration ${migration.id} holds nothing on host ${tx.host}`);
  occupy(state, tx.host, nodes, migration.cpuMillis, migration.memoryBytes, -1);
  migration[end] = null;
  keep(state, migration, tx.host, -1);
}

function keep(state: ZoneState, { id, networks }: MigrationRecord, host: HostId, by: 1 | -1): void {
  for (const network of networks) {
    const { kept } = state.network(network);
    const there = kept.get(host) ?? [];
    if (by === 1) kept.set(host, [...there, id]);
    else if (there.length > 1) kept.set(host, there.toSpliced(there.indexOf(id), 1));
    else kept.delete(host);
  }
}
