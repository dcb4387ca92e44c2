/** The version of this podtwin, as its package.json says: it stands in every summary and database. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../base/assert.js';

export const VERSION: string = versionAbove(dirname(fileURLToPath(import.meta.url)));

/** The package stands a few folders up, wherever the compiled code was put. */
function versionAbove(folder: string): string {
  const parent = dirname(folder);
  assert(parent !== folder, 'podtwin stands in its package');
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    if (name === 'podtwin' && typeof version === 'string') return version;
  } catch {
    // None here.
  }
  return versionAbove(parent);
}
