import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { validateScenario } from '../../sim/scenario/loader.js';
import { optionsFor } from './load.js';

const text = readFileSync(path.resolve('scenarios/quickstart.yaml'), 'utf8').replace(/\nvariants:[^]*$/, '\n');

/** Whatever the file says: a scenario, or problems with words and, unless the command line is at fault, a place in it. */
function answered(given: string): void {
  const { problems, scenario } = validateScenario('f.yaml', optionsFor({ 'f.yaml': given }));
  expect(scenario === undefined).toBe(problems.length > 0);
  const lines = given.split('\n');
  for (const { code, message, place } of problems) {
    expect(code).toMatch(/^[a-z-]+$/);
    expect(message).not.toMatch(/undefined|NaN|\[object|Invalid input|at .*\.[jt]s/);
    expect(place?.line).toBeLessThanOrEqual(lines.length + 1);
    expect(place?.column).toBeLessThanOrEqual((lines[place!.line - 1]?.length ?? 0) + 1);
  }
}

describe('any input is answered', () => {
  it('with characters cut out, put in, and exchanged', () => {
    const character = fc.constantFrom(...'{}[]:,-#&*!|>\'"%@` \n\t\\0a~?', 'é', '\ud83d\ude00', '\0');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(20), fc.array(character, { maxLength: 3 }), (at, cut, put) => {
        answered(text.slice(0, at) + put.join('') + text.slice(at + cut));
      }),
      { seed: 21, numRuns: 120 },
    );
  });

  it('with a value exchanged for one of another kind', () => {
    const document = parseDocument(text).toJS() as object;
    const places = [...pathsOf(document, [])];
    const value = fc.constantFrom<unknown>(
      null,
      '',
      'x',
      0,
      -1,
      1.5,
      1e300,
      true,
      [],
      {},
      [[]],
      { a: 1 },
      ['x', null],
      '3 s',
      '1 GiB',
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), value, (place, exchanged) => {
        const changed = parseDocument(text);
        changed.setIn(place, exchanged);
        answered(stringify(changed));
      }),
      { seed: 22, numRuns: 250 },
    );
  });
});

function* pathsOf(value: unknown, at: (string | number)[]): Generator<(string | number)[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const place = [...at, Array.isArray(value) ? Number(key) : key];
    yield place;
    yield* pathsOf(inner, place);
  }
}
