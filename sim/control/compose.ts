/**
 * Commands as agents get them: composed from the record and from what it serves, so that a repetition equals the first
 * sending.
 */
import { assert, unreachable } from '../base/assert.js';
import type { Command, Interface, StorageCommand } from './ports.js';
import type { CommandRecord, RuleRecord, VmRecord } from './records.js';
import type { ZoneState } from './state.js';

export function compose(state: ZoneState, record: CommandRecord): Command {
  const { id: number, attempt, subject, type } = record;
  switch (type) {
    case 'create-disk':
    case 'destroy-disk':
    case 'copy-template':
    case 'remove-template':
    case 'create-snapshot':
    case 'destroy-snapshot':
    case 'revert-disk':
      return composeStorage(state, record, type);
    case 'add-rule':
    case 'remove-rule':
      return composeRule(state, record, type);
    case 'register-account':
      return assert(false, 'a zone registers nobody elsewhere') as never;
    default:
  }
  const host = record.host!;
  const head = { number, attempt, target: 'computing', agent: state.host(host).agent, host } as const;
  switch (type) {
    case 'add-nic': {
      const { network, node, memoryBytes } = state.nic(subject);
      const vlan = state.network(network).vlan!;
      return { ...head, kind: type, network, vlan, node, memoryBytes };
    }
    case 'remove-nic':
      return { ...head, kind: type, network: state.nic(subject).network };
    case 'mount-disk': {
      const disk = state.disk(state.vm(subject).disk!);
      return { ...head, kind: type, vm: subject, disk: disk.id, server: disk.server };
    }
    case 'dismount-disk':
      return { ...head, kind: type, vm: subject, disk: state.vm(subject).disk! };
    case 'start-vm': {
      const vm = state.vm(subject);
      const { cpuMillis, memoryBytes, nodes, role } = vm;
      return { ...head, kind: type, vm: subject, cpuMillis, memoryBytes, nodes, interfaces: addressed(vm), role };
    }
    case 'resize-vm':
    case 'restore-vm': {
      const { from, to } = state.vm(subject).resize!;
      const { cpuMillis, memoryBytes } = type === 'resize-vm' ? to : from;
      return { ...head, kind: type, vm: subject, cpuMillis, memoryBytes };
    }
    case 'stop-vm':
    case 'reboot-vm':
    case 'open-console':
      return { ...head, kind: type, vm: subject };
    default:
      return unreachable(type, 'compose');
  }
}

function composeStorage(
  state: ZoneState,
  { id: number, attempt, subject, server: at }: CommandRecord,
  type: StorageCommand['kind'],
): Command {
  const head = { number, attempt, target: 'storage', server: at! } as const;
  switch (type) {
    case 'create-disk': {
      const { bytes, copy } = state.disk(subject);
      return { ...head, kind: type, disk: subject, bytes, template: copy };
    }
    case 'destroy-disk':
      return { ...head, kind: type, disk: subject };
    case 'copy-template': {
      const { template, bytes } = state.copy(subject);
      return { ...head, kind: type, copy: subject, template, bytes };
    }
    case 'remove-template':
      return { ...head, kind: type, copy: subject };
    case 'create-snapshot': {
      const { disk, bytes } = state.snapshot(subject);
      return { ...head, kind: type, snapshot: subject, disk, bytes };
    }
    case 'destroy-snapshot':
      return { ...head, kind: type, snapshot: subject };
    case 'revert-disk':
      return { ...head, kind: type, snapshot: subject, disk: state.snapshot(subject).disk };
    default:
      return unreachable(type, 'compose storage');
  }
}

function composeRule(
  state: ZoneState,
  { id: number, attempt, subject }: CommandRecord,
  type: 'add-rule' | 'remove-rule',
): Command {
  const rule = state.rule(subject);
  const { network } = rule;
  const appliance = rule.spec.type === 'firewall' ? null : state.network(network).appliance.vm;
  const head = { number, attempt, target: 'network', network, appliance, rule: subject } as const;
  if (type === 'remove-rule') return { ...head, kind: type };
  return { ...head, kind: type, spec: rule.spec, targets: targetsOf(state, rule) };
}

/** Addresses, in the rule's guest network, of the VMs that it is about. */
function targetsOf(state: ZoneState, { network, spec }: RuleRecord): number[] {
  return spec.vms.map((id) => state.vm(id).interfaces.find((one) => one.network === network)!.address!);
}

function addressed({ interfaces }: VmRecord): Interface[] {
  const there: Interface[] = [];
  for (const { name, network, address } of interfaces) if (address !== null) there.push({ name, network, address });
  return there;
}
