/**
 * Migrations that are asked for, and wait: in the order of asking, as many under way at once as may be (one that its hosts hold
 * back lets others pass). A destination that is not given, or has filled meanwhile, is the placement policy's to choose: near
 * the VM's disk first, else where that comes along to. One whose world has changed is dropped, never forced.
 */
import { acknowledge, end } from './acknowledge.js';
import { beginCold } from './cold-migrations.js';
import { offer } from './hand-overs.js';
import { demandThere, objectionTo, objectionToDisk } from './migration-room.js';
import { begin } from './migrations.js';
import {
  REASONS,
  type Decision,
  type HostId,
  type MigrationId,
  type Reason,
  type Request,
  type VmId,
} from './ports.js';
import type { AccountRecord, MigrationRecord, VmRecord } from './records.js';
import type { ZoneState } from './state.js';
import type { Step } from './step.js';

type MigrateRequest = Extract<Request, { kind: 'migrate' }>;

/** An administrator asks for one; it ends with its request. */
export function migrateRequested(step: Step, request: MigrateRequest, account: AccountRecord, vm: VmRecord): void {
  const { state } = step;
  if (request.zone !== undefined) return otherZoneRequested(step, request, account, vm, request.zone);
  const to = request.to === undefined ? null : state.config.hosts.findIndex(({ name }) => name === request.to);
  if (to !== null && to < 0) return end(step, request, account.id, vm.id, 'unknown-host');
  const cold = request.cold === true;
  const no = unable(vm, cold) ?? objection(state, vm, to);
  if (typeof no === 'string') return end(step, request, account.id, vm.id, no);
  queue(step, vm, {
    to,
    zone: null,
    how: cold ? 'cold' : 'live',
    notOn: to === null ? [vm.host!] : null,
    ...ALONE,
    // Until a live one begins the VM is not busy with it.
    request: acknowledge(step, request, account.id, cold ? vm.id : null),
  });
}

/** Whether the account may be there, and has room, is for that zone to say. */
function otherZoneRequested(
  step: Step,
  request: MigrateRequest,
  account: AccountRecord,
  vm: VmRecord,
  zone: string,
): void {
  const no = unable(vm, true) ?? objectionToZone(step.state, vm, zone);
  if (no !== null) return end(step, request, account.id, vm.id, no);
  const id = acknowledge(step, request, account.id, vm.id);
  queue(step, vm, { to: null, zone, how: 'cold', notOn: null, request: id, ...ALONE });
}

function objectionToZone({ config }: ZoneState, vm: VmRecord, zone: string): Reason | null {
  if (zone === config.zone) return 'already-there';
  if (vm.state !== 'running') return 'not-running';
  return (vm.snapshots?.size ?? 0) > 0 ? 'has-snapshots' : null;
}

/** An administrator wants hosts empty. The request is done when all are asked for; who stays says so himself. */
export function evacuateRequested(step: Step, request: Extract<Request, { kind: 'evacuate' }>): void {
  const { state } = step;
  const hosts = state.hostsNamed(request.hosts);
  if (hosts === null) return end(step, request, null, null, 'unknown-host');
  const notOn = [...hosts].sort((a, b) => a - b);
  const id = acknowledge(step, request, null, null);
  evacuate(step, notOn);
  step.endRequestOf(id, null, 'done');
}

/** All that runs on these hosts, ascending, is asked to go elsewhere, as far as it is not on its way already. */
export function evacuate(step: Step, notOn: readonly HostId[]): void {
  for (const vm of step.state.vms.values())
    if (vm.host !== null && notOn.includes(vm.host) && unable(vm, false) === null)
      queue(step, vm, { to: null, zone: null, how: 'live', notOn, request: null, ...ALONE });
}

/** Why a VM in its present state cannot be migrated; null: it can. */
function unable({ migration, state, request }: VmRecord, cold: boolean): Reason | null {
  if (migration !== null || (state !== 'running' && state !== 'stopped')) return 'vm-busy';
  if (cold) return request === null ? null : 'vm-busy';
  return state === 'stopped' ? 'not-running' : null;
}

/** Why it cannot go there, as things are; null or nodes: it can. */
function objection(state: ZoneState, vm: VmRecord, to: HostId | null): readonly number[] | Reason | null {
  if (vm.host !== null) return to === null ? null : objectionTo(state, vm, to);
  // Where a VM that is off would run is not asked for: only where its disk is to be.
  return to === null ? 'bad-request' : objectionToDisk(state, vm, to);
}

/** Of no round of defragmentation. */
const ALONE = { round: null, waits: [], follows: [] } as const;

