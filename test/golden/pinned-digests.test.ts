/**
 * Digests of every shipped scenario and its variants, pinned: the same on every machine, and under a newer Node, which
 * runs what needs no native module. `npm run record` writes them anew; a changed digest needs a reason.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { variantNames } from '../../sim/scenario/loader.js';
import { ROOT } from '../tidy/sources.js';

const PINS = join(ROOT, 'test', 'golden', 'pinned-digests.json');
const RECORD = process.env['PODTWIN_RECORD'] !== undefined;
const NEWER_NODE = process.env['PODTWIN_NEWER_NODE'];
const RUN = join(ROOT, 'dist', 'sim', 'studies', 'verify-run.js');

interface Case {
  /** As pinned: the file, and its variant after a "#". */
  name: string;
  file: string;
  variant: string | undefined;
}

const cases: Case[] = readdirSync(join(ROOT, 'scenarios'))
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .flatMap((name) => {
    const file = join(ROOT, 'scenarios', name);
    return [undefined, ...variantNames(file)].map((variant) => ({
      ...{ name: variant === undefined ? name : `${name}#${variant}`, file, variant },
    }));
  });

const pins = (): Record<string, string> =>
  existsSync(PINS) ? (JSON.parse(readFileSync(PINS, 'utf8')) as Record<string, string>) : {};

test.each(cases)('$name has its digest, and holds what it expects', async ({ name, file, variant }) => {
  const summary = await simulate(loadScenario(file, { variant }));
  expect(summary.expect.filter(({ held }) => !held)).toEqual([]);
  if (RECORD) writeFileSync(PINS, `${JSON.stringify({ ...pins(), [name]: summary.digest }, null, 2)}\n`);
  expect(summary.digest).toBe(pins()[name]);
});

test.skipIf(RECORD)('nothing is pinned that is not shipped', () => {
  expect(Object.keys(pins()).sort()).toEqual(cases.map(({ name }) => name).sort());
});

const underNewerNode = test.skipIf(NEWER_NODE === undefined);
const skipped = NEWER_NODE === undefined ? ' (skipped: PODTWIN_NEWER_NODE names no other Node)' : '';

function digestUnderNewerNode(task: object): string {
  const output = execFileSync(NEWER_NODE!, [RUN, JSON.stringify(task)], { encoding: 'utf8' });
  return (JSON.parse(output) as { digest: string }).digest;
}

underNewerNode.each(cases)(`$name has it under a newer Node too${skipped}`, ({ name, file, variant }) => {
  expect(digestUnderNewerNode({ file, variant, database: null })).toBe(pins()[name]);
});

const golden = readdirSync(join(ROOT, 'scenarios', 'golden'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

underNewerNode.each(golden)(`golden scenario %s has its digest under a newer Node${skipped}`, (name) => {
  const folder = join(ROOT, 'scenarios', 'golden', name);
  const digest = readFileSync(join(folder, 'expected.log'), 'utf8').trimEnd().split('\n').at(-1);
  expect(`digest ${digestUnderNewerNode({ file: join(folder, 'scenario.yaml'), database: null })}`).toBe(digest);
});
