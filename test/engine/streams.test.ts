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
  expect([streams.stream('mine').next()]).toEqual(first(7, 'mine', 1));
  expect(first(8, 'mine')).not.toEqual(first(7, 'mine'));
  expect(first(7, 'mine2')).not.toEqual(first(7, 'mine'));
});

test.each([
  ['seeds', (n: number) => first(n, 'x', 1)[0]!],
  ['names', (n: number) => first(42, `failures/host/z1/p03/h${n}`, 1)[0]!],
  ['draws', (n: number) => draws[n]!],
])('neighbouring %s are unrelated, and even', (_what, draw) => {
  const n = 10_000;
  const uniforms = Array.from({ length: n }, (_, at) => draw(at));
  const bins = new Array<number>(50).fill(0);
  let lagged = 0;
  uniforms.forEach((u, at) => {
    expect(u >= 0 && u < 1).toBe(true);
    bins[Math.floor(u * 50)]!++;
    if (at > 0) lagged += (u - 0.5) * (uniforms[at - 1]! - 0.5);
  });
  // Chi-square of 49 degrees of freedom: above 85.4 once in a thousand times. Lag-1 correlation: 4 standard errors.
  expect(bins.reduce((sum, count) => sum + (count - n / 50) ** 2 / (n / 50), 0)).toBeLessThan(85.4);
  expect(Math.abs((12 * lagged) / n)).toBeLessThan(4 / Math.sqrt(n));
});

const draws = first(3, 'many', 10_000);
