/**
 * Commands: sent after their transaction stands in the history, repeated when unanswered, and ended once. A command
 * that builds is given up after some attempts; one that takes back is repeated until the agent says done, because
 * what it takes back may exist. A VM, disk or virtual NIC has at most one outstanding: a newer one ends the older.
 */
import { assert, unreachable } from '../base/assert.js';
import type { Command, CommandKind, Interface } from './ports.js';
import { subjectOf } from './fold.js';
import type { CommandRecord, DiskRecord, NicRecord, VmRecord, ZoneState } from './state.js';
import type { Step } from './step.js';

type ZoneCommandKind = Exclude<CommandKind, 'register-account'>;

const TAKES_BACK: Record<ZoneCommandKind, boolean> = {
  'create-disk': false,
  'destroy-disk': true,
  'add-nic': false,
  'remove-nic': true,
  'mount-disk': false,
  'dismount-disk': true,
  'start-vm': false,
  'stop-vm': true,
  'reboot-vm': false,
};

export function takesBack(type: CommandKind): boolean {
  return type !== 'register-account' && TAKES_BACK[type];
}

export function sendVmCommand(
  step: Step,
  type: 'mount-disk' | 'dismount-disk' | 'start-vm' | 'stop-vm' | 'reboot-vm',
  vm: VmRecord,
): void {
  assert(vm.host !== null, () => `${type} for VM ${vm.id}, which is on no host`);
  send(step, type, vm.id, vm.host, null, false);
}

export function sendDiskCommand(step: Step, type: 'create-disk' | 'destroy-disk', disk: DiskRecord): void {
  send(step, type, disk.id, null, disk.server, false);
}

export function sendNicCommand(step: Step, type: 'add-nic' | 'remove-nic', nic: NicRecord): void {
  send(step, type, nic.id, nic.host, null, false);
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
  step.emit({ kind: 'command-repeated', command: command.id, attempt, deadline: step.now + pause });
  step.commands.push(compose(step.state, command));
}

function send(
  step: Step,
  type: CommandKind,
  subject: number,
  host: number | null,
  server: number | null,
  later: boolean,
): void {
  const { state } = step;
  const outstanding = subjectOf(state, type, subject).command;
  if (outstanding !== null)
    step.emit({ kind: 'command-ended', command: outstanding, outcome: 'given-up', reason: 'superseded' });
  const command = state.next.command;
  const { timeoutMicros, retryMicros } = state.config.commands;
  const deadline = step.now + (later ? retryMicros : timeoutMicros);
  step.emit({ kind: 'command', command, type, subject, host, server, attempt: later ? 0 : 1, deadline });
  if (!later) step.commands.push(compose(state, state.commands.get(command)!));
}

/** The command as the agent gets it: from the record and from what it serves, so that a repetition equals the first. */
function compose(state: ZoneState, record: CommandRecord): Command {
  const { id: number, attempt, subject } = record;
  const type = record.type as ZoneCommandKind;
  switch (type) {
    case 'create-disk': {
      const { bytes, server } = state.disk(subject);
      return { number, attempt, target: 'storage', server, kind: type, disk: subject, bytes };
    }
    case 'destroy-disk':
      return { number, attempt, target: 'storage', server: record.server!, kind: type, disk: subject };
    case 'add-nic': {
      const { network, host, node, memoryBytes } = state.nic(subject);
      const vlan = state.network(network).vlan!;
      return { number, attempt, target: 'computing', host, kind: type, network, vlan, node, memoryBytes };
    }
    case 'remove-nic': {
      const { network, host } = state.nic(subject);
      return { number, attempt, target: 'computing', host, kind: type, network };
    }
    case 'mount-disk':
    case 'dismount-disk': {
      const disk = state.vm(subject).disk!;
      const host = record.host!;
      if (type === 'dismount-disk')
        return { number, attempt, target: 'computing', host, kind: type, vm: subject, disk };
      const { server } = state.disk(disk);
      return { number, attempt, target: 'computing', host, kind: type, vm: subject, disk, server };
    }
    case 'start-vm':
      return composeStart(state.vm(subject), record);
    case 'stop-vm':
    case 'reboot-vm':
      return { number, attempt, target: 'computing', host: record.host!, kind: type, vm: subject };
    default:
      return unreachable(type, 'compose');
  }
}

function composeStart(vm: VmRecord, { id: number, attempt, host }: CommandRecord): Command {
  const { cpuMillis, memoryBytes, nodes, network, role } = vm;
  const interfaces: Interface[] = [];
  for (const name of ['eth0', 'eth1', 'eth2'] as const) {
    const address = vm[name];
    if (address !== null) interfaces.push({ name, address });
  }
  const kind = 'start-vm';
  return {
    number,
    attempt,
    target: 'computing',
    host: host!,
    kind,
    vm: vm.id,
    cpuMillis,
    memoryBytes,
    nodes,
    network,
    interfaces,
    role,
  };
}
