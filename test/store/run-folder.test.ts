import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError, RunError } from '../../sim/base/errors.js';
import { beginRunFolder, hashOfSettings, runFolderName, type RunFolder } from '../../sim/store/run-folder.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import { tellSyntheticRun } from './synthetic-run.js';
import { temporaryFolder } from './temporary-folder.js';

/** A small run, with a mark by which to tell it from others. */
function fill(folder: RunFolder, mark: string): void {
  const summary = tellSyntheticRun(openRecorder(join(folder.path, 'results.sqlite')), { days: 0 });
  folder.write('summary.json', JSON.stringify({ ...summary, mark }));
}

function runAt(target: string, mark: string): void {
  const folder = beginRunFolder(target);
  fill(folder, mark);
  folder.commit();
}

const markAt = (target: string): unknown =>
  (JSON.parse(readFileSync(join(target, 'summary.json'), 'utf8')) as { mark: unknown }).mark;

test('names say what was run', () => {
  expect(runFolderName('quickstart', null, 42)).toBe('quickstart-42');
  expect(runFolderName('quickstart', 'no-defrag', 7, 'ab12cd')).toBe('quickstart-no-defrag-7-ab12cd');
  expect(runFolderName('../a b/c', null, 1)).toBe('a-b-c-1');
  expect(runFolderName('größe 2.0', null, 1)).toBe('größe-2.0-1');
  const hash = hashOfSettings(['a=1', 'b=2']);
  expect(hash).toMatch(/^[0-9a-f]{6}$/);
  expect(hashOfSettings(['b=2', 'a=1'])).not.toBe(hash);
  expect(hashOfSettings(['a=1', 'b=2'])).toBe(hash);
});

describe('a run folder', () => {
  test('appears whole, with the folders above it, and nothing beside it', () => {
    const root = temporaryFolder();
    const target = join(root, 'out/deep/run-1');
    const folder = beginRunFolder(target);
    fill(folder, 'one');
    expect(existsSync(target)).toBe(false);
    folder.commit();
    folder.discard();
    expect(markAt(target)).toBe('one');
    expect(readdirSync(join(root, 'out/deep'))).toEqual(['run-1']);
  });

  test('replaces a former run as a whole', () => {
    const target = join(temporaryFolder(), 'run');
    runAt(target, 'one');
    writeFileSync(join(target, 'report.html'), 'of the former run');
    runAt(target, 'two');
    expect(markAt(target)).toBe('two');
    expect(readdirSync(target).sort()).toEqual(['results.sqlite', 'summary.json']);
  });

  test('beside which something else lies is left alone', () => {
    const target = join(temporaryFolder(), 'run');
    runAt(target, 'one');
    writeFileSync(join(target, 'notes.txt'), 'mine');
    expect(() => beginRunFolder(target)).toThrow(/it holds 'notes.txt' beside a run, which would be lost/);
    expect(markAt(target)).toBe('one');
  });

  test('may be given as an empty folder, or through a link', () => {
    const root = temporaryFolder();
    const target = join(root, 'empty');
    mkdirSync(target);
    runAt(target, 'one');
    expect(markAt(target)).toBe('one');
    symlinkSync(target, join(root, 'link'));
    runAt(join(root, 'link'), 'two');
    expect(markAt(target)).toBe('two');
    expect(readdirSync(root).sort()).toEqual(['empty', 'link']);
  });

  test('taken back leaves the former run, or nothing: not even the folders above', () => {
    const root = temporaryFolder();
    const target = join(root, 'out/run');
    const folder = beginRunFolder(target);
    fill(folder, 'never');
    folder.discard();
    folder.discard();
    expect(readdirSync(root)).toEqual([]);
    runAt(target, 'one');
    const again = beginRunFolder(target);
    fill(again, 'never');
    again.discard();
    expect(markAt(target)).toBe('one');
    expect(readdirSync(join(root, 'out'))).toEqual(['run']);
  });

  test('two at a time do not meet: the last one stays', () => {
    const target = join(temporaryFolder(), 'run');
    const [first, second] = [beginRunFolder(target), beginRunFolder(target)];
    fill(second, 'second');
    second.commit();
    fill(first, 'first');
    first.commit();
    expect(markAt(target)).toBe('first');
    expect(readdirSync(join(target, '..'))).toEqual(['run']);
  });
});

