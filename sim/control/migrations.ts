/**
 * Live migration: a VM is brought to another host while it runs. Its resources are looked for at the destination (compute, and
 * the network: a virtual NIC of its customer's, made where there is none), reserved, and the agent there told to prepare; then
 * the source copies. Both agents are asked what is so before anything is released, and where they are silent or contradict each
 * other asked again, until it is clear where the VM runs; the other end is then cleaned. Guarantees that capacity is held at
 * both ends as long as the VM may be there, that as many are under way at once as may be, in the order in which they were asked
 * for (one that its hosts hold back lets others pass), and that one whose world has changed meanwhile is dropped, never forced.
 */
import { assert } from '../base/assert.js';
import { acknowledge, end } from './acknowledge.js';
import { giveUpCommand, sendMigrationCommand, sendVmCommand } from './commands.js';
import { demandOf, nodesIfFits } from './placement.js';
import { ensureNic, leaveNic } from './provisioning.js';
import { applianceLost } from './networks.js';
import { REASONS, type Answer, type HostId, type InquiredState, type Reason, type Request } from './ports.js';
import type { AccountRecord, MigrationRecord, NetworkRecord, VmRecord } from './records.js';
import type { ZoneState } from './state.js';
import type { Step } from './step.js';
import { tellThrottle } from './throttling.js';
import { dismounted } from './vms.js';

/** An administrator asks for one; it ends with its request. */
export function migrateRequested(
  step: Step,
  request: Extract<Request, { kind: 'migrate' }>,
  account: AccountRecord,
  vm: VmRecord,
): void {
  const { state } = step;
  const to = request.to === undefined ? null : state.config.hosts.findIndex(({ name }) => name === request.to);
  if (to !== null && to < 0) return end(step, request, account.id, vm.id, 'unknown-host');
  const no = unable(vm) ?? (to === null ? null : objection(state, vm, to));
  if (typeof no === 'string') return end(step, request, account.id, vm.id, no);
  // Until it begins the VM is not busy with it.
  queue(step, vm, {
    to,
    notOn: to === null ? [vm.host!] : null,
    request: acknowledge(step, request, account.id, null),
  });
}

/** An administrator wants hosts empty. The request is done when all are asked for; who stays says so himself. */
export function evacuateRequested(step: Step, request: Extract<Request, { kind: 'evacuate' }>): void {
  const { state } = step;
  const hosts = request.hosts.map((wanted) => state.config.hosts.findIndex(({ name }) => name === wanted));
  if (hosts.includes(-1)) return end(step, request, null, null, 'unknown-host');
  const notOn = [...hosts].sort((a, b) => a - b);
  const id = acknowledge(step, request, null, null);
  for (const vm of state.vms.values())
    if (vm.host !== null && notOn.includes(vm.host) && unable(vm) === null)
      queue(step, vm, { to: null, notOn, request: null });
  step.endRequestOf(id, null, 'done');
}

/** Why a VM in its present state cannot be migrated; null: it can. */
function unable({ migration, state }: VmRecord): Reason | null {
  if (migration !== null || (state !== 'running' && state !== 'stopped')) return 'vm-busy';
  return state === 'stopped' ? 'not-running' : null;
}

function queue(
  step: Step,
  vm: VmRecord,
  { to, notOn, request }: { to: HostId | null; notOn: readonly HostId[] | null; request: number | null },
): void {
  const migration = step.state.next.migration;
  const way = { source: vm.host!, destination: to, notOn };
  step.emit({ at: step.now, kind: 'migration', migration, vm: vm.id, ...way, request });
  step.migrationEvent(step.state.migration(migration), 'queue');
}

/** Nodes that would take it at the destination; or why it cannot go there now. */
function objection(state: ZoneState, vm: VmRecord, to: HostId): readonly number[] | Reason {
  if (vm.host === to) return 'already-there';
  if (!state.host(to).inService) return 'host-out-of-service';
  // Its disk would have to come along.
  if (vm.localDisk) return 'unsupported';
  const demand = demandOf(state, vm);
  if (typeof demand === 'string') return demand;
  if (demand.pods !== null && !demand.pods.includes(state.host(to).pod)) return 'unsupported';
  return nodesIfFits(state, to, undefined, demand) ?? 'no-capacity';
}

/** At the end of a turn: those that wait and may begin. */
export function settleMigrations(step: Step): void {
  const { state } = step;
  if (!state.queueDue) return;
  state.queueDue = false;
  // Numbers ascend in the order of asking; one that went to the policy is back in its place.
  for (const id of [...state.queue].sort((a, b) => a - b)) {
    const migration = state.migration(id);
    if (mayBegin(state, migration)) beginNext(step, migration);
  }
}

function mayBegin(state: ZoneState, { from, to }: MigrationRecord): boolean {
  const { perHost, perPodUplink, perZone } = state.config.migration;
  if (state.migrationsUnderWay >= (perZone ?? Infinity)) return false;
  const hosts = to === null ? [from] : [from, to];
  for (const host of hosts) if ((state.migrationsAt.get(host) ?? 0) >= (perHost ?? Infinity)) return false;
  const pods = hosts.map((host) => state.host(host).pod);
  if (pods.length === 1 || pods[0] === pods[1]) return true;
  return pods.every((pod) => (state.migrationsAcross.get(pod) ?? 0) < (perPodUplink ?? Infinity));
}

