import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvPieces, CsvRows } from '../../sim/traces/csv-rows.js';
import { ProblemList } from '../../sim/traces/problem-list.js';
import { problemsIn } from './refusal.js';

it('knows the line and column of every cell, over empty lines and cells of several lines', () => {
  const csv = CsvRows.parse('a, b\r\n\r\n"x\ny",  2\n  \n3,"4, 5"\n', 'f.csv', { firstLine: 10 });
  expect(csv.rows).toEqual([
    ['a', 'b'],
    ['x\ny', '2'],
    ['3', '4, 5'],
  ]);
  const places = [csv.place(0), csv.place(0, 1), csv.place(1), csv.place(2, 1)];
  expect(places.map(({ line, column }) => [line, column])).toEqual([
    [10, 1],
    [10, 4],
    [12, 1],
    [15, 3],
  ]);
});

it('gives the same rows in pieces of any size, with the lines they are on', () => {
  const cell = fc.oneof(fc.constantFrom('', 'a', '"b\nc"', '"d,""e"'), fc.nat().map(String));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 60 }), (written, size) => {
      const text = written.map((row) => row.join(',')).join('\n');
      const whole = CsvRows.parse(text, 'f.csv');
      const pieces = [...csvPieces(Buffer.from(text), 'f.csv', size)];
      expect(pieces.flatMap((piece) => piece.rows)).toEqual(whole.rows);
      const lines = pieces.flatMap((piece) => piece.rows.map((_, row) => piece.place(row).line));
      expect(lines).toEqual(whole.rows.map((_, row) => whole.place(row).line));
    }),
  );
});

it('keeps fifty problems and counts the rest', () => {
  const problems = new ProblemList();
  for (let line = 1; line <= 73; line++) problems.add('bad', () => ({ file: 'f', line, column: 1 }));
  const told = problemsIn(() => problems.throwIfAny());
  expect(told).toHaveLength(51);
  expect(told.at(-1)).toBe('f:50:1: and 23 more problems of the kind above, from further on');
});