/** Of a round of defragmentation; its number. */
export function queueMove(
  step: Step,
  { vm: id, to }: { readonly vm: VmId; readonly to: HostId },
  order: Pick<MigrationRecord, 'round' | 'waits' | 'follows'>,
): MigrationId {
  const vm = step.state.vm(id);
  queue(step, vm, { to, zone: null, how: 'live', notOn: null, request: null, ...order });
  return step.state.next.migration - 1;
}

type Asked = Pick<MigrationRecord, 'to' | 'zone' | 'how' | 'notOn' | 'request' | 'round' | 'waits' | 'follows'>;

function queue(step: Step, vm: VmRecord, { to, zone, how, notOn, request, ...order }: Asked): void {
  const migration = step.state.next.migration;
  const way = { source: vm.host, destination: to, notOn };
  step.emit({ at: step.now, kind: 'migration', migration, vm: vm.id, how, zone, ...way, request, ...order });
  step.migrationEvent(step.state.migration(migration), 'queue');
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

function mayBegin(state: ZoneState, { from, to, waits, follows }: MigrationRecord): boolean {
  if (waits.some((id) => state.migrations.has(id)) || follows.some((id) => state.queue.has(id))) return false;
  const { perHost, perPodUplink, perZone } = state.config.migration;
  if (state.migrationsUnderWay >= (perZone ?? Infinity)) return false;
  const hosts = [from, to].filter((host) => host !== null);
  for (const host of hosts) if ((state.migrationsAt.get(host) ?? 0) >= (perHost ?? Infinity)) return false;
  const pods = hosts.map((host) => state.host(host).pod);
  if (pods.length === 1 || pods[0] === pods[1]) return true;
  return pods.every((pod) => (state.migrationsAcross.get(pod) ?? 0) < (perPodUplink ?? Infinity));
}

function beginNext(step: Step, migration: MigrationRecord): void {
  const { state } = step;
  const vm = state.vms.get(migration.vm);
  const { how, from, to, zone, notOn } = migration;
  const isAsItWas =
    vm?.state === (from === null ? 'stopped' : 'running') &&
    vm.host === from &&
    vm.request === (how === 'cold' ? migration.request : null);
  if (!isAsItWas) return drop(step, migration, 'vm-busy');
  // What it asked to hold it does not any more.
  if (vm.cpuMillis !== migration.cpuMillis || vm.memoryBytes !== migration.memoryBytes)
    return drop(step, migration, 'bad-request');
  if (zone !== null) return offer(step, migration);
  const nodes = to === null ? 'no-capacity' : objection(state, vm, to);
  if (typeof nodes !== 'string')
    return how === 'live' ? begin(step, migration, vm, nodes!) : beginCold(step, migration, vm, nodes);
  if (notOn === null) return drop(step, migration, nodes);
  choose(step, migration, vm, notOn, vm.localDisk);
}

function drop(step: Step, migration: MigrationRecord, reason: Reason): void {
  step.migrationEvent(migration, 'drop', reason);
  step.endRequestOf(migration.request, migration.vm, 'refused', reason);
}

/** No destination is given, or it has no room any more: the policy is asked. `along`: its disk may come along. */
function choose(step: Step, migration: MigrationRecord, vm: VmRecord, notOn: readonly HostId[], along: boolean): void {
  const { state } = step;
  const { id } = migration;
  const demand = demandThere(state, vm, along);
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
export function answeredWhere(step: Step, question: number, decision: Decision): boolean {
  const { state } = step;
  const id = state.whereTo.get(question);
  if (id === undefined) return false;
  const migration = state.migration(id);
  const vm = state.vms.get(migration.vm);
  const refused = 'refuse' in decision ? decision.refuse : null;
  const known = refused !== null && (REASONS as readonly string[]).includes(refused) ? refused : null;
  const host = 'host' in decision ? decision.host : -1;
  const fits = vm?.state === 'running' && state.hosts[host] !== undefined && !migration.notOn!.includes(host);
  const nodes = fits ? objectionTo(state, vm, host) : (known ?? 'policy-failed');
  if (typeof nodes !== 'string') {
    step.migrationEvent(migration, 'chosen');
    step.emit({ at: step.now, kind: 'migration-destination', migration: id, host });
  } else if (known === 'no-capacity' && mayGoFurther(migration, vm))
    choose(step, migration, vm!, migration.notOn!, true);
  else drop(step, migration, known ?? nodes);
  return true;
}

/** Only hosts near its disk were asked for. */
function mayGoFurther({ asked }: MigrationRecord, vm: VmRecord | undefined): boolean {
  return asked === 1 && vm?.state === 'running' && vm.disk !== null && !vm.localDisk;
}
