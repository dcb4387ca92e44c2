/**
 * Where the fields of a transaction stand in the table `transactions`. Complete by its type: a kind or field of the
 * history that has no column does not compile.
 */
import type { Change, ChangeKind } from '../control/history.js';

type FieldsOf<Kind extends ChangeKind> = Exclude<keyof Extract<Change, { kind: Kind }>, 'kind'>;

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
  network: { network: 'network', account: 'account' },
  'vlan-assigned': { network: 'network', vlan: 'vlan' },
  'vlan-released': { network: 'network', vlan: 'vlan' },
  'network-state': { network: 'network', ...state },
  'appliance-state': { network: 'network', ...state, collectAt: 'collect_at_micros' },
  vm: {
    vm: 'vm',
    name: 'name',
    account: 'account',
    network: 'network',
    role: 'role',
    offering: 'offering',
    cpuMillis: 'cpu_millis',
    memoryBytes: 'memory_bytes',
    diskBytes: 'disk_bytes',
  },
  'vm-state': { vm: 'vm', ...state, request: 'request', reason: 'reason' },
  'address-assigned': { vm: 'vm', interface: 'interface', address: 'address' },
  'address-released': { vm: 'vm', interface: 'interface', address: 'address' },
  asked: { question: 'question', vm: 'vm' },
  placed: { vm: 'vm', host: 'host', nodes: 'nodes', question: 'question' },
  unplaced: { vm: 'vm', host: 'host' },
  disk: { disk: 'disk', vm: 'vm', server: 'server', bytes: 'disk_bytes' },
  'disk-state': { disk: 'disk', ...state },
  nic: { nic: 'nic', network: 'network', host: 'host', node: 'node', memoryBytes: 'memory_bytes' },
  'nic-state': { nic: 'nic', ...state },
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

/** The one field that is a list; it stands in its column as JSON. */
export const LIST_FIELD = 'nodes';
