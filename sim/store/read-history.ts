/** Reads a lane's history back, exactly as it was recorded: folding it gives the state that the plane had. */
import type { ChangeKind, Transaction } from '../control/history.js';
import type { Database } from './sqlite.js';
import { fieldsOf, LIST_FIELDS } from './transaction-columns.js';

/** In order. Streamed: a history need not fit in memory. */
export function* readHistory(database: Database, lane: number): Generator<Transaction> {
  const rows = database.prepare('SELECT * FROM transactions WHERE lane = ? ORDER BY number').iterate(lane);
  const known = new Map<string, ReturnType<typeof fieldsOf>>();
  for (const row of rows as Iterable<Record<string, unknown>>) {
    const kind = row.kind as ChangeKind;
    let fields = known.get(kind);
    if (fields === undefined) known.set(kind, (fields = fieldsOf(kind)));
    const transaction: Record<string, unknown> = { kind };
    for (const { field, column } of fields)
      transaction[field] = LIST_FIELDS.has(field) ? JSON.parse(row[column] as string) : row[column];
    transaction.at = row.at_micros;
    yield transaction as unknown as Transaction;
  }
}
