import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NETWORK_TABLES } from '../../sim/store/network-tables.js';
import type { NetworkTables } from '../../sim/store/network-types.js';
import { openRun } from '../../sim/store/open-run.js';
import { columnNames, TABLES } from '../../sim/store/schema.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import type { RunDetails, RunHeader } from '../../sim/store/types.js';
import { tellSyntheticRun } from './synthetic-run.js';
import { temporaryFolder } from './temporary-folder.js';

const KEYS = Object.keys(NETWORK_TABLES) as (keyof NetworkTables)[];

function recorded(options: { zones?: number; network?: boolean } = {}): { path: string; told: NetworkTables | null } {
  const path = join(temporaryFolder(), 'results.sqlite');
  const recorder = openRecorder(path);
  let told: NetworkTables | null = null;
  tellSyntheticRun(
    {
      begin: (header: RunHeader) => recorder.begin(header),
      transaction: (...one) => recorder.transaction(...one),
      sample: (sample) => recorder.sample(sample),
      finish: (summary, details: RunDetails = {}) => {
        told = details.network ?? null;
        recorder.finish(summary, details);
      },
    },
    { days: 0, network: true, ...options },
  );
  return { path, told };
}

/** As the database orders a table: by its key, field by field, numbers by size and texts by their bytes. */
function inKeyOrder<Key extends keyof NetworkTables>(key: Key, rows: NetworkTables[Key]): unknown[] {
  const { columns, fields, key: order } = NETWORK_TABLES[key];
  const names = order.map((column) => fields[columns.findIndex(({ name }) => name === column)]!);
  const valueOf = (row: unknown, name: string): string | number => (row as Record<string, string | number>)[name]!;
  return [...(rows as readonly unknown[])].sort((a, b) => {
    const name = names.find((one) => valueOf(a, one) !== valueOf(b, one))!;
    return valueOf(a, name) < valueOf(b, name) ? -1 : 1;
  });
}

test('every row of every table comes back as it was told, null as null, in the order of the key', () => {
  const { path, told } = recorded({ zones: 2 });
  const run = openRun(path);
  for (const key of KEYS) {
    expect(told![key].length, key).toBeGreaterThan(2);
    expect(run.network(key), key).toEqual(inKeyOrder(key, told![key]));
  }
  expect(run.network('transfers').some(({ endMicros }) => endMicros === null)).toBe(true);
  run.close();
});

test('a run that tells of no network has the tables, empty', () => {
  const run = openRun(recorded({ network: false }).path);
  for (const key of KEYS) expect(run.network(key), key).toEqual([]);
  expect(run.slowestTransfers(5)).toEqual([]);
  run.close();
});

test('the schema lists every one of them, with a column for every field', () => {
  for (const key of KEYS) {
    const table = NETWORK_TABLES[key];
    expect(TABLES.map(({ name }) => name)).toContain(table.name);
    expect(table.fields).toHaveLength(table.columns.length);
    // A column is its field in other letters: nothing is written under another's name.
    for (const [at, field] of table.fields.entries())
      expect(table.columns[at]!.name).toBe(field.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`));
  }
});

test('the slowest transfers are those that took longest, of those that came to their end', () => {
  const { path, told } = recorded();
  const run = openRun(path);
  const took = ({ beginMicros, endMicros }: NetworkTables['transfers'][number]): number => endMicros! - beginMicros;
  const done = told!.transfers.filter(({ outcome }) => outcome === 'done').map(took);
  const slowest = run.slowestTransfers(4);
  expect(slowest.map(took)).toEqual(done.sort((a, b) => b - a).slice(0, 4));
  expect(slowest.every(({ outcome }) => outcome === 'done')).toBe(true);
  expect(run.slowestTransfers(1000)).toHaveLength(done.length);
  run.close();
});

test('rows of a table as they stand, each as long as its columns', () => {
  const { path, told } = recorded();
  const run = openRun(path);
  const rows = [...run.rows('links')];
  expect(rows).toHaveLength(told!.links.length);
  expect(rows.every((row) => row.length === columnNames('links').length)).toBe(true);
  expect([...run.rows('vlans')]).toEqual([['z1', 40, expect.any(Number), expect.any(Number), expect.any(Number), 0]]);
  run.close();
});
