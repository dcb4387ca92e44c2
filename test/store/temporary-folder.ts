/** A folder of its own for each test, gone after it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

const made: string[] = [];

afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'podtwin-test-'));
  made.push(path);
  return path;
}
