import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareDatabases, formatDifference } from '../../sim/store/compare-databases.js';
import { TABLES } from '../../sim/store/schema.js';
import { createDatabase, openDatabase } from '../../sim/store/sqlite.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import { syntheticBills } from './synthetic-bills.js';
import { tellSyntheticRun } from './synthetic-run.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = (): { left: string; right: string; change(sql: string): void } => {
  const root = temporaryFolder();
  const [left, right] = [join(root, 'left'), join(root, 'right')];
  tellSyntheticRun(openRecorder(left), {
    zones: 2,
    days: 1,
    zone: { vlans: 20 },
    bills: syntheticBills(2).bills,
    network: true,
    summary: { expect: [{ measure: 'vms.lost', atMost: 0, actual: 0, held: true }] },
  });
  copyFileSync(left, right);
  const change = (sql: string): void => {
    const database = createDatabase(right);
    database.exec(sql);
    database.close();
  };
  return { left, right, change };
};

test('the same content is the same, however the pages lie', () => {
  const { left, right, change } = folder();
  expect(compareDatabases(left, right)).toBeNull();
  change(
    'CREATE TABLE t AS SELECT * FROM samples ORDER BY at_micros, zone; DELETE FROM samples; INSERT INTO samples SELECT * FROM t ORDER BY zone DESC; DROP TABLE t; VACUUM',
  );
  expect(compareDatabases(left, right)).toBeNull();
});

test('one changed value in any table is found, and named', () => {
  for (const { name, columns, key } of TABLES) {
    const { left, right, change } = folder();
    const column = columns.findLast((one) => !(key as readonly string[]).includes(one.name));
    if (column === undefined) throw new Error(`${name} has no column beside its key`);
    const value = column.type === 'TEXT' ? `'changed'` : '123456';
    change(`UPDATE ${name} SET ${column.name} = ${value}`);
    const difference = compareDatabases(left, right);
    expect(difference, name).toMatchObject({ table: name, column: column.name });
    expect(formatDifference(difference!)).toMatch(
      new RegExp(`^table ${name}, row .*: .* in the first, .* in the second$`),
    );
  }
});

test('the first difference is the one that is named, with its row and both values', () => {
  const { left, right, change } = folder();
  change('UPDATE transactions SET at_micros = at_micros + 1 WHERE lane = 2 AND number >= 17');
  change("UPDATE summary SET json = 'x'");
  const difference = compareDatabases(left, right)!;
  const database = openDatabase(left);
  const at = database
    .prepare('SELECT at_micros FROM transactions WHERE lane = 2 AND number = 17 ORDER BY 1')
    .pluck()
    .get();
  database.close();
  expect(formatDifference(difference)).toBe(
    `table transactions, row lane 2, number 17, at_micros: ${at} in the first, ${Number(at) + 1} in the second`,
  );
});

test('a row or table that only one of them has', () => {
  const missing = folder();
  missing.change('DELETE FROM vms WHERE lane = 1 AND vm = 3');
  expect(formatDifference(compareDatabases(missing.left, missing.right)!)).toBe(
    'table vms, row lane 1, vm 3: only in the first',
  );
  expect(formatDifference(compareDatabases(missing.right, missing.left)!)).toBe(
    'table vms, row lane 1, vm 3: only in the second',
  );
  const last = folder();
  last.change("DELETE FROM samples WHERE zone = 'z2' AND at_micros = (SELECT max(at_micros) FROM samples)");
  expect(compareDatabases(last.left, last.right)).toMatchObject({ table: 'samples', column: null });
  const table = folder();
  table.change('DROP TABLE refusals');
  expect(formatDifference(compareDatabases(table.left, table.right)!)).toBe('table refusals: only in the first');
  const more = folder();
  more.change('CREATE TABLE more (a)');
  expect(formatDifference(compareDatabases(more.left, more.right)!)).toBe('table more: only in the second');
});

test('of long texts the part that differs is shown', () => {
  const { left, right, change } = folder();
  change(`UPDATE summary SET json = replace(json, '"lost":null', '"lost":1')`);
  const difference = compareDatabases(left, right)!;
  expect(difference).toMatchObject({ table: 'summary', column: 'json' });
  expect(difference.left).toContain('lost\\":null');
  expect(difference.right).toContain('lost\\":1');
  expect(difference.left!.length).toBeLessThan(140);
});
