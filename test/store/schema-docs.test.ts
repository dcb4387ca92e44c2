import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { schemaDocs, withSchemaDocs } from '../../sim/store/schema-docs.js';
import { createTable, TABLES, type Table } from '../../sim/store/schema.js';

const README = join(resolve(import.meta.dirname, '../..'), 'sim/store/README.md');

test('the README tells of the tables what the schema says (npm run record writes it anew)', () => {
  const readme = readFileSync(README, 'utf8');
  if (process.env['PODTWIN_RECORD'] !== undefined) writeFileSync(README, withSchemaDocs(readme));
  expect(readFileSync(README, 'utf8')).toBe(withSchemaDocs(readme));
  expect(readme).toContain(schemaDocs());
});

test('every column has a sentence, and numbers that have a unit end in it', () => {
  const endings: Record<string, RegExp> = {
    microseconds: /_micros$/,
    bytes: /(^|_)bytes(_used|_capacity|_physical)?$/,
    'thousandths of a core': /_millis(_used|_capacity|_physical|_demand|_short)?$/,
  };
  for (const { name, columns, key } of TABLES as readonly Table[]) {
    for (const { name: column, unit, about, nullable } of columns) {
      expect(about, `${name}.${column}`).toMatch(/^.{3,}\.$/);
      if (unit !== null && endings[unit]) expect(column).toMatch(endings[unit]);
      for (const [of, ending] of Object.entries(endings)) if (ending.test(column)) expect(unit, column).toBe(of);
      if (key.includes(column)) expect(nullable, `${name}.${column}`).toBe(false);
    }
    for (const column of key) expect(columns.map((one) => one.name)).toContain(column);
  }
});

test('a table as a statement', () => {
  const lanes = TABLES.find(({ name }) => name === 'lanes')!;
  expect(createTable(lanes)).toBe(
    'CREATE TABLE lanes (\n  lane INTEGER NOT NULL,\n  name TEXT NOT NULL,\n  PRIMARY KEY (lane)\n) STRICT, WITHOUT ROWID',
  );
});
