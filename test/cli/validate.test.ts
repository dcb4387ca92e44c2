import { chmodSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expectWrongInput, jsonOf, Place, SMALL } from './podtwin.js';

const BAD = SMALL.replace('seed: 5', 'sede: 5').replace('duration: 2h', 'duration: 2');

test('a right file: ok, and what it is', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  const { status, stdout, stderr } = await place.podtwin('validate', 'small.yaml');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^small\.yaml: ok\n/);
  for (const part of ['small: A small one.', '2 h with seed 5', '1 zone, 2 pods, 2 hosts, 2 storage servers', 'large'])
    expect(stdout).toContain(part);
  expect(stdout).toMatch(/variants +one-pod, crowded/);
  expect(place.names()).toEqual(['small.yaml']);
});

test('a wrong file: every problem at its place', async () => {
  const ended = await new Place({ 'bad.yaml': BAD }).podtwin('validate', 'bad.yaml');
  expectWrongInput(
    ended,
    /^bad\.yaml:4:1: error\[unknown-key\]: unknown key 'sede'; did you mean 'seed'\?$/m,
    /^bad\.yaml:5:11: error\[[\w-]+\]: duration: 2 has no unit/m,
    /^bad\.yaml: 2 problems$/m,
  );
});

test('several files: all are looked at', async () => {
  const place = new Place({ 'small.yaml': SMALL, 'bad.yaml': BAD });
  const ended = await place.podtwin('validate', 'bad.yaml', 'none.yaml', 'small.yaml');
  expect(ended.status).toBe(2);
  expect(ended.stdout).toMatch(/^small\.yaml: ok/);
  expect(ended.stderr).toMatch(/bad\.yaml:4:1/);
  expect(ended.stderr).toMatch(/none\.yaml.*there is no such file/);
  const json = jsonOf(await place.podtwin('validate', 'bad.yaml', 'small.yaml', '--json'));
  expect(json).toMatchObject({
    valid: false,
    files: [
      { file: 'bad.yaml', valid: false },
      { file: 'small.yaml', valid: true },
    ],
  });
});

test('--json', async () => {
  const place = new Place({ 'small.yaml': SMALL, 'bad.yaml': BAD });
  const right = await place.podtwin('validate', 'small.yaml', '--json');
  expect(right.status).toBe(0);
  expect(jsonOf(right)).toEqual({ file: 'small.yaml', valid: true, problems: [] });
  const wrong = await place.podtwin('validate', '--json', 'bad.yaml');
  expect(wrong.status).toBe(2);
  const { problems, ...rest } = jsonOf(wrong);
  expect(rest).toEqual({ file: 'bad.yaml', valid: false });
  expect(problems).toEqual([
    { code: 'unknown-key', message: "unknown key 'sede'; did you mean 'seed'?", file: 'bad.yaml', line: 4, column: 1 },
    expect.objectContaining({ file: 'bad.yaml', line: 5, column: 11 }),
  ]);
});

test('--set, --seed and --variant are laid over it', async () => {
  const place = new Place({ 'small.yaml': SMALL });
  const { stdout } = await place.podtwin('validate', 'small.yaml', '--set', 'duration=3d', '--seed', '9');
  expect(stdout).toMatch(/3 d with seed 9/);
  expect((await place.podtwin('validate', 'small.yaml', '--variant', 'one-pod')).stdout).toMatch(
    /small, variant one-pod/,
  );
  const typo = await place.podtwin('validate', 'small.yaml', '--set', 'duraton=3d', '--set', 'samples');
  expectWrongInput(
    typo,
    /--set duraton=3d: unknown key 'duraton'; did you mean 'duration'\?/,
    /--set samples: write PATH=VALUE/,
  );
});

describe('what cannot be read', () => {
  test.each<[string, string, RegExp]>([
    ['no such file', 'none.yaml', /none\.yaml.*there is no such file/],
    ['a folder', 'folder', /folder.*it is a folder, not a file/],
    ['no text', 'binary.yaml', /binary\.yaml:1:\d+: .*no UTF-8/],
    ['nothing in it', 'empty.yaml', /^empty\.yaml:1:1: error\[empty-file\]/],
    ['no YAML', 'broken.yaml', /broken\.yaml:\d+:\d+/],
  ])('%s', async (_, file, said) => {
    const place = new Place({ 'folder/x': '', 'empty.yaml': '', 'broken.yaml': 'a: [1,\nb: }' });
    place.write('binary.yaml', 'name: ');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(place.at('binary.yaml'), Buffer.from([0x6e, 0x3a, 0x20, 0xff, 0xfe]));
    expectWrongInput(await place.podtwin('validate', file), said);
  });

  test.skipIf(process.getuid?.() === 0)('no permission (root has it always)', async () => {
    const place = new Place({ 'small.yaml': SMALL });
    chmodSync(place.at('small.yaml'), 0);
    expectWrongInput(await place.podtwin('validate', 'small.yaml'), /may not be read \(permission denied\)/);
  });
});
