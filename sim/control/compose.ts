/**
 * Commands as agents get them: composed from the record and from what it serves, so that a repetition equals the first
 * sending. Written out field by field: this is made for every command, and copying a head into each costs more than all the rest.
 */
import { assert } from '../base/assert.js';
import type { Command, Interface, PlacedDisk } from './ports.js';
import type { CommandRecord, MigrationRecord, RuleRecord, VmRecord } from './records.js';
import type { ZoneState } from './state.js';

type Kind = Exclude<Command['kind'], 'register-account'>;

export function compose(state: ZoneState, record: CommandRecord): Command {
  assert(record.type !== 'register-account', 'a zone registers nobody elsewhere');
  return COMPOSE[record.type](state, record);
}

const COMPOSE: Readonly<Record<Kind, (state: ZoneState, record: CommandRecord) => Command>> = {
  'create-disk': (state, { id: number, attempt, subject: disk, server }) => {
    const { bytes, copy: template } = state.disk(disk);
    return { number, attempt, target: 'storage', server: server!, kind: 'create-disk', disk, bytes, template };
  },
  'copy-disk': (state, { id: number, attempt, subject: disk, server }) => {
    const { bytes, vm } = state.disk(disk);
    const { id, server: at } = state.disk(state.vm(vm).disk!);
    const from = { disk: id, server: at };
    return { number, attempt, target: 'storage', server: server!, kind: 'copy-disk', disk, bytes, from };
  },
  'send-disk': (state, { id: number, attempt, subject: disk, server }) => {
    const { bytes, vm } = state.disk(disk);
    const { zone, place } = state.migration(state.vm(vm).migration!);
    const to = { zone: zone!, to: place! };
    return { number, attempt, target: 'storage', server: server!, kind: 'send-disk', disk, bytes, ...to };
  },
  'offer-vm': (state, { id: number, attempt, subject: migration }) => {
    const { vm: id, zone } = state.migration(migration);
    const record = state.vm(id);
    const { name: vm, offering, cpuMillis, memoryBytes, diskBytes, localDisk } = record;
    const networks = record.networks.map((network) => state.network(network).name);
    const what = { vm, offering, cpuMillis, memoryBytes, diskBytes, localDisk, networks };
    const account = state.accounts[record.account]!.name;
    const from = state.config.zone;
    return { number, attempt, target: 'plane', zone: zone!, kind: 'offer-vm', from, migration, account, ...what };
  },
  'hand-over-vm': ofPeer('hand-over-vm'),
  'withdraw-vm': ofPeer('withdraw-vm'),
  'destroy-disk': (_, { id: number, attempt, subject: disk, server }) => {
    return { number, attempt, target: 'storage', server: server!, kind: 'destroy-disk', disk };
  },
  'copy-template': (state, { id: number, attempt, subject: copy, server }) => {
    const { template, bytes } = state.copy(copy);
    return { number, attempt, target: 'storage', server: server!, kind: 'copy-template', copy, template, bytes };
  },
  'remove-template': (_, { id: number, attempt, subject: copy, server }) => {
    return { number, attempt, target: 'storage', server: server!, kind: 'remove-template', copy };
  },
  'create-snapshot': (state, { id: number, attempt, subject: snapshot, server }) => {
    const { disk, bytes } = state.snapshot(snapshot);
    return { number, attempt, target: 'storage', server: server!, kind: 'create-snapshot', snapshot, disk, bytes };
  },
  'destroy-snapshot': (_, { id: number, attempt, subject: snapshot, server }) => {
    return { number, attempt, target: 'storage', server: server!, kind: 'destroy-snapshot', snapshot };
  },
  'revert-disk': (state, { id: number, attempt, subject: snapshot, server }) => {
    const { disk } = state.snapshot(snapshot);
    return { number, attempt, target: 'storage', server: server!, kind: 'revert-disk', snapshot, disk };
  },
  'add-rule': (state, { id: number, attempt, subject: rule }) => {
    const record = state.rule(rule);
    const { network, spec } = record;
    const appliance = applianceOf(state, record);
    const targets = targetsOf(state, record);
    return { number, attempt, target: 'network', network, appliance, kind: 'add-rule', rule, spec, targets };
  },
  'remove-rule': (state, { id: number, attempt, subject: rule }) => {
    const record = state.rule(rule);
    const appliance = applianceOf(state, record);
    return { number, attempt, target: 'network', network: record.network, appliance, kind: 'remove-rule', rule };
  },
  'add-nic': (state, { id: number, attempt, subject }) => {
    const { network, host, node, memoryBytes } = state.nic(subject);
    const { agent } = state.host(host);
    const vlan = state.network(network).vlan!;
    return { number, attempt, target: 'computing', agent, host, kind: 'add-nic', network, vlan, node, memoryBytes };
  },
  'remove-nic': (state, { id: number, attempt, subject }) => {
    const { network, host } = state.nic(subject);
    const { agent } = state.host(host);
    return { number, attempt, target: 'computing', agent, host, kind: 'remove-nic', network };
  },
  'mount-disk': (state, { id: number, attempt, subject: vm, host: at }) => {
    const host = at!;
    const { agent } = state.host(host);
    const { id: disk, server } = state.disk(state.vm(vm).disk!);
    return { number, attempt, target: 'computing', agent, host, kind: 'mount-disk', vm, disk, server };
  },
  'dismount-disk': (state, { id: number, attempt, subject: vm, host: at }) => {
    const host = at!;
    const { agent } = state.host(host);
    return { number, attempt, target: 'computing', agent, host, kind: 'dismount-disk', vm, disk: state.vm(vm).disk! };
  },
  'start-vm': (state, { id: number, attempt, subject: vm, host: at }) => {
    const host = at!;
    const { agent } = state.host(host);
    const record = state.vm(vm);
    const { cpuMillis, memoryBytes, nodes, role, throttle } = record;
    const interfaces = addressed(record);
    const kind = 'start-vm';
    return {
      number,
      attempt,
      target: 'computing',
      agent,
      host,
      kind,
      vm,
      cpuMillis,
      memoryBytes,
      nodes,
      interfaces,
      role,
      throttle,
    };
  },
  'stop-vm': plain('stop-vm'),
  'reboot-vm': plain('reboot-vm'),
  'open-console': plain('open-console'),
  'set-throttle': (state, { id: number, attempt, subject: vm, host: at }) => {
    const host = at!;
    const { throttle } = state.vm(vm);
    return {
      number,
      attempt,
      target: 'computing',
      agent: state.host(host).agent,
      host,
      kind: 'set-throttle',
      vm,
      throttle,
    };
  },
  'prepare-migration': (state, { id: number, attempt, subject, host: at }) => {
    const host = at!;
    const { agent } = state.host(host);
    const migration = state.migration(subject);
    const { vm, from, reserved: nodes } = migration;
    const record = state.vm(vm);
    const { cpuMillis, memoryBytes, role, throttle } = record;
    const interfaces = addressed(record);
    const what = { cpuMillis, memoryBytes, nodes: nodes!, interfaces, role, throttle };
    const way = { vm, from: from!, disk: diskOf(state, migration) };
    return { number, attempt, target: 'computing', agent, host, kind: 'prepare-migration', ...way, ...what };
  },
  'migrate-vm': (state, { id: number, attempt, subject, host: at }) => {
    const host = at!;
    const migration = state.migration(subject);
    const { vm, to } = migration;
    const { agent } = state.host(host);
    const { limits } = state.config.migration;
    const disk = diskOf(state, migration);
    return { number, attempt, target: 'computing', agent, host, kind: 'migrate-vm', vm, to: to!, limits, disk };
  },
  'cancel-migration': ofMigration('cancel-migration'),
  'release-vm': ofMigration('release-vm'),
  'abandon-migration': ofMigration('abandon-migration'),
  'inquire-source': ofMigration('inquire-source'),
  'inquire-destination': ofMigration('inquire-destination'),
  'resize-vm': sized('resize-vm'),
  'restore-vm': sized('restore-vm'),
};

