/** Writes transactions into their table, a batch a kind: a row costs what its kind has fields, not what the table has columns. */
import { assert } from '../base/assert.js';
import type { ChangeKind, Transaction } from '../control/history.js';
import { BatchInsert, type Value } from './batch-insert.js';
import type { Database } from './sqlite.js';
import { CHANGE_KINDS, fieldsOf, LIST_FIELDS } from './transaction-columns.js';

interface KindWriter {
  readonly fields: readonly string[];
  readonly rows: BatchInsert;
}

export class TransactionWriter {
  private readonly writers = new Map<ChangeKind, KindWriter>();

  constructor(database: Database) {
    for (const kind of CHANGE_KINDS) {
      const fields = fieldsOf(kind);
      const columns = ['lane', 'number', 'at_micros', ...fields.map(({ column }) => column)];
      const rows = new BatchInsert(database, 'transactions', columns, { kind });
      this.writers.set(kind, { fields: fields.map(({ field }) => field), rows });
    }
  }

  add(lane: number, number: number, transaction: Transaction): void {
    const writer = this.writers.get(transaction.kind);
    assert(writer, () => `no columns for a transaction of kind ${transaction.kind}`);
    const { fields, rows } = writer;
    const values = transaction as unknown as Record<string, unknown>;
    rows.push(lane);
    rows.push(number);
    rows.push(transaction.at);
    for (let at = 0; at < fields.length; at++) {
      const value = values[fields[at]!];
      rows.push(LIST_FIELDS.has(fields[at]!) ? JSON.stringify(value) : (value as Value));
    }
  }

  flush(): void {
    for (const { rows } of this.writers.values()) rows.flush();
  }
}
