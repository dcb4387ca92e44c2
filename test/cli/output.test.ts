import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AssertionError } from '../../sim/base/assert.js';
import { InputError, RunError } from '../../sim/base/errors.js';
import { Output } from '../../sim/cli/output.js';
import { tellError } from '../../sim/cli/tell-error.js';

function captured(
  streams: { isTTY?: boolean; columns?: number } = {},
  environment: Record<string, string> = {},
): { output: Output; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const stream = (into: string[]) => ({ write: (text: string) => into.push(text), ...streams });
  return { output: new Output(stream(out), stream(err), environment), out, err };
}

function systemError(): unknown {
  try {
    return mkdtempSync(join('no', 'such', 'folder'));
  } catch (error) {
    return error;
  }
}

describe('what was thrown, by class', () => {
  test.each<[string, unknown, number, string, string?]>([
    [
      'wrong input',
      InputError.of('unknown-key', 'no', { file: 'a.yaml', line: 2, column: 3 }),
      2,
      'no',
      'a.yaml:2:3: ',
    ],
    ['a failed run', new RunError('disk-full', 'full'), 3, 'full'],
    ['a system without room', systemError(), 3, 'the system refused what the run needs: ENOENT: .*'],
    ['an interrupted one', new RunError('interrupted', 'stopped'), 130, 'stopped'],
  ])('%s', (_, error, status, words, place = '') => {
    const { output, out, err } = captured();
    expect(tellError(error, output)).toBe(status);
    expect(err.join('')).toMatch(new RegExp(`^${place}error\\[[\\w-]+\\]: ${words}\\n$`));
    expect(out).toEqual([]);
  });

  test.each([new AssertionError('time fell'), new TypeError('x is undefined'), 'just a text'])('a bug: %s', (error) => {
    const { output, out, err } = captured();
    output.json = true;
    expect(tellError(error, output)).toBe(3);
    expect(err[0]).toMatch(/^error\[bug\]: this is a bug of podtwin [\d.]+, not of your input: \w+/);
    if (error instanceof Error) expect(err.join('')).toMatch(/^ {4}at /m);
    expect(JSON.parse(out.join(''))).toMatchObject({ error: { code: 'bug', problems: [] } });
  });
});

describe('colours and progress', () => {
  const shows = (isTTY: boolean, environment: Record<string, string>): { colour: boolean; watched: boolean } => {
    const { output, err } = captured({ isTTY }, environment);
    output.warning({ code: 'a', message: 'b' });
    expect(err.join('').includes('\x1b')).toBe(output.colour);
    return { colour: output.colour, watched: output.watched };
  };
  test('on a terminal', () => {
    expect(shows(true, { TERM: 'xterm' })).toEqual({ colour: true, watched: true });
  });
  test('not in a pipe, whatever the environment says', () => {
    expect(shows(false, { CI: 'true', FORCE_COLOR: '1', TERM: 'xterm' })).toEqual({ colour: false, watched: false });
  });
  test('not where the user or the terminal wants none', () => {
    expect(shows(true, { NO_COLOR: '1', TERM: 'xterm' })).toEqual({ colour: false, watched: true });
    expect(shows(true, { TERM: 'dumb' })).toEqual({ colour: false, watched: false });
  });
});

test('under --json nothing for people gets onto standard output', () => {
  const { output, out } = captured();
  output.json = true;
  output.print('words');
  output.printJson({ a: 1 });
  expect(JSON.parse(out.join(''))).toEqual({ a: 1 });
});
