import { expect, test } from 'vitest';
import { Streams } from '../../sim/engine/streams.js';

const first = (seed: number, name: string, count = 3): number[] => {
  const stream = new Streams(seed).stream(name);
  return Array.from({ length: count }, () => stream.next());
};

test('the first draws are pinned', () => {
  expect(first(42, 'failures/host/z1/p03/h05')).toEqual([0.08987412966891906, 0.7026447954667746, 0.3305129004310733]);
  expect(first(1, 'arrivals/accounts')).toEqual([0.15486120826094307, 0.44658553501184384, 0.9147909043175035]);
});

test('a stream depends on seed and name alone, not on who else draws', () => {
  const streams = new Streams(7);
  const other = streams.stream('other');
  other.next();
  const stream = streams.stream('mine');
  const drawn = [stream.next(), (other.next(), stream.next()), stream.next()];
  expect(drawn).toEqual(first(7, 'mine'));
  expect(first(8, 'mine')).not.toEqual(first(7, 'mine'));
  expect(first(7, 'mine2')).not.toEqual(first(7, 'mine'));
});

test('neighbouring seeds and names are unrelated, and draws are even', () => {
  const n = 4000;
  const firsts = Array.from({ length: n }, (_, seed) => first(seed, 'x', 1)[0]!);
  const mean = firsts.reduce((sum, u) => sum + u, 0) / n;
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * n));
  let lagged = 0;
  for (let at = 1; at < n; at++) lagged += (firsts[at]! - 0.5) * (firsts[at - 1]! - 0.5);
  expect(Math.abs((12 * lagged) / n)).toBeLessThan(4 / Math.sqrt(n));
  for (const u of firsts) expect(u >= 0 && u < 1).toBe(true);
});
