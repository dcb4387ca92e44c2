/** Every shipped scenario, with its variants, is the same twice, in two processes of different circumstances. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, ROOT } from '../tidy/sources.js';

const PROGRAM = join(ROOT, 'dist', 'sim', 'cli', 'podtwin.js');
const shipped = filesBelow('scenarios').filter((path) => path.endsWith('.yaml'));

test('there are scenarios', () => {
  expect(shipped.length).toBeGreaterThan(12);
});

// Two processes a variant: a file with many of them takes its time on a busy machine.
const TIMEOUT_MILLISECONDS = 600_000;

test.each(shipped)('podtwin verify %s --variants', { timeout: TIMEOUT_MILLISECONDS }, (path) => {
  const output = execFileSync(process.execPath, [PROGRAM, 'verify', path, '--variants', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const { same, variants } = JSON.parse(output) as { same: boolean; variants: { digests: string[] }[] };
  expect(same).toBe(true);
  expect(variants.length).toBeGreaterThan(0);
  for (const { digests } of variants) expect(digests[0]).toBe(digests[1]);
});