function plain(kind: 'stop-vm' | 'reboot-vm' | 'open-console') {
  return (state: ZoneState, { id: number, attempt, subject: vm, host: at }: CommandRecord): Command => {
    const host = at!;
    return { number, attempt, target: 'computing', agent: state.host(host).agent, host, kind, vm };
  };
}

function ofPeer(kind: 'hand-over-vm' | 'withdraw-vm') {
  return (state: ZoneState, { id: number, attempt, subject: migration }: CommandRecord): Command => {
    const { zone } = state.migration(migration);
    return { number, attempt, target: 'plane', zone: zone!, kind, from: state.config.zone, migration };
  };
}

function ofMigration(
  kind: 'cancel-migration' | 'release-vm' | 'abandon-migration' | 'inquire-source' | 'inquire-destination',
) {
  return (state: ZoneState, { id: number, attempt, subject, host: at }: CommandRecord): Command => {
    const host = at!;
    const { vm } = state.migration(subject);
    return { number, attempt, target: 'computing', agent: state.host(host).agent, host, kind, vm };
  };
}

function sized(kind: 'resize-vm' | 'restore-vm') {
  return (state: ZoneState, { id: number, attempt, subject: vm, host: at }: CommandRecord): Command => {
    const host = at!;
    const { agent } = state.host(host);
    const { resize, throttle } = state.vm(vm);
    const { from, to } = resize!;
    const { cpuMillis, memoryBytes } = kind === 'resize-vm' ? to : from;
    return { number, attempt, target: 'computing', agent, host, kind, vm, cpuMillis, memoryBytes, throttle };
  };
}

function diskOf(state: ZoneState, { disk }: MigrationRecord): PlacedDisk | null {
  return disk === null ? null : { disk, server: state.disk(disk).server };
}

/** null: the firewall. */
function applianceOf(state: ZoneState, { network, spec }: RuleRecord): number | null {
  return spec.type === 'firewall' ? null : state.network(network).appliance.vm;
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
