import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exactQuantity,
  GIB,
  humanQuantity,
  microsOf,
  parseQuantity,
  QUANTITIES,
  quantityPattern,
  secondsOf,
  TIB,
  type QuantityKind,
} from '../../sim/base/units.js';

const KINDS = Object.keys(QUANTITIES) as QuantityKind[];

function value(kind: QuantityKind, text: string): number {
  const read = parseQuantity(kind, text);
  if (!('value' in read)) throw new Error(`${text}: ${read.fault}`);
  return read.value;
}

describe('reading quantities', () => {
  it.each<[QuantityKind, string, number]>([
    ['duration', '7d', 7 * 86_400_000_000],
    ['duration', '10m', 600_000_000],
    ['duration', '10 min', 600_000_000],
    ['duration', '50 us', 50],
    ['duration', '0.1 s', 100_000],
    ['duration', '0s', 0],
    ['memory', '256 GiB', 256 * GIB],
    ['memory', '2 GB', 2_000_000_000],
    ['memory', '512MiB', 512 * 1024 * 1024],
    ['cpu', '32 cores', 32_000],
    ['cpu', '1 core', 1000],
    ['cpu', '0.5 cores', 500],
    ['bitRate', '10 Gbps', 1e10],
    ['byteRate', '200 MBps', 2e8],
    ['eventRate', '2 per h', 2 / 3600],
    ['eventRate', '2/h', 2 / 3600],
    ['eventRate', '3  per  d', 3 / 86_400],
    ['ratio', '8 %', 0.08],
    ['ratio', '30%', 0.3],
    ['ratio', '0.3', 0.3],
  ])('%s: %s is %d', (kind, text, expected) => {
    expect(value(kind, text)).toBe(expected);
  });

  it.each<[QuantityKind, string, object]>([
    ['duration', '7', { fault: 'no-unit', number: '7' }],
    ['duration', '7 days', { fault: 'unknown-unit', number: '7', unit: 'days' }],
    ['duration', '-7 d', { fault: 'negative' }],
    ['duration', '', { fault: 'not-a-number' }],
    ['duration', 'a week', { fault: 'not-a-number' }],
    ['duration', '300 w 2', { fault: 'unknown-unit', number: '300', unit: 'w 2' }],
    ['duration', '20000 w', { fault: 'too-large' }],
    ['duration', '0.1 us', { fault: 'too-small' }],
    ['memory', '2 gib', { fault: 'unknown-unit', number: '2', unit: 'gib' }],
    ['memory', '2 constructor', { fault: 'unknown-unit', number: '2', unit: 'constructor' }],
    ['memory', '2e999 B', { fault: 'too-large' }],
    ['bitRate', '20 MBps', { fault: 'unknown-unit', number: '20', unit: 'MBps' }],
    ['eventRate', '2 h', { fault: 'unknown-unit', number: '2', unit: 'h' }],
  ])('%s: %j is refused', (kind, text, fault) => {
    expect(parseQuantity(kind, text)).toEqual(fault);
  });

  it('says in the pattern for editors exactly which units there are', () => {
    for (const kind of KINDS) {
      const pattern = new RegExp(quantityPattern(kind));
      for (const unit of Object.keys(QUANTITIES[kind].units)) expect(`1.5 ${unit}`).toMatch(pattern);
      if (kind === 'ratio') expect('0.5').toMatch(pattern);
      else expect('1.5').not.toMatch(pattern);
      expect('1.5 furlongs').not.toMatch(pattern);
      expect('-1 s').not.toMatch(pattern);
      expect(QUANTITIES[kind].example).toMatch(pattern);
    }
  });
});

describe('writing quantities', () => {
  it.each<[QuantityKind, number, string]>([
    ['duration', 0, '0 us'],
    ['duration', 7 * 86_400_000_000, '7 d'],
    ['duration', 90 * 60_000_000, '90 min'],
    ['duration', 300_000, '0.3 s'],
    ['memory', 256 * GIB, '256 GiB'],
    ['memory', 1.5 * TIB, '1.5 TiB'],
    ['memory', 1001, '1001 B'],
    ['cpu', 500, '0.5 cores'],
    ['bitRate', 1e10, '10 Gbps'],
    ['eventRate', 2 / 3600, '2 per h'],
    ['ratio', 0.08, '8 %'],
  ])('%s: %d is written %s', (kind, number, expected) => {
    expect(exactQuantity(kind, number)).toBe(expected);
  });

  it('reads back what it wrote as the same number', () => {
    for (const kind of KINDS) {
      const { whole, most = Number.MAX_SAFE_INTEGER } = QUANTITIES[kind];
      const number = whole
        ? fc.maxSafeNat().map((nat) => nat % most)
        : fc.double({ min: 1e-9, max: Math.min(most, 1e15), noNaN: true });
      fc.assert(
        fc.property(number, (number) => {
          expect(value(kind, exactQuantity(kind, number))).toBe(number);
        }),
        { seed: 11, numRuns: 500 },
      );
    }
  });

  it('writes what people write as they wrote it, up to the unit', () => {
    for (const kind of KINDS)
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 9999 }),
          fc.constantFrom(1, 10, 100),
          fc.constantFrom(...Object.keys(QUANTITIES[kind].units)),
          (digits, over, unit) => {
            const read = parseQuantity(kind, `${digits / over} ${unit}`);
            if (!('value' in read)) return; // Less than a microsecond, a byte or a thousandth of a core.
            expect(value(kind, exactQuantity(kind, read.value))).toBe(read.value);
          },
        ),
        { seed: 12, numRuns: 300 },
      );
  });

  it.each<[QuantityKind, number, string]>([
    ['duration', 3_723_000_000, '1.03 h'],
    ['duration', 59_999_999, '1 min'],
    ['duration', 34_000_000, '34 s'],
    ['memory', 1.5 * GIB, '1.5 GiB'],
    ['memory', 1023.9 * GIB, '1 TiB'],
    ['memory', 0, '0 B'],
    ['cpu', 1000, '1 core'],
    ['cpu', 31_500, '31.5 cores'],
    ['ratio', 0.12345, '12.3 %'],
    ['ratio', 1, '100 %'],
    ['ratio', 0.0004, '0.04 %'],
    ['duration', 0, '0 s'],
    ['eventRate', 0.5 / 86_400, '0.5 per d'],
    ['bitRate', 123_456_789, '123 Mbps'],
  ])('%s: for people %d is %s', (kind, number, expected) => {
    expect(humanQuantity(kind, number)).toBe(expected);
  });
});

describe('seconds and microseconds', () => {
  it('rounds to the nearest microsecond, never up', () => {
    expect(microsOf(1.000_000_4)).toBe(1_000_000);
    expect(microsOf(1.000_000_6)).toBe(1_000_001);
  });

  it('goes both ways', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e15 }), (micros) => microsOf(secondsOf(micros)) === micros));
  });
});
