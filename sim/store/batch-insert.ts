/**
 * Rows on their way into a table: kept until there are enough for one statement with many rows, which costs about half
 * of what statements of one row cost. Memory is bounded by the size of a batch.
 */
import { assert } from '../base/assert.js';
import type { Database, Statement } from './sqlite.js';

export type Value = number | string | null;

export const BATCH_ROWS = 50;

export class BatchInsert {
  /** Of full length from the start: growing it again for every batch costs more than filling it. */
  private readonly values: Value[];
  private count = 0;
  private readonly one: Statement;
  private readonly many: Statement;

  /** `fixed`: columns with the same text in every row, written into the statement. */
  constructor(
    database: Database,
    table: string,
    private readonly columns: readonly string[],
    fixed: Readonly<Record<string, string>> = {},
  ) {
    const names = [...Object.keys(fixed), ...columns];
    const literals = Object.values(fixed).map((text) => `'${text.replaceAll("'", "''")}'`);
    const row = `(${[...literals, ...columns.map(() => '?')].join(', ')})`;
    const insert = `INSERT INTO ${table} (${names.join(', ')}) VALUES `;
    this.one = database.prepare(insert + row);
    this.many = database.prepare(insert + Array.from({ length: BATCH_ROWS }, () => row).join(', '));
    this.values = Array.from({ length: BATCH_ROWS * columns.length }, () => null);
  }

  add(...row: Value[]): void {
    assert(row.length === this.columns.length, () => `${row.length} values for ${this.columns.join(', ')}`);
    for (const value of row) this.push(value);
  }

  /** The next value of the row under way. */
  push(value: Value): void {
    this.values[this.count++] = value;
    if (this.count < this.values.length) return;
    this.many.run(this.values);
    this.count = 0;
  }

  /** Sends what waits. */
  flush(): void {
    const width = this.columns.length;
    for (let at = 0; at < this.count; at += width) this.one.run(this.values.slice(at, at + width));
    this.count = 0;
  }
}
