import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RunError } from '../../sim/base/errors.js';
import { loadBinding } from '../../sim/store/sqlite.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import type { Recorder } from '../../sim/store/types.js';
import { tellSyntheticRun } from './synthetic-run.js';
import { temporaryFolder } from './temporary-folder.js';

/** A run that is interrupted at its end. */
function tellNoEnd(recorder: Recorder): void {
  tellSyntheticRun(
    {
      begin: (header) => recorder.begin(header),
      transaction: (...told) => recorder.transaction(...told),
      sample: (sample) => recorder.sample(sample),
      finish: () => {},
    },
    { days: 1 },
  );
}

describe('what goes wrong says what to do, and leaves nothing that looks whole', () => {
  test('no room', () => {
    const path = join(temporaryFolder(), 'results.sqlite');
    const recorder = openRecorder(path, { pageLimit: 60 });
    const told = (): unknown => tellSyntheticRun(recorder);
    expect(told).toThrow(RunError);
    expect(existsSync(path)).toBe(false);
    expect(() => tellSyntheticRun(openRecorder(path, { pageLimit: 60 }))).toThrow(/no space left/);
  });

  test('a folder that is not there', () => {
    const path = join(temporaryFolder(), 'nowhere/results.sqlite');
    expect(() => openRecorder(path)).toThrow(RunError);
    expect(() => openRecorder(path)).toThrow(/cannot be written/);
  });

  test('a file that is there already is not touched', () => {
    const path = join(temporaryFolder(), 'results.sqlite');
    writeFileSync(path, 'mine');
    expect(() => openRecorder(path)).toThrow(/a file already/);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  test('giving up', () => {
    const path = join(temporaryFolder(), 'results.sqlite');
    const recorder = openRecorder(path);
    tellNoEnd(recorder);
    recorder.discard();
    expect(existsSync(path)).toBe(false);
    const finished = openRecorder(path);
    tellSyntheticRun(finished, { days: 0 });
    finished.discard();
    expect(statSync(path).size).toBeGreaterThan(0);
  });

  test('a module that does not load', () => {
    const load = Object.assign(
      (name: string) => {
        if (name.endsWith('package.json')) return { version: '12.11.1' };
        throw new Error('Could not locate the bindings file.');
      },
      { resolve: undefined },
    ) as unknown as NodeJS.Require;
    expect(() => loadBinding(load)).toThrow(/npm rebuild better-sqlite3/);
  });

  test.skipIf(Number(process.versions.napi) >= 10)('a module that would crash this Node is not loaded', () => {
    const load = ((name: string) => {
      if (name.endsWith('package.json')) return { version: '13.2.0' };
      throw new Error('loaded');
    }) as unknown as NodeJS.Require;
    expect(() => loadBinding(load)).toThrow(/13\.2\.0 needs a newer Node/);
  });
});
