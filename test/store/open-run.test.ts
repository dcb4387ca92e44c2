import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../sim/base/errors.js';
import { openRun } from '../../sim/store/open-run.js';
import { createDatabase } from '../../sim/store/sqlite.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import { tellSyntheticRun } from './synthetic-run.js';
import { temporaryFolder } from './temporary-folder.js';

describe('what is no run is not read as one', () => {
  const whole = (): string => {
    const path = join(temporaryFolder(), 'results.sqlite');
    tellSyntheticRun(openRecorder(path), { days: 0 });
    return path;
  };
  const opened = (path: string): (() => unknown) => {
    return () => openRun(path).close();
  };

  test('nothing there, a folder without one, a text', () => {
    const folder = temporaryFolder();
    expect(opened(join(folder, 'x'))).toThrow(/there is no such file or folder/);
    expect(opened(folder)).toThrow(/holds no results\.sqlite/);
    writeFileSync(join(folder, 'results.sqlite'), 'a text that is long enough to be looked at'.repeat(100));
    expect(opened(folder)).toThrow(InputError);
    expect(opened(folder)).toThrow(/not a database that can be read/);
  });

  test("somebody else's database", () => {
    const path = join(temporaryFolder(), 'other.sqlite');
    const database = createDatabase(path);
    database.exec('CREATE TABLE run (a)');
    database.close();
    expect(opened(path)).toThrow(/not of a run of podtwin/);
  });

  test('another version of the schema', () => {
    const path = whole();
    for (const [version, advice] of [
      [999, /newer podtwin/],
      [0, /run its scenario again/],
    ] as const) {
      const database = createDatabase(path);
      database.pragma(`user_version = ${version}`);
      database.close();
      expect(opened(path)).toThrow(advice);
    }
  });

  test('a run that did not end, and one that was cut short', () => {
    const path = whole();
    const cut = `${path}.cut`;
    copyFileSync(path, cut);
    writeFileSync(cut, readFileSync(cut).subarray(0, 20_000));
    expect(opened(cut)).toThrow(InputError);
    const database = createDatabase(path);
    database.exec("DELETE FROM meta WHERE name = 'complete'");
    database.close();
    expect(opened(path)).toThrow(/the run did not end/);
  });
});
