import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatProblem, InputError } from '../../sim/base/errors.js';
import { loadScenario, validateScenario, variantNames } from '../../sim/scenario/loader.js';
import { load, problemsOf, scenario } from './load.js';

const OPTIONS = { policies: ['first-fit'] };

describe('files on disk', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'podtwin-scenario-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function problemsOfFile(name: string, content?: string | Uint8Array): string[] {
    const file = path.join(folder, name);
    if (content !== undefined) writeFileSync(file, content);
    const { problems } = validateScenario(file, OPTIONS);
    return problems.map((problem) => formatProblem(problem).replaceAll(folder + path.sep, ''));
  }

  it('that cannot be read', () => {
    mkdirSync(path.join(folder, 'sub'));
    expect(problemsOfFile('absent.yaml')).toEqual(['absent.yaml:1:1: there is no such file']);
    expect(problemsOfFile('sub')).toEqual(['sub:1:1: it is a folder, not a file']);
    expect(problemsOfFile('a.yaml/b.yaml', undefined)).toEqual(['a.yaml/b.yaml:1:1: there is no such file']);
  });

  it('that are no UTF-8: the place of the first wrong byte', () => {
    const bytes = Buffer.from('podtwin: 1\nabout: caf\xe9 and more\n', 'latin1');
    expect(problemsOfFile('latin.yaml', bytes)).toEqual([
      'latin.yaml:2:11: this is no UTF-8 text; save the file as UTF-8',
    ]);
    expect(problemsOfFile('utf16.yaml', Buffer.from('\ufeffpodtwin: 1\n', 'utf16le'))[0]).toMatch(/^utf16.yaml:1:1: /);
  });

  it('with a byte order mark and Windows line ends are read', () => {
    expect(problemsOfFile('bom.yaml', '\ufeff' + scenario({ more: 'seed: 3' }).replaceAll('\n', '\r\n'))).toEqual([]);
  });

  it('that extend others in other folders: paths from the folder of the file that holds them', () => {
    writeFileSync(
      path.join(folder, 'sub', 'base.yaml'),
      scenario({ more: 'seed: 5\nduration: 3 h' }).replace('duration: 1d\n', ''),
    );
    writeFileSync(path.join(folder, 'sub', 'middle.yaml'), 'extends: base.yaml\nabout: middle\n');
    writeFileSync(path.join(folder, 'top.yaml'), 'extends: ./sub/middle.yaml\nname: top\n');
    const top = loadScenario(path.join(folder, 'top.yaml'), OPTIONS);
    expect(top).toMatchObject({ name: 'top', about: 'middle', seed: 5, durationMicros: 3 * 3_600_000_000 });
  });

  it('whose path is not absolute name the file as given', () => {
    const relative = path.relative(process.cwd(), path.join(folder, 'wrong.yaml'));
    writeFileSync(path.join(folder, 'wrong.yaml'), scenario({ duration: '7' }));
    const { problems } = validateScenario(relative, OPTIONS);
    expect(problems[0]!.place).toEqual({ file: relative, line: 3, column: 11 });
    expect(() => loadScenario(relative, OPTIONS)).toThrow(InputError);
  });

  it('are only read: nothing is written beside them', () => {
    writeFileSync(path.join(folder, 'same.yaml'), scenario());
    const before = readFileSync(path.join(folder, 'same.yaml'), 'utf8');
    loadScenario(path.join(folder, 'same.yaml'), OPTIONS);
    expect(readFileSync(path.join(folder, 'same.yaml'), 'utf8')).toBe(before);
  });
});

describe('extends', () => {
  it('merges maps by key, replaces lists and distributions, and takes away with null', () => {
    const base = scenario({
      more: `management: {collectAfter: 5m, commands: {attempts: 7}}
accounts: [{name: a}, {name: b}]
durations: {boot: {lognormal: {median: 5 s, sigma: 1}}, shutdown: {exponential: {mean: 3 s}}}
workload: {accounts: {initial: 3}}
faults: {drop: 10 %}`,
    });
    const top = `extends: base.yaml
management: {commands: {timeout: 1m}}
accounts: [{name: c}]
durations: {boot: {exponential: {mean: 7 s}}}
faults: null
workload:`;
    const loaded = load(top, {}, { 'base.yaml': base });
    expect(loaded.management).toMatchObject({
      collectAfterMicros: 300_000_000,
      commands: { timeoutMicros: 60_000_000, attempts: 7, retryMicros: 300_000_000 },
    });
    expect(loaded.accounts.map(({ name }) => name)).toEqual(['c']);
    expect(loaded.durations.bootSeconds).toEqual({ kind: 'exponential', mean: 7 });
    expect(loaded.durations.shutdownSeconds).toEqual({ kind: 'exponential', mean: 3 });
    expect(loaded.faults).toBeNull();
    expect(loaded.workload).toBeNull();
  });

  it('tells mistakes in the file they are written in, the own file first', () => {
    const base = scenario({ duration: '7 days', small: '{cpu: 1 core, memory: 2}' });
    const top = 'extends: sub/base.yaml\nmanagment: {}\noverwritten: 1\n';
    expect(
      problemsOf(top, {}, { 'sub/base.yaml': base }).map((line) => line.split(': ').slice(0, 2).join(': ')),
    ).toEqual([
      "f.yaml:2:1: unknown key 'managment'; did you mean 'management'?",
      expect.stringContaining("f.yaml:3:1: unknown key 'overwritten'"),
      'sub/base.yaml:3:11: duration',
      'sub/base.yaml:12:32: offerings.small.memory',
    ]);
  });

  it('refuses a circle, a missing file, a broken one', () => {
    expect(
      problemsOf('extends: b.yaml\n', {}, { 'b.yaml': 'extends: c.yaml\n', 'c.yaml': 'extends: ./f.yaml\n' }),
    ).toEqual(["c.yaml:1:10: extends: './f.yaml' leads back to a file that extends this one; remove one of the two"]);
    expect(problemsOf('extends: f.yaml\n')).toHaveLength(1);
    expect(problemsOf('name: x\nextends: nowhere.yaml\n')).toEqual([
      "f.yaml:2:10: 'nowhere.yaml': there is no such file",
    ]);
    expect(problemsOf('extends: b.yaml\n', {}, { 'b.yaml': 'a: [\n' })[0]).toMatch(/^b\.yaml:2:1: broken YAML/);
    expect(problemsOf('extends: 3\n' + scenario())).toEqual([
      'f.yaml:1:10: extends: text (in quotes if it looks like a number) is due here, not 3',
    ]);
  });
});

it('names the variants of a file and of those it extends', () => {
  const files: Record<string, string> = {
    'f.yaml': 'extends: b.yaml\nvariants: {two: {seed: 2}}',
    'b.yaml': 'variants: {one: {seed: 1}}',
    'broken.yaml': 'a: [',
  };
  expect(variantNames('f.yaml', (file) => files[file]!)).toEqual(['one', 'two']);
  expect(() => variantNames('broken.yaml', (file) => files[file]!)).toThrow(InputError);
});

it('tells the end of a device that has none', () => {
  const { problems } = validateScenario('/dev/zero', { policies: [] });
  expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/it is larger than 256 MiB/)]);
});
