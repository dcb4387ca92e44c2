/**
 * Golden scenarios: a folder each, with a README of one sentence, the scenario, and what has to happen, a line a state
 * change, with the digest at the end. `npm run record` writes the logs anew: read the difference before you commit it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { JournalRecorder } from '../../sim/run/journal-recorder.js';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { variantNames } from '../../sim/scenario/loader.js';
import type { Summary } from '../../sim/store/types.js';
import { ROOT } from '../tidy/sources.js';

const FOLDER = join(ROOT, 'scenarios', 'golden');
const RECORD = process.env['PODTWIN_RECORD'] !== undefined;
const names = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

async function play(name: string): Promise<{ log: string[]; summary: Summary }> {
  const recorder = new JournalRecorder();
  const summary = await simulate(loadScenario(join(FOLDER, name, 'scenario.yaml')), { recorder });
  return { log: [...recorder.lines, `digest ${summary.digest}`], summary };
}

test('there are golden scenarios', () => {
  expect(names.length).toBeGreaterThanOrEqual(12);
});

describe.each(names)('%s', (name) => {
  test('its README is one sentence, which the scenario says too', () => {
    const readme = readFileSync(join(FOLDER, name, 'README.md'), 'utf8').trim();
    expect(readme.split('\n')).toHaveLength(1);
    expect(readme).toMatch(/\.$/);
    expect(loadScenario(join(FOLDER, name, 'scenario.yaml')).about).toBe(readme);
  });

  test('what happens is as recorded, twice, and as expected', async () => {
    const first = await play(name);
    const second = await play(name);
    expect(differenceOf(second.log, first.log)).toBeNull();
    expect(first.summary.expect.filter(({ held }) => !held)).toEqual([]);
    expect(first.summary.expect.length).toBeGreaterThan(0);
    const path = join(FOLDER, name, 'expected.log');
    if (RECORD) writeFileSync(path, `${first.log.join('\n')}\n`);
    expect(existsSync(path), 'recorded with: npm run record').toBe(true);
    const recorded = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(differenceOf(first.log, recorded)).toBeNull();
  });

  const file = join(FOLDER, name, 'scenario.yaml');
  test.each(variantNames(file))('its variant %s holds what it expects', async (variant) => {
    const { expect: results } = await simulate(loadScenario(file, { variant }));
    expect(results.filter(({ held }) => !held)).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });
});

/** The first line that differs; null: none does. */
function differenceOf(lines: readonly string[], expected: readonly string[]): string | null {
  const at = expected.findIndex((line, number) => lines[number] !== line);
  if (at >= 0) return `line ${at + 1}: expected "${expected[at]}", came "${lines[at] ?? 'the end'}"`;
  return lines.length > expected.length ? `line ${expected.length + 1}: "${lines[expected.length]}" is new` : null;
}

test('a difference is named by its line', () => {
  expect(differenceOf(['a', 'b'], ['a', 'c'])).toBe('line 2: expected "c", came "b"');
  expect(differenceOf(['a'], ['a', 'c'])).toBe('line 2: expected "c", came "the end"');
  expect(differenceOf(['a', 'b'], ['a'])).toBe('line 2: "b" is new');
  expect(differenceOf(['a'], ['a'])).toBeNull();
});
