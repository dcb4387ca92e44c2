/** A transaction's share in the digest: every field of every kind that real histories hold, each so that it matters. */
import { expect, test } from 'vitest';
import type { Transaction } from '../../sim/control/history.js';
import { Digest } from '../../sim/engine/digest.js';
import { FIELDS, foldTransaction } from '../../sim/run/fold-transaction.js';
import { eventfulHistory } from '../store/eventful-history.js';

const { history } = eventfulHistory();

function digestOf(transactions: readonly Transaction[]): string {
  const digest = new Digest();
  for (const transaction of transactions) foldTransaction(digest, transaction);
  return digest.hex();
}

test('the table names every field of every kind', () => {
  const seen = new Set<string>();
  for (const { kind, at, ...fields } of history) {
    seen.add(kind);
    expect([...FIELDS[kind]].sort(), kind).toEqual(Object.keys(fields).sort());
  }
  expect(seen.size).toBeGreaterThan(18);
});

test('a change of any field changes the digest', () => {
  for (const transaction of history) {
    const was = digestOf([transaction]);
    for (const [field, value] of Object.entries(transaction)) {
      if (field === 'kind') continue;
      const other =
        value === null
          ? 7
          : typeof value === 'number'
            ? value + 1
            : Array.isArray(value)
              ? [...value, 3]
              : `${String(value)}x`;
      expect(digestOf([{ ...transaction, [field]: other }]), `${transaction.kind}.${field}`).not.toBe(was);
    }
  }
});

test('so does their order', () => {
  const [a, b, ...rest] = history;
  expect(digestOf([b!, a!, ...rest])).not.toBe(digestOf(history));
});