describe('refused, and left as it was', () => {
  const refused = (target: string, message: RegExp): void => {
    expect(() => beginRunFolder(target)).toThrow(InputError);
    expect(() => beginRunFolder(target)).toThrow(message);
  };

  test('a folder with something else in it', () => {
    const target = join(temporaryFolder(), 'photos');
    mkdirSync(target);
    writeFileSync(join(target, 'cat.jpg'), 'cat');
    refused(target, /photos: it is not empty and holds no run .* choose another folder with --out/);
    expect(readdirSync(target)).toEqual(['cat.jpg']);
  });

  test('a folder whose files only have our names', () => {
    const target = join(temporaryFolder(), 'other');
    mkdirSync(target);
    writeFileSync(join(target, 'summary.json'), '{}');
    refused(target, /there is no results\.sqlite/);
    for (const text of ['', 'x'.repeat(100)]) {
      writeFileSync(join(target, 'results.sqlite'), text);
      refused(target, /not of a run of podtwin/);
    }
  });

  test('a file', () => {
    const target = join(temporaryFolder(), 'file');
    writeFileSync(target, '');
    refused(target, /there is a file of this name/);
  });

  test('the folder one is in', () => {
    refused('.', /you are in this folder/);
    refused('..', /you are in this folder/);
  });

  test('what came into the target while the run was under way', () => {
    const target = join(temporaryFolder(), 'run');
    const folder = beginRunFolder(target);
    fill(folder, 'one');
    mkdirSync(target);
    writeFileSync(join(target, 'cat.jpg'), 'cat');
    expect(() => folder.commit()).toThrow(InputError);
    folder.discard();
    expect(readdirSync(target)).toEqual(['cat.jpg']);
    expect(readdirSync(join(target, '..'))).toEqual(['run']);
  });
});

test('where nothing can be written, the words say why', () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'file'), '');
  const begin = (): unknown => beginRunFolder(join(root, 'file/run'));
  expect(begin).toThrow(RunError);
  expect(begin).toThrow(/cannot be written here: a part of the path is a file/);
  const long = (): unknown => beginRunFolder(join(root, 'x'.repeat(300)));
  expect(long).toThrow(/the name is too long/);
});

describe('after a process that was killed', () => {
  // A process that has ended: nobody has its number now.
  const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;

  test('what it left half-written goes; what belongs to a living one, or to another target, stays', () => {
    const root = temporaryFolder();
    const target = join(root, 'run');
    for (const name of [
      `.run.partial-${deadPid()}`,
      '.run.partial-1',
      `.runner.partial-${deadPid()}`,
      '.run.partial-x',
    ])
      mkdirSync(join(root, name));
    runAt(target, 'one');
    const left = readdirSync(root);
    expect(left).toContain('run');
    expect(left).toContain('.run.partial-1');
    expect(left).toContain('.run.partial-x');
    expect(left.filter((name) => name.startsWith('.runner.'))).toHaveLength(1);
    expect(left).toHaveLength(4);
  });

  test('a former run that it was just replacing gets its place back', () => {
    const target = join(temporaryFolder(), 'run');
    runAt(target, 'one');
    const former = join(target, '..', `.${basename(target)}.former-${deadPid()}`);
    spawnSync('mv', [target, former]);
    const folder = beginRunFolder(target);
    folder.discard();
    expect(markAt(target)).toBe('one');
    expect(existsSync(former)).toBe(false);
  });
});
