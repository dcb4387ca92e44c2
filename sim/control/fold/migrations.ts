/** Migrations in the fold: what waits, what is under way, and what they hold at either end. */
import { assert } from '../../base/assert.js';
import type { HostId } from '../ports.js';
import type { MigrationRecord } from '../records.js';
import type { ZoneState } from '../state.js';
import type { MigrationState } from '../migration-states.js';
import { occupy } from './hosts.js';
import { moved, type Of } from './moved.js';

export function applyMigration(state: ZoneState, tx: Of<'migration'>): void {
  const vm = state.vm(tx.vm);
  assert(vm.migration === null, () => `VM ${vm.id} is migrated twice`);
  state.migrations.set(tx.migration, {
    id: tx.migration,
    vm: tx.vm,
    networks: vm.networks,
    from: tx.source,
    to: tx.destination,
    notOn: tx.notOn,
    question: null,
    request: tx.request,
    cpuMillis: vm.cpuMillis,
    memoryBytes: vm.memoryBytes,
    state: 'new',
    ...{ reserved: null, left: null, reason: null },
    source: { command: null, said: null, before: null },
    destination: { command: null, said: null, before: null },
  });
  vm.migration = tx.migration;
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
  if (tx.from === 'choosing') {
    state.whereTo.delete(migration.question!);
    migration.question = null;
  }
  state.queueDue ||= tx.to === 'queued' || ENDED.has(tx.to);
  if (!ENDED.has(tx.to)) return;
  state.migrations.delete(migration.id);
  const vm = state.vms.get(migration.vm);
  if (vm?.migration === migration.id) vm.migration = null;
}

export function applyAskedWhere(state: ZoneState, tx: Of<'asked-where'>): void {
  state.migration(tx.migration).question = tx.question;
  state.whereTo.set(tx.question, tx.migration);
  state.next.question = tx.question + 1;
}

export function applyDestination(state: ZoneState, tx: Of<'migration-destination'>): void {
  const migration = state.migration(tx.migration);
  assert(migration.state === 'queued', () => `migration ${tx.migration} changes its destination while it is under way`);
  migration.to = tx.host;
  state.queueDue = true;
}

function count(state: ZoneState, { from, to }: MigrationRecord, by: 1 | -1): void {
  state.migrationsUnderWay += by;
  const hosts = to === null ? [from] : [from, to];
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

export function applySaid(state: ZoneState, tx: Of<'migration-said'>): void {
  state.migration(tx.migration)[tx.end].said = tx.said;
}

/** What was reserved is the VM's, what was the VM's is left. */
export function applyMoved(state: ZoneState, tx: Of<'vm-moved'>): void {
  const migration = state.migration(tx.migration);
  const vm = state.vm(tx.vm);
  const { to } = migration;
  assert(to !== null && vm.host === migration.from && tx.host === to, 'moved from the source to the destination');
  migration.left = vm.nodes;
  migration.reserved = null;
  keep(state, migration, migration.from, 1);
  keep(state, migration, to, -1);
  state.indexes.vmMoved(vm, migration.from, -1);
  vm.host = tx.host;
  vm.nodes = tx.nodes;
  state.indexes.vmMoved(vm, tx.host, 1);
  for (const id of vm.networks) {
    const { placed } = state.network(id);
    const before = placed.get(migration.from)!;
    before.splice(before.indexOf(vm.id), 1);
    if (before.length === 0) placed.delete(migration.from);
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
