import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Digest } from '../../sim/engine/digest.js';

const of = (...values: number[]): string => {
  const digest = new Digest();
  for (const value of values) digest.fold(value);
  return digest.hex();
};

test('it sees every number, its sign, its last bit, how many there are and their order', () => {
  const all = [
    of(),
    of(0),
    of(-0),
    of(1),
    of(-1),
    of(0.1),
    of(0.1 + Number.EPSILON / 8),
    of(2 ** 32),
    of(2 ** 40),
    of(2 ** 40 + 1),
    of(2 ** 53 - 1),
    of(1, 2),
    of(2, 1),
    of(0, 0),
    of(0, 0, 0),
    of(NaN),
    of(Infinity),
    of(-Infinity),
    of(Number.MIN_VALUE),
  ];
  expect(new Set(all).size).toBe(all.length);
  for (const hex of all) expect(hex).toMatch(/^[0-9a-f]{16}$/);
});

test('any changed bit of any number among others changes it', () => {
  const words = new Uint32Array(2);
  const double = new Float64Array(words.buffer);
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), fc.nat(63), fc.nat(), (values, bit, at) => {
      const changed = [...values];
      const place = at % values.length;
      double[0] = values[place]!;
      words[bit >> 5]! ^= 1 << (bit & 31);
      fc.pre(!Number.isNaN(double[0]));
      changed[place] = double[0];
      expect(of(...changed)).not.toBe(of(...values));
    }),
    { seed: 2, numRuns: 1000 },
  );
});

test('all NaNs are one', () => {
  const words = new Uint32Array([1, 0xfff80000]);
  expect(of(new Float64Array(words.buffer)[0]!)).toBe(of(NaN));
});

test('an event is seen whole: time, kind, payload, each in its place', () => {
  const event = (time: number, kind: number, a: number, b: number): string => {
    const digest = new Digest();
    digest.foldEvent(time, kind, a, b);
    return digest.hex();
  };
  const number = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer(), fc.double({ noNaN: true }));
  const any = fc.tuple(fc.oneof(fc.nat(3), fc.maxSafeNat()), fc.nat(2047), number, number);
  fc.assert(
    fc.property(any, any, (one, other) => {
      // 0 and -0 are one in an event's payload.
      const same = one.every((value, at) => value === other[at]);
      expect(event(...one) === event(...other)).toBe(same);
    }),
    { seed: 8, numRuns: 3000 },
  );
  expect(event(1, 2, 3, 4)).toBe('1237dbccc21840ad');
  expect(event(1e15, 2, -3, 0.25)).toBe('3b830dac64655867');
});

test('pinned: the same on every machine', () => {
  expect(of()).toBe('29c479dba93650e1');
  expect(of(1, 2.5, -3, 2 ** 50)).toBe('5e0e985293c1e45b');
  expect(Digest.combine([of(), of(1)])).toBe('b9f398bfc3e682be');
  expect(Digest.combine([of(1), of()])).not.toBe(Digest.combine([of(), of(1)]));
});
