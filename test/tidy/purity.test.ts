import { describe, expect, test } from 'vitest';
import { PURE } from './import-table.js';
import { chanceProblems, purityProblems } from './purity-rules.js';
import { projectSources } from './sources.js';

test('pure layers know no clock, no chance, no promise and nothing that differs between machines', () => {
  const sources = projectSources();
  for (const folder of ['sim/base', 'sim/measures', 'sim/engine', 'sim/control'])
    expect(sources.some(({ path }) => path.startsWith(`${folder}/`))).toBe(true);
  expect(purityProblems(sources)).toEqual([]);
});

test('no layer draws without a seed or sorts by locale', () => {
  expect(chanceProblems(projectSources())).toEqual([]);
});

describe('a planted violation is found', () => {
  const plant = (text: string): string => purityProblems([{ path: 'sim/control/x.ts', text }]).join('\n');

  test.each([
    ['const now = Date.now();', /Date: time comes in/],
    ['const at = new Date();', /Date/],
    ['const t = performance.now();', /performance/],
    ['let at: Date;', /Date/],
    ['const u = Math.random();', /Math\.random: draw from a stream/],
    ["const u = Math['random']();", /Math\.random/],
    ['const { random } = Math;', /Math as a value/],
    ['const y = Math.pow(x, 2);', /Math\.pow: multiply/],
    ['const y = Math.sin(x);', /Math\.sin: not the same/],
    ['const y = x ** 2;', /\*\*: multiply/],
    ['x **= 2;', /\*\*/],
    ['async function f() {}', /async: return data/],
    ['const f = async () => 1;', /async/],
    ['await f();', /await/],
    ['for await (const x of y) {}', /await/],
    ['let p: Promise<void>;', /Promise/],
    ['setTimeout(f, 1);', /setTimeout: return the earliest deadline/],
    ['const later = setInterval;', /setInterval/],
    ['globalThis.setTimeout(f);', /globalThis/],
    ['names.sort((a, b) => a.localeCompare(b));', /localeCompare: .*compare with </],
    ['text.toLocaleUpperCase();', /toLocaleUpperCase/],
    ['new Intl.NumberFormat();', /Intl/],
    ['new WeakRef(x);', /WeakRef/],
    ["console.log('x');", /console: return it/],
    ['process.exit(1);', /process: pass it in/],
    ["import { readFileSync } from 'node:fs';", /node:fs: pass it in/],
    ["import { cpus } from 'node:os';\nconst now = Date.now();", /x\.ts:2: Date/],
  ])('%s', (text, message) => {
    expect(plant(text)).toMatch(message);
  });

  test('in every pure layer, and in no other', () => {
    for (const folder of PURE) expect(purityProblems([{ path: `${folder}/x.ts`, text: 'Date.now()' }])).toHaveLength(1);
    expect(purityProblems([{ path: 'sim/run/x.ts', text: 'Date.now()' }])).toEqual([]);
  });

  test('comments, strings, and members of the same name are not taken for it', () => {
    expect(plant('// Date.now() and Math.random()\n/** await */\nexport const a = "setTimeout(console)";')).toBe('');
    expect(plant('const b = { process: 1, console: 2 };\nexport const c = b.process + b.console;')).toBe('');
    expect(plant('interface X { fetch: number; process(): void }\nclass Y { process(): void {} }')).toBe('');
    expect(plant('export const y = Math.exp(Math.log(2)) + Math.max(1, 2);')).toBe('');
  });

  test('chance and locale, elsewhere', () => {
    const chance = (text: string): string => chanceProblems([{ path: 'sim/scenario/x.ts', text }]).join('\n');
    expect(chance('Math.random()')).toMatch(/Math\.random: draw/);
    expect(chance('a.localeCompare(b)')).toMatch(/localeCompare: not the same/);
    expect(chance('new Intl.Collator()')).toMatch(/Intl/);
    expect(chance('Date.now(); const intl = "Intl";')).toBe('');
  });
});
