/** Rows of the network's tables, written and read back. */
import { BatchInsert, type Value } from './batch-insert.js';
import { NETWORK_TABLES } from './network-tables.js';
import type { NetworkTables, TransferRow } from './network-types.js';
import type { Database } from './sqlite.js';

const KEYS = Object.keys(NETWORK_TABLES) as (keyof NetworkTables)[];

export function writeNetwork(database: Database, tables: NetworkTables): void {
  for (const key of KEYS) {
    const { name, columns, fields } = NETWORK_TABLES[key];
    const batch = new BatchInsert(
      database,
      name,
      columns.map((column) => column.name),
    );
    for (const row of tables[key] as readonly unknown[] as readonly Record<string, Value>[])
      batch.add(...fields.map((field) => row[field]!));
    batch.flush();
  }
}

/** In the order of their keys. */
export function readNetwork<Key extends keyof NetworkTables>(database: Database, key: Key): NetworkTables[Key] {
  const { name, key: order } = NETWORK_TABLES[key];
  const sql = `SELECT ${fieldList(key)} FROM ${name} ORDER BY ${order.join(', ')}`;
  return database.prepare(sql).all() as NetworkTables[Key];
}

/** Of those that came to their end; of equally long ones in the order of their beginning. */
export function readSlowestTransfers(database: Database, most: number): TransferRow[] {
  return database
    .prepare(
      `SELECT ${fieldList('transfers')} FROM transfers WHERE outcome = 'done'
       ORDER BY end_micros - begin_micros DESC, zone, transfer LIMIT ?`,
    )
    .all(most) as TransferRow[];
}

function fieldList(key: keyof NetworkTables): string {
  const { columns, fields } = NETWORK_TABLES[key];
  return columns.map((column, at) => `${column.name} AS ${fields[at]}`).join(', ');
}
