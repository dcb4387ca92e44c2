/**
 * A transaction's share in the digest: its kind and every number, code and name in it, in a fixed order. Two histories
 * that differ anywhere differ in the digest (up to the odds of 64 bits).
 */
import type { Transaction } from '../control/history.js';

export interface Digest {
  fold(value: number): void;
}

export function foldTransaction(digest: Digest, tx: Transaction): void {
  digest.fold(codeOf(tx.kind));
  digest.fold(tx.at);
  foldFields(digest, tx);
}

function foldFields(digest: Digest, tx: Transaction): void {
  const fields = FIELDS[tx.kind] as readonly string[];
  const values = tx as unknown as Record<string, unknown>;
  for (const field of fields) foldValue(digest, values[field]);
}

function foldValue(digest: Digest, value: unknown): void {
  if (typeof value === 'number') digest.fold(value);
  else if (typeof value === 'string') digest.fold(codeOf(value));
  else if (Array.isArray(value)) {
    digest.fold(value.length);
    for (const one of value) foldValue(digest, one);
  } else digest.fold(-1);
}

type FieldsOf<Kind extends Transaction['kind']> = Exclude<keyof Extract<Transaction, { kind: Kind }>, 'kind' | 'at'>;

/** Every field of every kind: a field left out fails the test that compares this table with real histories. */
export const FIELDS: { readonly [Kind in Transaction['kind']]: readonly FieldsOf<Kind>[] } = {
  request: ['request', 'type', 'ref', 'account', 'vm'],
  'request-ended': ['request', 'type', 'ref', 'vm', 'outcome', 'reason'],
  account: ['account', 'name', 'zone'],
  network: ['network', 'account', 'name', 'address', 'prefixLength', 'gateway'],
  'vlan-assigned': ['network', 'vlan'],
  'vlan-released': ['network', 'vlan'],
  'network-pod': ['network', 'pod'],
  'network-state': ['network', 'event', 'from', 'to'],
  'appliance-state': ['network', 'event', 'from', 'to', 'dueAt'],
  vm: [
    ...(['vm', 'name', 'account', 'networks', 'role', 'offering'] as const),
    ...(['cpuMillis', 'memoryBytes', 'diskBytes', 'storage', 'template'] as const),
  ],
  'vm-state': ['vm', 'event', 'from', 'to', 'request', 'reason'],
  'vm-resize': ['vm', 'offering', 'cpuMillis', 'memoryBytes'],
  'vm-size': ['vm', 'offering', 'cpuMillis', 'memoryBytes'],
  'account-throttle': ['account', 'networkBitsPerSecond', 'iops'],
  'vm-throttle': ['vm', 'networkBitsPerSecond', 'iops'],
  'console-opened': ['vm', 'host', 'port'],
  'address-assigned': ['vm', 'interface', 'address'],
  'address-released': ['vm', 'interface', 'address'],
  'address-acquired': ['network', 'address'],
  'address-returned': ['network', 'address'],
  asked: ['question', 'vm'],
  placed: ['vm', 'host', 'nodes', 'question'],
  unplaced: ['vm', 'host', 'heldUntil'],
  'hold-ended': ['vm', 'host'],
  migration: [
    'migration',
    'vm',
    'how',
    'zone',
    'source',
    'destination',
    'notOn',
    'request',
    'round',
    'waits',
    'follows',
  ],
  'migration-disk': ['migration', 'vm', 'disk', 'server', 'bytes'],
  maintenance: ['maintenance', 'hosts', 'atOnce', 'downMicros', 'after'],
  'maintenance-state': ['maintenance', 'to', 'hosts', 'dueAt'],
  'maintenance-move': ['maintenance', 'migration'],
  'round-begun': ['round', 'networks', 'question', 'dueAt'],
  'round-put-off': ['dueAt'],
  'round-planned': ['round', 'moves', 'networks', 'reasons'],
  'round-ended': ['round'],
  'migration-admitted': ['migration', 'disk', 'server'],
  'vm-awaited': ['vm', 'zone', 'migration'],
  'vm-admitted': ['vm', 'request', 'disk', 'server'],
  'vm-taken': ['vm'],
  'vm-disk': ['migration', 'vm', 'disk'],
  'vm-held': ['migration', 'vm', 'host', 'nodes', 'heldUntil'],
  'asked-where': ['migration', 'question'],
  'migration-destination': ['migration', 'host'],
  'migration-state': ['migration', 'event', 'from', 'to', 'reason'],
  'migration-reserved': ['migration', 'host', 'nodes'],
  'migration-said': ['migration', 'end', 'said'],
  'vm-moved': ['migration', 'vm', 'host', 'nodes'],
  'migration-freed': ['migration', 'host'],
  disk: ['disk', 'vm', 'server', 'bytes', 'copy'],
  'disk-state': ['disk', 'event', 'from', 'to'],
  'template-copy': ['copy', 'template', 'server', 'bytes'],
  'copy-state': ['copy', 'event', 'from', 'to'],
  snapshot: ['snapshot', 'name', 'vm', 'disk', 'server', 'bytes'],
  'snapshot-state': ['snapshot', 'event', 'from', 'to'],
  nic: ['nic', 'network', 'host', 'node', 'memoryBytes'],
  'nic-state': ['nic', 'event', 'from', 'to'],
  rule: [
    ...(['rule', 'network', 'label', 'type', 'name', 'protocol'] as const),
    ...(['address', 'prefixLength', 'port', 'targetPort', 'vms'] as const),
  ],
  'rule-vms': ['rule', 'vms'],
  'rule-state': ['rule', 'event', 'from', 'to', 'request'],
  'host-capacity': ['host', 'node', 'cpuMillis', 'memoryBytes'],
  'host-features': ['host', 'features'],
  'host-service': ['host', 'service', 'reason'],
  command: ['command', 'type', 'subject', 'host', 'server', 'attempt', 'deadline'],
  'command-repeated': ['command', 'attempt', 'deadline'],
  'command-ended': ['command', 'outcome', 'reason'],
};

const codes = new Map<string, number>();

/** A 32-bit number of a string (FNV-1a), remembered for the few short ones that come again and again. */
function codeOf(text: string): number {
  let code = codes.get(text);
  if (code !== undefined) return code;
  code = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) code = Math.imul(code ^ text.charCodeAt(at), 0x01000193);
  if (codes.size < 4096) codes.set(text, code);
  return code;
}
