/** Requests and commands in the fold: what is under way. */
import { assert, unreachable } from '../../base/assert.js';
import type { CommandKind } from '../ports.js';
import { DEADLINE, type ZoneState } from '../state.js';
import { confirmThrottle } from './throttles.js';
import type { Of } from './moved.js';

/** Commands that tell an agent a VM's throttle. */
const CARRIES_THROTTLE: ReadonlySet<CommandKind> = new Set(['start-vm', 'resize-vm', 'restore-vm', 'set-throttle']);

export function applyRequest(state: ZoneState, tx: Of<'request'>): void {
  state.requests.set(tx.request, { id: tx.request, type: tx.type, ref: tx.ref, vm: tx.vm });
  state.next.request = tx.request + 1;
  if (tx.vm === null) return;
  const vm = state.vm(tx.vm);
  vm.request = tx.request;
  if (tx.type === 'destroy') vm.goal = 'destroyed';
}

export function applyRequestEnded(state: ZoneState, tx: Of<'request-ended'>): void {
  state.requests.delete(tx.request);
  if (tx.vm === null) return;
  const vm = state.vms.get(tx.vm);
  if (vm?.request === tx.request) vm.request = null;
}

export function applyCommand(state: ZoneState, tx: Of<'command'> | Of<'command-repeated'> | Of<'command-ended'>): void {
  if (tx.kind === 'command') {
    const { command: id, type, subject, host, server, attempt, deadline } = tx;
    state.commands.set(id, { id, type, subject, host, server, attempt, deadline });
    state.next.command = id + 1;
    subjectOf(state, type, subject).command = id;
    state.addDeadline(deadline, DEADLINE.command, id);
    return;
  }
  const command = state.commands.get(tx.command);
  assert(command, () => `no command ${tx.command}`);
  if (tx.kind === 'command-repeated') {
    command.attempt = tx.attempt;
    command.deadline = tx.deadline;
    state.addDeadline(tx.deadline, DEADLINE.command, tx.command);
    return;
  }
  state.commands.delete(tx.command);
  subjectOf(state, command.type, command.subject).command = null;
  if (tx.outcome === 'done' && CARRIES_THROTTLE.has(command.type)) confirmThrottle(state, state.vm(command.subject));
}

/** What a command serves: each has at most one outstanding. */
export function subjectOf(state: ZoneState, type: CommandKind, subject: number): { command: number | null } {
  switch (type) {
    case 'create-disk':
    case 'copy-disk':
    case 'send-disk':
    case 'destroy-disk':
      return state.disk(subject);
    case 'copy-template':
    case 'remove-template':
      return state.copy(subject);
    case 'create-snapshot':
    case 'destroy-snapshot':
    case 'revert-disk':
      return state.snapshot(subject);
    case 'add-nic':
    case 'remove-nic':
      return state.nic(subject);
    case 'add-rule':
    case 'remove-rule':
      return state.rule(subject);
    case 'mount-disk':
    case 'dismount-disk':
    case 'start-vm':
    case 'stop-vm':
    case 'reboot-vm':
    case 'resize-vm':
    case 'restore-vm':
    case 'set-throttle':
    case 'open-console':
      return state.vm(subject);
    case 'offer-vm':
    case 'hand-over-vm':
    case 'withdraw-vm':
    case 'migrate-vm':
    case 'cancel-migration':
    case 'release-vm':
    case 'inquire-source':
      return state.migration(subject).source;
    case 'prepare-migration':
    case 'abandon-migration':
    case 'inquire-destination':
      return state.migration(subject).destination;
    case 'register-account':
      return assert(false, 'a zone registers nobody elsewhere') as never;
    default:
      return unreachable(type, 'subject');
  }
}
