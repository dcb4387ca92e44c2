/** The table of models: one row a model, one model a file, and models/README.md and the file's header say the same. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MODELS } from '../../models/registry.js';
import { markdownTable } from '../../sim/base/markdown-table.js';
import { filesBelow, read, ROOT } from '../tidy/sources.js';

const README = join(ROOT, 'models', 'README.md');

test('every file of models/ holds a model of the table, or a part of one', () => {
  const folders = MODELS.flatMap(({ parts }) => (parts === undefined ? [] : [`${parts}/`]));
  const files = filesBelow('models')
    .filter((path) => path.endsWith('.ts') && path !== 'models/registry.ts' && !path.startsWith('models/registry/'))
    .map((path) => path.slice('models/'.length))
    .filter((path) => !folders.some((folder) => path.startsWith(folder)));
  expect(MODELS.map(({ file }) => file).sort()).toEqual(files);
  expect(new Set(MODELS.map(({ name }) => name)).size).toBe(MODELS.length);
});

test.each(MODELS)('$name: its header has equation, source, range, and what is ignored', ({ file }) => {
  const { text } = read(`models/${file}`);
  const header = text.slice(0, text.indexOf('*/'));
  expect(header).toMatch(/^\/\*\*/);
  expect(header, 'equation').toMatch(/\n \* {3,}\w+.* = /);
  expect(header, 'units').toMatch(/\[(s|B|B\/s)\]|\bseconds?\b/);
  for (const part of [/\bSource/, /Valid range/, /Ignored/]) expect(header).toMatch(part);
});

test('models/README.md has the table (npm run record writes it anew)', () => {
  const keys = ['name', 'equation', 'source', 'range', 'ignores'] as const;
  const rows = MODELS.map((model) => keys.map((key) => model[key]));
  const table = markdownTable(['model', ...keys.slice(1)], rows);
  const readme = readFileSync(README, 'utf8');
  const whole = `${readme.slice(0, readme.indexOf('| model'))}${table}\n`;
  if (process.env['PODTWIN_RECORD'] !== undefined) writeFileSync(README, whole);
  expect(readFileSync(README, 'utf8')).toBe(whole);
});
