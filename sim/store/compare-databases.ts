/**
 * Whether two runs wrote the same: every table, row by row and column by column. The first difference is named: tables
 * come in the order of the schema, where causes stand before consequences, and rows in the order of their keys.
 */
import { InputError } from '../base/errors.js';
import { TABLES, type Table } from './schema.js';
import { openDatabase, unreadable, type Database } from './sqlite.js';

export interface DatabaseDifference {
  table: string;
  /** The key of the row, e.g. "lane 1, number 17"; null: the whole table. */
  row: string | null;
  /** null: the row, or the table, is in one of the two only. */
  column: string | null;
  /** Values as JSON; null: it is not there. */
  left: string | null;
  right: string | null;
}

/** null: the same content. The files themselves may differ in how their pages lie. */
export function compareDatabases(leftPath: string, rightPath: string): DatabaseDifference | null {
  const left = openDatabase(leftPath);
  try {
    const right = openDatabase(rightPath);
    try {
      return differenceOf([left, right], [leftPath, rightPath]);
    } finally {
      right.close();
    }
  } finally {
    left.close();
  }
}

/** One line for people. */
export function formatDifference({ table, row, column, left, right }: DatabaseDifference): string {
  const place = row === null ? `table ${table}` : `table ${table}, row ${row}`;
  if (left === null || right === null) return `${place}: only in the ${left === null ? 'second' : 'first'}`;
  return `${place}, ${column}: ${left} in the first, ${right} in the second`;
}

type Two<Value> = readonly [Value, Value];

function differenceOf(databases: Two<Database>, paths: Two<string>): DatabaseDifference | null {
  const [left, right] = databases.map((database, at) => tablesOf(database, paths[at]!)) as [string[], string[]];
  for (const table of TABLES) {
    const there: Two<boolean> = [left.includes(table.name), right.includes(table.name)];
    if (there[0] !== there[1]) return onlyInOne(table.name, null, there[0]);
    if (!there[0]) throw InputError.of('not-a-run', `${paths[0]}: not a run's database: it has no table ${table.name}`);
    const difference = differenceOfTable(databases, paths, table);
    if (difference !== null) return difference;
  }
  const other = left.find((name) => !right.includes(name)) ?? right.find((name) => !left.includes(name));
  return other === undefined ? null : onlyInOne(other, null, left.includes(other));
}

function tablesOf(database: Database, path: string): string[] {
  try {
    return database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[];
  } catch (error) {
    throw unreadable(path, error);
  }
}

function differenceOfTable(databases: Two<Database>, paths: Two<string>, table: Table): DatabaseDifference | null {
  const names = table.columns.map(({ name }) => name);
  const keys = table.key.map((name) => names.indexOf(name));
  const sql = `SELECT ${names.join(', ')} FROM ${table.name} ORDER BY ${table.key.join(', ')}`;
  const left = rowsOf(databases[0], paths[0], sql);
  const right = rowsOf(databases[1], paths[1], sql);
  try {
    for (;;) {
      const a = left.next().value as unknown[] | undefined;
      const b = right.next().value as unknown[] | undefined;
      if (a === undefined && b === undefined) return null;
      const rowName = (row: unknown[]): string => keys.map((at) => `${names[at]} ${String(row[at])}`).join(', ');
      if (a === undefined || b === undefined) return onlyInOne(table.name, rowName((a ?? b)!), a !== undefined);
      const order = compareKeys(a, b, keys);
      if (order !== 0) return onlyInOne(table.name, rowName(order < 0 ? a : b), order < 0);
      const at = names.findIndex((_, column) => !Object.is(a[column], b[column]));
      if (at >= 0) return { table: table.name, row: rowName(a), column: names[at]!, ...shownPair(a[at], b[at]) };
    }
  } finally {
    left.return(undefined);
    right.return(undefined);
  }
}

function* rowsOf(database: Database, path: string, sql: string): Generator<unknown[], undefined> {
  try {
    yield* database.prepare(sql).raw().iterate() as IterableIterator<unknown[]>;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** As the database orders keys of numbers, or of texts; differing keys mean that one of the two rows has no partner. */
function compareKeys(a: readonly unknown[], b: readonly unknown[], keys: readonly number[]): number {
  for (const at of keys) {
    const x = a[at] as number | string;
    const y = b[at] as number | string;
    if (typeof x === 'string' && typeof y === 'string') {
      const order = Buffer.compare(Buffer.from(x), Buffer.from(y));
      if (order !== 0) return order;
    } else if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

const SHOWN_CHARACTERS = 120;

/** Both values as JSON; of long ones the part around the first difference. */
function shownPair(a: unknown, b: unknown): { left: string; right: string } {
  const left = JSON.stringify(a);
  const right = JSON.stringify(b);
  let same = 0;
  while (same < left.length && left[same] === right[same]) same++;
  const from = Math.max(0, same - SHOWN_CHARACTERS / 2);
  const part = (text: string): string => {
    if (text.length <= SHOWN_CHARACTERS) return text;
    const end = from + SHOWN_CHARACTERS;
    return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`;
  };
  return { left: part(left), right: part(right) };
}

function onlyInOne(table: string, row: string | null, inLeft: boolean): DatabaseDifference {
  return { table, row, column: null, left: inLeft ? 'present' : null, right: inLeft ? null : 'present' };
}