function beginNext(step: Step, migration: MigrationRecord): void {
  const { state } = step;
  const vm = state.vms.get(migration.vm);
  const gone = vm === undefined || vm.state !== 'running' || vm.request !== null || vm.host !== migration.from;
  if (gone) return drop(step, migration, 'vm-busy');
  // What it asked to hold it does not any more.
  if (vm.cpuMillis !== migration.cpuMillis || vm.memoryBytes !== migration.memoryBytes)
    return drop(step, migration, 'bad-request');
  const nodes = migration.to === null ? 'no-capacity' : objection(state, vm, migration.to);
  if (typeof nodes !== 'string') return begin(step, migration, vm, nodes);
  if (migration.notOn === null) return drop(step, migration, nodes);
  choose(step, migration, vm, migration.notOn);
}

function drop(step: Step, migration: MigrationRecord, reason: Reason): void {
  step.migrationEvent(migration, 'drop', reason);
  step.endRequestOf(migration.request, migration.vm, 'refused', reason);
}

/** No destination is given, or it has no room any more: the policy is asked. */
function choose(step: Step, migration: MigrationRecord, vm: VmRecord, notOn: readonly HostId[]): void {
  const { state } = step;
  const { id } = migration;
  const demand = vm.localDisk ? 'unsupported' : demandOf(state, vm);
  if (typeof demand === 'string') return drop(step, migration, demand);
  if (migration.to !== null) step.emit({ at: step.now, kind: 'migration-destination', migration: id, host: null });
  const question = state.next.question;
  step.migrationEvent(migration, 'ask');
  step.emit({ at: step.now, kind: 'asked-where', migration: id, question });
  step.questions.push({
    kind: 'place',
    number: question,
    vm: vm.id,
    account: vm.account,
    demand: { ...demand, notOn },
  });
}

/** A policy's answer, held against the world as it is now. False: the question was another one. */
export function answeredWhere(step: Step, { question, decision }: Answer): boolean {
  const { state } = step;
  const id = state.whereTo.get(question);
  if (id === undefined) return false;
  const migration = state.migration(id);
  const vm = state.vms.get(migration.vm);
  const refused = 'refuse' in decision ? decision.refuse : null;
  const known = refused !== null && (REASONS as readonly string[]).includes(refused) ? refused : null;
  const host = 'host' in decision ? decision.host : -1;
  const fits = vm?.state === 'running' && state.hosts[host] !== undefined && !migration.notOn!.includes(host);
  const nodes = fits ? objection(state, vm, host) : (known ?? 'policy-failed');
  if (typeof nodes === 'string') drop(step, migration, known ?? nodes);
  else {
    step.migrationEvent(migration, 'chosen');
    step.emit({ at: step.now, kind: 'migration-destination', migration: id, host });
  }
  return true;
}

function begin(step: Step, migration: MigrationRecord, vm: VmRecord, nodes: readonly number[]): void {
  const { state } = step;
  const host = migration.to!;
  step.migrationEvent(migration, 'begin');
  step.emit({ at: step.now, kind: 'migration-reserved', migration: migration.id, host, nodes });
  // What was on its way to its agent (a throttle) comes with it, or after it.
  giveUpCommand(step, vm);
  step.vmEvent(vm, 'migrate');
  tellThrottle(step, vm);
  for (const network of migration.networks) ensureNic(step, state.network(network), host);
  checkPrepared(step, migration);
}

/** A virtual NIC may be there now that its destination waits for. */
export function checkPrepared(step: Step, migration: MigrationRecord): void {
  const { state } = step;
  if (migration.state !== 'preparing' || migration.destination.command !== null) return;
  for (const network of migration.networks)
    if (state.nicOn(state.network(network), migration.to!)?.state !== 'present') return;
  sendMigrationCommand(step, 'prepare-migration', migration);
}

export function nicFailedFor(step: Step, { kept }: NetworkRecord, host: HostId, reason: Reason): void {
  for (const id of [...(kept.get(host) ?? [])]) {
    const migration = step.state.migrations.get(id);
    if (migration?.state === 'preparing' && migration.to === host) unprepared(step, migration, reason);
  }
}

/** Before the agent there was told anything: no more is to be taken back than a virtual NIC. */
function unprepared(step: Step, migration: MigrationRecord, reason: Reason): void {
  const vm = step.state.vm(migration.vm);
  free(step, migration, migration.to!);
  step.migrationEvent(migration, 'no-nic', reason);
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
  const nodes = migration.reserved!;
  step.emit({ at: step.now, kind: 'vm-moved', migration: migration.id, vm: vm.id, host: migration.to!, nodes });
  step.vmEvent(vm, 'migrated');
  step.endRequestOf(migration.request, vm.id, 'done');
  sendMigrationCommand(step, 'release-vm', migration);
}

export function released(step: Step, migration: MigrationRecord): void {
  free(step, migration, migration.from);
  step.migrationEvent(migration, 'released');
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
  const { id, vm, to: host, reserved: nodes } = migration;
  step.emit({ at: step.now, kind: 'vm-moved', migration: id, vm, host: host!, nodes: nodes! });
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
  step.migrationEvent(migration, 'taken-back');
}

/** Capacity there is free, and the virtual NIC, unless others use it. */
function free(step: Step, migration: MigrationRecord, host: HostId): void {
  assert(host === migration.from || host === migration.to, 'a migration has two ends');
  step.emit({ at: step.now, kind: 'migration-freed', migration: migration.id, host });
  for (const network of migration.networks) leaveNic(step, step.state.network(network), host);
}
