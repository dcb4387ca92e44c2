import { expect, test } from 'vitest';
import fc from 'fast-check';
import { TimeWeighted } from '../../sim/measures/time-weighted.js';

test('values count by how long they were held', () => {
  const figure = new TimeWeighted();
  figure.set(0, 4);
  figure.set(10, 1);
  expect(figure.mean(20)).toBe(2.5);
  expect(figure.peak(20)).toBe(4);
  expect(figure.mean(40)).toBe(1.75);
});

test('the warm-up leaves its last value and nothing else', () => {
  const figure = new TimeWeighted(100);
  figure.set(0, 1000);
  figure.set(60, 2);
  expect(figure.mean(50 + 50)).toBe(2);
  expect(figure.peak(150)).toBe(2);
  figure.set(150, 6);
  expect(figure.mean(200)).toBe(4);
  expect(figure.peak(200)).toBe(6);
});

test('a value held for no time is a peak and not in the mean', () => {
  const figure = new TimeWeighted();
  figure.set(0, 0);
  figure.set(5, 9);
  figure.set(5, 1);
  expect(figure.mean(10)).toBe(0.5);
  expect(figure.peak(10)).toBe(9);
});

test('time without a value is left out; no value at all is null', () => {
  const figure = new TimeWeighted();
  expect(figure.mean(10)).toBeNull();
  expect(figure.peak(10)).toBeNull();
  figure.set(10, 3);
  figure.set(20, null);
  expect(figure.now).toBeNull();
  figure.set(100, 5);
  expect(figure.mean(110)).toBe(4);
  expect(() => figure.set(50, 1)).toThrow(/time fell/);
});

test('equals the plain sum over the intervals', () => {
  const step = fc.record({ after: fc.nat(1_000), value: fc.option(fc.integer({ min: -9, max: 9 })) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.nat(5_000), (steps, warmUp) => {
      const figure = new TimeWeighted(warmUp);
      const held: { from: number; value: number | null }[] = [];
      let at = 0;
      for (const { after, value } of steps) {
        at += after;
        figure.set(at, value);
        held.push({ from: at, value });
      }
      const end = at + 100;
      let integral = 0;
      let time = 0;
      held.forEach(({ from, value }, index) => {
        const until = Math.max(warmUp, held[index + 1]?.from ?? end);
        const duration = until - Math.max(warmUp, from);
        if (value === null || duration <= 0) return;
        integral += value * duration;
        time += duration;
      });
      const expected = time > 0 ? integral / time : (held.at(-1)?.value ?? null);
      expect(figure.mean(Math.max(end, warmUp)) === expected || Math.abs(figure.mean(end)! - expected!) < 1e-12).toBe(
        true,
      );
    }),
    { seed: 8 },
  );
});
