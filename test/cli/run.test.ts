import { chmodSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { openRun } from '../../sim/store/open-run.js';
import { expectWrongInput, jsonOf, LONG, Place, SMALL, waitFor } from './podtwin.js';

const FILES = ['report.html', 'results.sqlite', 'scenario.yaml', 'summary.json'];

test('writes the folder, prints the summary and where it is', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  const { status, stdout, stderr } = await place.podtwin('run', 'small.yaml');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(place.names()).toEqual(['out', 'small.yaml']);
  expect(place.names('out')).toEqual(['small-5']);
  expect(place.names('out', 'small-5')).toEqual(FILES);
  const summary = JSON.parse(place.read('out', 'small-5', 'summary.json')) as { digest: string };
  expect(stdout).toContain(summary.digest);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('out/small-5');
  const run = openRun(place.at('out', 'small-5'));
  expect(run.summary).toMatchObject({ scenario: 'small', variant: null, seed: 5, digest: summary.digest });
  run.close();
  expect(loadScenario(place.at('out', 'small-5', 'scenario.yaml')).seed).toBe(5);
  expect(place.read('out', 'small-5', 'report.html')).toContain('podtwin run small.yaml');
});

test('in a pipe: no colours, no progress', async () => {
  const { stdout, stderr } = await new Place({ 'small.yaml': SMALL }).podtwin('run', 'small.yaml', '--variants');
  // Also with CI in the environment, which other programs take for a wish for colour.
  expect(stdout + stderr).not.toMatch(/[\x1b\r]/);
});

test('--json: the summary and nothing else on standard output', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  const ended = await place.podtwin('run', 'small.yaml', '--json', '--seed', '6');
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
  expect(jsonOf(ended)).toEqual(JSON.parse(place.read('out', 'small-6', 'summary.json')));
});

test('--quiet: nothing', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  expect(await place.podtwin('run', 'small.yaml', '-q')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(place.names('out')).toEqual(['small-5']);
});

test('a failed expectation: exit 1, named, and the result is there; --no-expect', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  const ended = await place.podtwin('run', 'small.yaml', '--variant', 'crowded', '--quiet');
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(
    /^error\[expectation-failed\]: small, variant crowded: vms\.refused\.no-capacity is [1-9], expected exactly 0\n$/,
  );
  expect(place.names('out', 'small-crowded-5')).toEqual(FILES);
  const json = await place.podtwin('run', 'small.yaml', '--variant', 'crowded', '--json');
  expect(json.status).toBe(1);
  expect(jsonOf(json)['expect']).toMatchObject([{ held: false }]);
  const without = await place.podtwin('run', 'small.yaml', '--variant', 'crowded', '--no-expect', '--json');
  expect(without.status).toBe(0);
  expect(jsonOf(without)['expect']).toEqual([]);
  expect(place.read('out', 'small-crowded-5', 'report.html')).toContain('--variant crowded --no-expect');
});

test('--variants: a folder each, side by side; with --json all summaries', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  const ended = await place.podtwin('run', 'small.yaml', '--variants');
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(/^error\[expectation-failed\]: small, variant crowded: .*\n$/);
  const names = ['small-5', 'small-crowded-5', 'small-one-pod-5'];
  expect(place.names('out')).toEqual(names);
  expect(ended.stdout).toMatch(/base +one-pod +crowded/);
  expect(ended.stdout.trimEnd().split('\n').slice(-3)).toEqual([
    'out/small-5',
    'out/small-one-pod-5',
    'out/small-crowded-5',
  ]);
  const json = await place.podtwin('run', 'small.yaml', '--variants', '--json', '--no-expect', '--out', 'all');
  expect(json.status).toBe(0);
  expect(jsonOf(json)).toMatchObject({ variants: [{ variant: null }, { variant: 'one-pod' }, { variant: 'crowded' }] });
  expect(place.names('all')).toEqual(names);
});

test('--variants into the folder of a single run is refused', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  await place.podtwin('run', 'small.yaml', '--out', 'one');
  const ended = await place.podtwin('run', 'small.yaml', '--variants', '--out', 'one');
  expectWrongInput(ended, /error\[not-a-run-folder\]: one: this is the folder of a single run/);
  expect(place.names('one')).toEqual(FILES);
});

test('--set: a short hash in the name, and in the report the shortest command that gives the same run', async () => {
  const place = new Place({ 'it is small.yaml': SMALL });
  const given = ['--seed', '5', '--set', 'duration=1h', '--set', 'samples=10m', '--set', 'duration=90 min'];
  const ended = await place.podtwin('run', 'it is small.yaml', ...given);
  expect(ended.status).toBe(0);
  const [name] = place.names('out');
  expect(name).toMatch(/^small-5-[0-9a-f]{6}$/);
  const report = place.read('out', name!, 'report.html').replaceAll('&#39;', "'").replaceAll('&#x27;', "'");
  expect(report).toContain("podtwin run 'it is small.yaml' --set 'duration=90 min'");
});

