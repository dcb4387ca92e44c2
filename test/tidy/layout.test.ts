import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  defaultExportProblems,
  headerProblems,
  lengthProblems,
  LONGEST_FILE_LINES,
  sqlProblems,
  textProblems,
  topLevelProblems,
} from './layout-rules.js';
import { filesBelow, LEFT_BY_TOOLS, projectSources, read, ROOT } from './sources.js';

/** Files that may be longer than the rest, by path, each with its reason. */
const LONG_FILES: Record<string, string> = {};

test('the top level is as fixed', () => {
  expect(topLevelProblems(readdirSync(ROOT).filter((name) => !LEFT_BY_TOOLS.has(name)))).toEqual([]);
});

test('files are small', () => {
  expect(lengthProblems(projectSources(), LONG_FILES)).toEqual([]);
});

test('exports are named', () => {
  expect(defaultExportProblems(projectSources())).toEqual([]);
});

test('files begin with what they guarantee', () => {
  expect(headerProblems(projectSources())).toEqual([]);
});

test('rows come in a stated order', () => {
  expect(sqlProblems(projectSources().filter(({ path }) => !path.startsWith('test/tidy/')))).toEqual([]);
});

test('nothing of one machine, and nothing unfinished', () => {
  const files = filesBelow('').filter((path) =>
    /(\.(ts|tsx|js|mjs|json|md|ya?ml|csv|sh|css|html|txt)|^\.ci\/\w+)$/.test(path),
  );
  expect(files.length).toBeGreaterThan(80);
  expect(textProblems(files.map((path) => read(path)))).toEqual([]);
});

test.skipIf(!existsSync(join(ROOT, 'README.md')))(
  '.ci/run ends in the command that the README gives for the tests',
  () => {
    const command = read('.ci/run').text.trimEnd().split('\n').at(-1)!;
    expect(command).toMatch(/npm/);
    expect(read('README.md').text).toContain(command);
  },
);

describe('a planted violation is found', () => {
  test('top level', () => {
    expect(topLevelProblems(['sim', 'docs', '.ci', 'LICENSE'])).toEqual([
      expect.stringMatching(/^docs: the top level/),
    ]);
  });

  test('length', () => {
    const long = { path: 'sim/a.ts', text: 'x\n'.repeat(LONGEST_FILE_LINES + 1) };
    expect(lengthProblems([long], {})).toEqual([expect.stringMatching(/sim\/a\.ts: 351 lines: split/)]);
    expect(lengthProblems([long], { 'sim/a.ts': 'because' })).toEqual([]);
    expect(lengthProblems([{ ...long, text: 'x' }], { 'sim/a.ts': 'because' })).toEqual([
      expect.stringMatching(/take it off/),
    ]);
    expect(lengthProblems([], { 'sim/b.ts': 'because' })).toEqual([expect.stringMatching(/no such file/)]);
  });

  test('default exports', () => {
    const plant = (text: string, path = 'sim/a.ts') => defaultExportProblems([{ path, text }]);
    for (const text of [
      'export default 1;',
      'export default function f() {}',
      'const a = 1;\nexport { a as default };',
    ])
      expect(plant(text)).toHaveLength(1);
    expect(plant('export class A {}\nexport const b = "export default 1";')).toEqual([]);
    expect(plant('export default {};', 'viz/vite.config.ts')).toEqual([]);
  });

  test('header', () => {
    const plant = (text: string, path = 'sim/a.ts') => headerProblems([{ path, text }]);
    expect(plant("import { a } from './a.js';\n/** Late, but here. */")).toHaveLength(1);
    expect(plant('/** */ export const a = 1;')).toHaveLength(1);
    expect(plant('/** Guarantees something. */\nexport const a = 1;')).toEqual([]);
    expect(plant('#!/usr/bin/env node\n/** Guarantees something. */')).toEqual([]);
    expect(plant('test();', 'test/a.test.ts')).toEqual([]);
  });

  test('text', () => {
    const plant = (text: string) => textProblems([{ path: 'a.md', text }]);
    expect(plant(`see ${'/ho'}me/me/file`)).toEqual([expect.stringMatching(/^a\.md:1: a path of one machine/)]);
    expect(plant(`x\n"${'/wo'}rk/x"`)).toEqual([expect.stringMatching(/^a\.md:2/)]);
    expect(plant(`https://regis${'try'}.example.org/x`)).toEqual([expect.stringMatching(/registry's address/)]);
    expect(plant(`// TO${'DO'}: later`)).toEqual([expect.stringMatching(/unfinished/)]);
    expect(plant('sim/work/x.ts, ../shared/work/x, https://example.org/home/x, todos')).toEqual([]);
  });

  test('SQL', () => {
    const plant = (text: string) => sqlProblems([{ path: 'sim/store/a.ts', text }]);
    for (const statement of [
      'SELECT name FROM vm WHERE id = ?',
      'select name from vm',
      'SELECT count(*) FROM vm GROUP BY host',
      'INSERT INTO a SELECT x FROM b',
      'WITH c AS (SELECT 1) SELECT * FROM c',
    ])
      expect(plant(`db.prepare('${statement}')`), statement).toHaveLength(1);
    expect(plant('db.prepare(`SELECT ${columns} FROM vm WHERE host = ${host}`)')).toHaveLength(1);
    for (const statement of [
      'SELECT name FROM vm ORDER BY id',
      'SELECT count(*), max(at) FROM vm',
      'CREATE VIEW v AS SELECT name FROM vm',
      'INSERT INTO a VALUES (?)',
    ])
      expect(plant(`db.prepare('${statement}')`), statement).toEqual([]);
    expect(plant('const query = "SELECT name FROM vm";')).toHaveLength(1);
    expect(plant('const message = "select a host from the list";')).toEqual([]);
    expect(plant('// SELECT name FROM vm')).toEqual([]);
  });
});
