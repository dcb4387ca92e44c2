import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { baseProblems, referenceProblems } from './reference-rules.js';
import { filesBelow, read, ROOT, type Source } from './sources.js';

const configs = filesBelow('')
  .filter((path) => /(^|\/)tsconfig\.json$/.test(path))
  .map((path) => read(path));

test('project references equal the import table', () => {
  expect(configs.length).toBeGreaterThan(10);
  expect(referenceProblems(configs)).toEqual([]);
});

test('the base knows the language and nothing else', () => {
  expect(baseProblems(read('tsconfig.base.json').text)).toEqual([]);
});

describe('a planted violation is found', () => {
  const config = (path: string, references: string[], compilerOptions = {}): Source => ({
    path,
    text: JSON.stringify({ compilerOptions, references: references.map((one) => ({ path: one })) }),
  });
  const base = config('sim/base/tsconfig.json', []);
  const measures = config('sim/measures/tsconfig.json', ['../base']);

  test('a reference too many, one too few', () => {
    const engine = config('sim/engine/tsconfig.json', ['../base', '../measures']);
    expect(referenceProblems([base, measures, engine])).toEqual([
      expect.stringMatching(/^sim\/engine\/tsconfig\.json: a reference to sim\/measures, .*: take it out/),
    ]);
    expect(referenceProblems([base, config('sim/measures/tsconfig.json', [])])).toEqual([
      expect.stringMatching(/^sim\/measures\/tsconfig\.json: no reference to sim\/base, .*: add it/),
    ]);
    expect(referenceProblems([base, measures, config('tsconfig.json', ['./sim/base'])])).toEqual([
      expect.stringMatching(/no reference to sim\/measures/),
    ]);
  });

  test('more than the language in a pure layer', () => {
    const found = (options: object): string[] => referenceProblems([config('sim/base/tsconfig.json', [], options)]);
    expect(found({ types: ['node'] })).toEqual([expect.stringMatching(/types: \[\]/)]);
    expect(found({ lib: ['es2023', 'dom'] })).toEqual([expect.stringMatching(/lib/)]);
    expect(found({ paths: { '*': ['../*'] } })).toEqual([expect.stringMatching(/get around/)]);
    expect(found({ types: [] })).toEqual([]);
    const text = (compilerOptions: object): string => JSON.stringify({ compilerOptions });
    expect(baseProblems(text({ composite: true, types: [], lib: ['es2023'] }))).toEqual([]);
    expect(baseProblems(text({ types: ['node'], lib: ['es2023', 'dom'] }))).toHaveLength(3);
  });
});

describe('the management plane compiles alone', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podtwin-alone-'));
    cpSync(join(ROOT, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
    for (const layer of ['sim/base', 'sim/measures', 'sim/control'])
      cpSync(join(ROOT, layer), join(folder, layer), { recursive: true });
    // Without it the compiler would take the files for CommonJS.
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function compile(): string {
    try {
      execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', 'sim/control'], {
        cwd: folder,
      });
      return '';
    } catch (error) {
      return String((error as { stdout?: Buffer }).stdout ?? error);
    }
  }

  test('with sim/base and sim/measures beside it, and nothing else', () => {
    expect(compile()).toBe('');
  });

  test('and not with a stray import, even of a type, or a clock', () => {
    const stray = join(folder, 'sim/engine/lane.ts');
    mkdirSync(dirname(stray));
    writeFileSync(stray, 'export interface Lane {\n  now: number;\n}\n');
    const planted =
      "import type { Lane } from '../engine/lane.js';\nexport const now = (lane: Lane): number => lane.now;\n";
    writeFileSync(join(folder, 'sim/control/planted.ts'), `${planted}export const timer = setTimeout;\n`);
    const errors = compile();
    expect(errors).toMatch(/planted\.ts\(1,.*not listed within the file list|planted\.ts.*engine\/lane/);
    expect(errors).toMatch(/planted\.ts\(3,\d+\): error TS\d+: Cannot find name 'setTimeout'/);
  });
});
