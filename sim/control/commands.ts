/**
 * Commands: sent after their transaction stands in the history, repeated when unanswered, and ended once. A command
 * that builds is given up after some attempts; one that takes back is repeated until the agent says done, because
 * what it takes back may exist. A VM, disk, virtual NIC, rule ... has at most one outstanding: a newer one ends the older.
 */
import { assert } from '../base/assert.js';
import { compose } from './compose.js';
import { subjectOf } from './fold/exchange.js';
import type { CommandKind, HostId, ServerId } from './ports.js';
import type {
  CommandRecord,
  CopyRecord,
  DiskRecord,
  MigrationRecord,
  NicRecord,
  RuleRecord,
  SnapshotRecord,
  VmRecord,
} from './records.js';
import type { ZoneState } from './state.js';
import type { Step } from './step.js';

export type ZoneCommandKind = Exclude<CommandKind, 'register-account'>;

const TAKES_BACK: Record<ZoneCommandKind, boolean> = {
  'create-disk': false,
  'copy-disk': false,
  'send-disk': false,
  'destroy-disk': true,
  'copy-template': false,
  'remove-template': true,
  'create-snapshot': false,
  'destroy-snapshot': true,
  'revert-disk': false,
  'add-nic': false,
  'remove-nic': true,
  'add-rule': false,
  'remove-rule': true,
  'mount-disk': false,
  'dismount-disk': true,
  'start-vm': false,
  'stop-vm': true,
  'reboot-vm': false,
  'resize-vm': false,
  'restore-vm': true,
  // Like one that takes back, it is told until it is so.
  'set-throttle': true,
  'open-console': false,
  'prepare-migration': false,
  'migrate-vm': false,
  'cancel-migration': true,
  'release-vm': true,
  'abandon-migration': true,
  // Asked until answered.
  'inquire-source': true,
  'inquire-destination': true,
  'offer-vm': false,
  'hand-over-vm': false,
  'withdraw-vm': true,
};

export type MigrationCommandKind =
  | 'prepare-migration'
  | 'migrate-vm'
  | 'cancel-migration'
  | 'release-vm'
  | 'abandon-migration'
  | 'inquire-source'
  | 'inquire-destination';

/** To the source, or the destination. */
export const AT_SOURCE: Readonly<Record<MigrationCommandKind, boolean>> = {
  'prepare-migration': false,
  'migrate-vm': true,
  'cancel-migration': true,
  'release-vm': true,
  'abandon-migration': false,
  'inquire-source': true,
  'inquire-destination': false,
};

export function takesBack(type: CommandKind): boolean {
  return type !== 'register-account' && TAKES_BACK[type];
}

export function sendVmCommand(
  step: Step,
  type:
    | 'mount-disk'
    | 'dismount-disk'
    | 'start-vm'
    | 'stop-vm'
    | 'reboot-vm'
    | 'resize-vm'
    | 'restore-vm'
    | 'set-throttle'
    | 'open-console',
  vm: VmRecord,
): void {
  assert(vm.host !== null, () => `${type} for VM ${vm.id}, which is on no host`);
  send(step, type, vm.id, vm.host, null, false);
}

export function sendDiskCommand(
  step: Step,
  type: 'create-disk' | 'copy-disk' | 'send-disk' | 'destroy-disk',
  disk: DiskRecord,
): void {
  send(step, type, disk.id, null, disk.server, false);
}

export function sendCopyCommand(step: Step, type: 'copy-template' | 'remove-template', copy: CopyRecord): void {
  send(step, type, copy.id, null, copy.server, false);
}

export function sendSnapshotCommand(
  step: Step,
  type: 'create-snapshot' | 'destroy-snapshot' | 'revert-disk',
  snapshot: SnapshotRecord,
): void {
  send(step, type, snapshot.id, null, snapshot.server, false);
}

export function sendNicCommand(step: Step, type: 'add-nic' | 'remove-nic', nic: NicRecord): void {
  send(step, type, nic.id, nic.host, null, false);
}

export function sendMigrationCommand(step: Step, type: MigrationCommandKind, migration: MigrationRecord): void {
  const host = AT_SOURCE[type] ? migration.from : migration.to;
  assert(host !== null, () => `${type} for migration ${migration.id}, which has no destination`);
  send(step, type, migration.id, host, null, false);
}

/** To the plane of the zone that the VM goes to. */
export function sendPeerCommand(
  step: Step,
  type: 'offer-vm' | 'hand-over-vm' | 'withdraw-vm',
  migration: MigrationRecord,
): void {
  send(step, type, migration.id, null, null, false);
}

export function sendRuleCommand(step: Step, type: 'add-rule' | 'remove-rule', rule: RuleRecord, later = false): void {
  send(step, type, rule.id, null, null, later);
}

/** A migration may take as long as its limits let it, and as much again to end by their rule. */
function timeoutOf({ state: { config } }: Step, type: CommandKind, withDisk: boolean): number {
  const { timeoutMicros } = config.commands;
  if (type !== 'migrate-vm') return timeoutMicros;
  const { limits } = config.migration;
  return 2 * limits.timeoutMicros + (withDisk ? limits.diskTimeoutMicros : 0) + timeoutMicros;
}

/** A disk takes long to copy: its agent, told again, goes on with what it is at. Another plane is ours, and will come back. */
export function attemptsOf({ config: { commands, migration } }: ZoneState, type: CommandKind): number {
  const { attempts, timeoutMicros } = commands;
  if (type === 'offer-vm' || type === 'hand-over-vm') return Infinity;
  if (type !== 'copy-disk' && type !== 'send-disk') return attempts;
  return Math.max(attempts, Math.ceil(migration.limits.diskTimeoutMicros / timeoutMicros));
}

/** What is outstanding for this thing is no longer waited for. */
export function giveUpCommand(step: Step, { command }: { command: number | null }): void {
  if (command !== null)
    step.emit({ at: step.now, kind: 'command-ended', command, outcome: 'given-up', reason: 'superseded' });
}

/** The agent said no to a command that takes back: the same again, under a new number, after a pause. */
export function postpone(step: Step, command: CommandRecord): void {
  send(step, command.type, command.subject, command.host, command.server, true);
}

/** Sends an unanswered command once more; its number stays, so that the agent obeys it once. */
export function repeat(step: Step, command: CommandRecord): void {
  const { timeoutMicros, attempts, retryMicros } = step.state.config.commands;
  const attempt = command.attempt + 1;
  const pause = attempt < attempts || !takesBack(command.type) ? timeoutMicros : Math.max(timeoutMicros, retryMicros);
  step.emit({ at: step.now, kind: 'command-repeated', command: command.id, attempt, deadline: step.now + pause });
  step.commands.push(compose(step.state, command));
}

function send(
  step: Step,
  type: CommandKind,
  subject: number,
  host: HostId | null,
  server: ServerId | null,
  later: boolean,
): void {
  const { state } = step;
  giveUpCommand(step, subjectOf(state, type, subject));
  const command = state.next.command;
  const { retryMicros } = state.config.commands;
  const withDisk = type === 'migrate-vm' && state.migration(subject).disk !== null;
  const deadline = step.now + (later ? retryMicros : timeoutOf(step, type, withDisk));
  step.emit({ at: step.now, kind: 'command', command, type, subject, host, server, attempt: later ? 0 : 1, deadline });
  if (!later) step.commands.push(compose(state, state.commands.get(command)!));
}
