/**
 * Where the fields of a transaction stand in the table `transactions`. Complete by its type: a kind or field of the
 * history that has no column does not compile.
 */
import type { Change, ChangeKind } from '../control/history.js';

type FieldsOf<Kind extends ChangeKind> = Exclude<keyof Extract<Change, { kind: Kind }>, 'kind'>;

const size = { offering: 'offering', cpuMillis: 'cpu_millis', memoryBytes: 'memory_bytes' } as const;
const throttle = { networkBitsPerSecond: 'network_bits_per_second', iops: 'iops' } as const;
const state = { event: 'event', from: 'from_state', to: 'to_state' } as const;

/** Field by field, the column that holds it. */
export const TRANSACTION_COLUMNS: { readonly [Kind in ChangeKind]: { readonly [Field in FieldsOf<Kind>]: string } } = {
  request: { request: 'request', type: 'type', ref: 'ref', account: 'account', vm: 'vm' },
  'request-ended': {
    request: 'request',
    type: 'type',
    ref: 'ref',
    vm: 'vm',
    outcome: 'outcome',
    reason: 'reason',
  },
  account: { account: 'account', name: 'name', zone: 'zone' },
  network: {
    network: 'network',
    account: 'account',
    name: 'name',
    address: 'address',
    prefixLength: 'prefix_length',
    gateway: 'gateway',
  },
  'vlan-assigned': { network: 'network', vlan: 'vlan' },
  'vlan-released': { network: 'network', vlan: 'vlan' },
  'network-pod': { network: 'network', pod: 'pod' },
  'network-state': { network: 'network', ...state },
  'appliance-state': { network: 'network', ...state, dueAt: 'due_at_micros' },
  vm: {
    vm: 'vm',
    name: 'name',
    account: 'account',
    networks: 'networks',
    role: 'role',
    offering: 'offering',
    cpuMillis: 'cpu_millis',
    memoryBytes: 'memory_bytes',
    diskBytes: 'disk_bytes',
    storage: 'storage',
    template: 'template',
  },
  'vm-state': { vm: 'vm', ...state, request: 'request', reason: 'reason' },
  'vm-resize': { vm: 'vm', ...size },
  'vm-size': { vm: 'vm', ...size },
  'account-throttle': { account: 'account', ...throttle },
  'vm-throttle': { vm: 'vm', ...throttle },
  'console-opened': { vm: 'vm', host: 'host', port: 'port' },
  'address-assigned': { vm: 'vm', interface: 'interface', address: 'address' },
  'address-released': { vm: 'vm', interface: 'interface', address: 'address' },
  'address-acquired': { network: 'network', address: 'address' },
  'address-returned': { network: 'network', address: 'address' },
  asked: { question: 'question', vm: 'vm' },
  placed: { vm: 'vm', host: 'host', nodes: 'nodes', question: 'question' },
  unplaced: { vm: 'vm', host: 'host', heldUntil: 'held_until_micros' },
  'hold-ended': { vm: 'vm', host: 'host' },
  migration: {
    migration: 'migration',
    how: 'type',
    zone: 'zone',
    vm: 'vm',
    source: 'host',
    destination: 'destination',
    notOn: 'hosts',
    request: 'request',
    round: 'round',
    waits: 'waits',
    follows: 'follows',
  },
  'migration-disk': {
    migration: 'migration',
    vm: 'vm',
    disk: 'disk',
    server: 'server',
    bytes: 'disk_bytes',
  },
  maintenance: {
    maintenance: 'maintenance',
    hosts: 'hosts',
    atOnce: 'at_once',
    downMicros: 'down_micros',
    after: 'after',
  },
  'maintenance-state': { maintenance: 'maintenance', to: 'to_state', hosts: 'hosts', dueAt: 'due_at_micros' },
  'maintenance-move': { maintenance: 'maintenance', migration: 'migration' },
  'round-begun': { round: 'round', networks: 'networks', question: 'question', dueAt: 'due_at_micros' },
  'round-put-off': { dueAt: 'due_at_micros' },
  'round-planned': { round: 'round', moves: 'moves', networks: 'networks', reasons: 'reasons' },
  'round-ended': { round: 'round' },
  'migration-admitted': { migration: 'migration', disk: 'disk', server: 'server' },
  'vm-awaited': { vm: 'vm', zone: 'zone', migration: 'migration' },
  'vm-admitted': { vm: 'vm', request: 'request', disk: 'disk', server: 'server' },
  'vm-taken': { vm: 'vm' },
  'vm-disk': { migration: 'migration', vm: 'vm', disk: 'disk' },
  'vm-held': { migration: 'migration', vm: 'vm', host: 'host', nodes: 'nodes', heldUntil: 'held_until_micros' },
  'asked-where': { migration: 'migration', question: 'question' },
  'migration-destination': { migration: 'migration', host: 'host' },
  'migration-state': { migration: 'migration', ...state, reason: 'reason' },
  'migration-reserved': { migration: 'migration', host: 'host', nodes: 'nodes' },
  'migration-said': { migration: 'migration', end: 'type', said: 'outcome' },
  'vm-moved': { migration: 'migration', vm: 'vm', host: 'host', nodes: 'nodes' },
  'migration-freed': { migration: 'migration', host: 'host' },
  disk: { disk: 'disk', vm: 'vm', server: 'server', bytes: 'disk_bytes', copy: 'copy' },
  'disk-state': { disk: 'disk', ...state },
  'template-copy': { copy: 'copy', template: 'template', server: 'server', bytes: 'disk_bytes' },
  'copy-state': { copy: 'copy', ...state },
  snapshot: { snapshot: 'snapshot', name: 'name', vm: 'vm', disk: 'disk', server: 'server', bytes: 'disk_bytes' },
  'snapshot-state': { snapshot: 'snapshot', ...state },
  nic: { nic: 'nic', network: 'network', host: 'host', node: 'node', memoryBytes: 'memory_bytes' },
  'nic-state': { nic: 'nic', ...state },
  rule: {
    rule: 'rule',
    network: 'network',
    label: 'label',
    type: 'type',
    name: 'name',
    protocol: 'protocol',
    address: 'address',
    prefixLength: 'prefix_length',
    port: 'port',
    targetPort: 'target_port',
    vms: 'vms',
  },
  'rule-vms': { rule: 'rule', vms: 'vms' },
  'rule-state': { rule: 'rule', ...state, request: 'request' },
  'host-capacity': { host: 'host', node: 'node', cpuMillis: 'cpu_millis', memoryBytes: 'memory_bytes' },
  'host-features': { host: 'host', features: 'features' },
  'host-service': { host: 'host', service: 'to_state', reason: 'reason' },
  command: {
    command: 'command',
    type: 'type',
    subject: 'subject',
    host: 'host',
    server: 'server',
    attempt: 'attempt',
    deadline: 'deadline_micros',
  },
  'command-repeated': { command: 'command', attempt: 'attempt', deadline: 'deadline_micros' },
  'command-ended': { command: 'command', outcome: 'outcome', reason: 'reason' },
};

export const CHANGE_KINDS = Object.keys(TRANSACTION_COLUMNS) as ChangeKind[];

/** Fields of a kind, in the order of their columns. */
export function fieldsOf(kind: ChangeKind): { field: string; column: string }[] {
  return Object.entries(TRANSACTION_COLUMNS[kind]).map(([field, column]) => ({ field, column }));
}

/** Fields that are lists; they stand in their columns as JSON. */
export const LIST_FIELDS: ReadonlySet<string> = new Set([
  'nodes',
  'networks',
  'vms',
  'features',
  'notOn',
  'hosts',
  'waits',
  'follows',
  'reasons',
]);