describe('the folder', () => {
  test('a second run replaces the first as a whole', async () => {
    const place = new Place({ 'small.yaml': SMALL });
    await place.podtwin('run', 'small.yaml', '--out', 'deep/er');
    place.write('deep/er/report.html', 'stale');
    await place.podtwin('run', 'small.yaml', '--out', 'deep/er', '--seed', '6');
    expect(place.names('deep')).toEqual(['er']);
    expect(place.names('deep', 'er')).toEqual(FILES);
    expect(JSON.parse(place.read('deep', 'er', 'summary.json'))).toMatchObject({ seed: 6 });
    expect(place.read('deep', 'er', 'report.html')).not.toBe('stale');
  });

  test('a run with something else beside it is left alone', async () => {
    const place = new Place({ 'small.yaml': SMALL });
    await place.podtwin('run', 'small.yaml', '--out', 'one');
    place.write('one/notes.txt', 'mine');
    expectWrongInput(await place.podtwin('run', 'small.yaml', '--out', 'one'), /it holds 'notes\.txt' beside a run/);
    expect(place.read('one', 'notes.txt')).toBe('mine');
  });

  test('one that is no run is left alone', async () => {
    const place = new Place({ 'small.yaml': SMALL, 'mine/letter.txt': 'dear' });
    expectWrongInput(await place.podtwin('run', 'small.yaml', '--out', 'mine'), /error\[not-a-run-folder\]: .*mine/);
    expectWrongInput(await place.podtwin('run', 'small.yaml', '--out', 'small.yaml'), /there is a file of this name/);
    expectWrongInput(await place.podtwin('run', 'small.yaml', '--out', '.'), /you are in this folder/);
    expect(place.names()).toEqual(['mine', 'small.yaml']);
    expect(place.names('mine')).toEqual(['letter.txt']);
  });

  test('below a file it cannot be made', async () => {
    const place = new Place({ 'small.yaml': SMALL });
    const { status, stdout, stderr } = await place.podtwin('run', 'small.yaml', '--out', 'small.yaml/run');
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/^error\[cannot-write\]: .*a part of the path is a file\n$/);
    expect(place.names()).toEqual(['small.yaml']);
  });

  test('in a place for reading only', async ({ skip }) => {
    const place = new Place({ 'small.yaml': SMALL });
    // Root may write anywhere: nobody takes its place, if it may read the program.
    const user = process.getuid?.() === 0 ? { user: 65534 } : {};
    chmodSync(place.path, 0o555);
    const usable = await place.start(['--version'], user).ended.catch(() => null);
    if (usable?.status !== 0) skip('no user that may read the program and not write everywhere');
    const { status, stderr } = await place.start(['run', 'small.yaml'], user).ended;
    chmodSync(place.path, 0o755);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^error\[cannot-write\]: .*you may not write in this folder\n$/);
    expect(place.names()).toEqual(['small.yaml']);
  });

  test('nothing is written, not even out/, where anything is wrong', async () => {
    const place = new Place({
      'small.yaml': SMALL,
      'bad.yaml': SMALL.replace('count: 9', '').replace('crowded:', 'crowded: { x: 1 }\n  d:'),
    });
    expectWrongInput(await place.podtwin('run', 'bad.yaml'), /\(in variant 'crowded'\)|unknown key 'x'/);
    expectWrongInput(await place.podtwin('run', 'none.yaml', '--variants'), /there is no such file/);
    const json = await place.podtwin('run', 'small.yaml', '--set', 'duration=3', '--json');
    expect(json.status).toBe(2);
    expect(jsonOf(json)).toMatchObject({
      error: { problems: [{ message: expect.stringMatching(/3 has no unit/) as string }] },
    });
    expect(place.names()).toEqual(['bad.yaml', 'small.yaml']);
  });
});

describe.skipIf(process.platform === 'win32')('interrupted', () => {
  const partial = (place: Place) => (): boolean =>
    place.names('out').some((name) => name.startsWith('.long-1.partial'));

  test.each(['SIGINT', 'SIGTERM'] as const)('by %s: exit 130, nothing is left', async (signal) => {
    const place = new Place({ 'long.yaml': LONG });
    const { child, ended } = place.start(['run', 'long.yaml', '--json']);
    await waitFor(partial(place), 'the run to begin');
    child.kill(signal);
    const done = await ended;
    expect(done.status).toBe(130);
    expect(jsonOf(done)).toMatchObject({ error: { code: 'interrupted' } });
    expect(done.stderr).toMatch(/^error\[interrupted\]: .*\n$/);
    expect(place.names()).toEqual(['long.yaml']);
  });

  test('with a former run there: that one stays', async () => {
    const place = new Place({ 'long.yaml': LONG });
    await place.podtwin('run', 'long.yaml', '--set', 'duration=1h', '--out', 'out/long-1');
    const before = place.read('out', 'long-1', 'summary.json');
    const { child, ended } = place.start(['run', 'long.yaml']);
    await waitFor(partial(place), 'the run to begin');
    child.kill('SIGINT');
    expect((await ended).status).toBe(130);
    expect(place.names('out')).toEqual(['long-1']);
    expect(place.read('out', 'long-1', 'summary.json')).toBe(before);
  });

  test('in the middle of several variants: what is done is kept, and named', async () => {
    const place = new Place({
      'long.yaml': `${LONG}variants: { longer: { duration: 9000d } }\n`.replace('duration: 9000d', 'duration: 1h'),
    });
    const { child, ended } = place.start(['run', 'long.yaml', '--variants']);
    await waitFor(() => place.names('out').includes('long-1'), 'the first run to end');
    child.kill('SIGINT');
    const { status, stderr } = await ended;
    expect(status).toBe(130);
    expect(stderr).toMatch(/done before, and kept: out\/long-1\)/);
    expect(place.names('out')).toEqual(['long-1']);
  });
});
