import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { CSV_TABLES, csvTable, csvText } from '../../reports/csv.js';
import { NETWORK_TABLES } from '../../sim/store/network-tables.js';
import { columnNames } from '../../sim/store/schema.js';
import { recordedRun } from './recorded-run.js';

test('names of columns first; absent is empty, an empty text is quoted, quotes are doubled', () => {
  const rows = [
    [1, null, ''],
    [0.1 + 0.2, 'a "b", c', 'two\nlines'],
  ];
  expect(csvText(['x', 'y', 'z'], rows)).toBe('x,y,z\n1,,""\n0.30000000000000004,"a ""b"", c","two\nlines"\n');
  expect(csvText(['x'], [])).toBe('x\n');
});

test('a reader of CSV has every value of a table again, to its last digit', () => {
  const run = recordedRun({ days: 1, sampleMinutes: 60, network: true });
  for (const table of CSV_TABLES) {
    const [head, ...rows] = parse(csvTable(run, table)) as string[][];
    expect(head, table).toEqual(columnNames(table));
    expect(rows, table).toEqual(
      [...run.rows(table)].map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
    );
  }
  expect(csvTable(run, 'links').split('\n')).toHaveLength(run.network('links').length + 2);
});

test('every table of the network is among them, with samples, VLAN IDs, bills and refusals', () => {
  const names = [...Object.values(NETWORK_TABLES).map(({ name }) => name), 'samples', 'vlans', 'bills', 'refusals'];
  expect(CSV_TABLES).toEqual(expect.arrayContaining(names));
});
