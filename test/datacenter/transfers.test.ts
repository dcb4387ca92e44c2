/** Transfers on a lane, worked out by hand, and against the max-min rates of a network that is solved anew at every change. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxMinRates } from '../../models/network/max-min.js';
import { bench, M, SECOND, type Bench } from './transfers-bench.js';

describe('a transfer of 10 Mbit over a link of 10 Mbit/s', () => {
  test('ends after a second, told in that microsecond, and nothing is pending after it or before it', () => {
    const { lane, transfers, at, start, ended } = bench([10 * M]);
    expect(lane.pending).toBe(0);
    at(5, () => start({}));
    lane.runUntil(5 * SECOND);
    expect([transfers.underWay, lane.pending]).toEqual([1, 1]);
    lane.runUntil(100 * SECOND);
    expect(ended).toEqual([['there', 6 * SECOND]]);
    expect(transfers.records[0]).toMatchObject({ beginMicros: 5 * SECOND, endSeconds: 6, cancelled: false });
    expect([transfers.underWay, lane.pending]).toEqual([0, 0]);
    expect([transfers.allBits(100 * SECOND), transfers.linkBits(0, 100 * SECOND)]).toEqual([10 * M, 10 * M]);
  });

  test('ends at the exact second, told at the nearest microsecond, where that is none', () => {
    const { lane, transfers, at, start, ended } = bench([3 * M]);
    at(0, () => start({}));
    // 10 Mbit at 3 Mbit/s: 3.333333 s and a third of a microsecond; 20 Mbit: 6.666667 s less a third.
    at(0, () => start({ destination: 'two', links: [] }));
    lane.runUntil(100 * SECOND);
    expect(transfers.records[0]!.endSeconds).toBeCloseTo(10 / 3, 12);
    // A way without links and cap takes no time.
    expect(ended).toEqual([
      ['two', 0],
      ['there', 3_333_333],
    ]);
    expect(lane.pending).toBe(0);
  });

  test('follows what the other traffic leaves, from the instant in which that changes', () => {
    const { lane, transfers, at, start, left, ended } = bench([10 * M]);
    at(0, () => start({}));
    // 5 Mbit in the first half second; 1 Mbit/s for 2 s; nothing for 3 s; then 10 Mbit/s for the last 3 Mbit: 5.8 s.
    const set = (seconds: number, rate: number): void =>
      at(seconds, () => {
        left[0] = rate;
        transfers.changed();
      });
    set(0.5, M);
    set(2.5, 0);
    set(5.5, 10 * M);
    lane.runUntil(4 * SECOND);
    // Stalled: nothing to wait for but the change.
    expect([transfers.rateOf(0), transfers.allBits(4 * SECOND)]).toEqual([0, 7 * M]);
    lane.runUntil(100 * SECOND);
    expect(ended).toEqual([['there', 5_800_000]]);
    expect(lane.pending).toBe(0);
  });

  test('is told once of several changes of an instant, the last of which holds', () => {
    const { lane, transfers, at, start, left, ended } = bench([10 * M]);
    at(0, () => start({}));
    for (const rate of [1, 4, 5])
      at(0.5, () => {
        left[0] = rate * M;
        transfers.changed();
      });
    const before = lane.events;
    lane.runUntil(SECOND / 2);
    // Three changes, the start, and each change is looked at by an event of the message phase before the next.
    expect(lane.events - before).toBe(1 + 3 + 3);
    lane.runUntil(100 * SECOND);
    // 5 Mbit are left, at 5 Mbit/s.
    expect(ended).toEqual([['there', 1_500_000]]);
  });

  test('that is called off leaves its share to the others, and what it has sent counts', () => {
    const { lane, transfers, at, start, ended } = bench([10 * M]);
    let first = -1;
    at(0, () => (first = start({ destination: 'one' })));
    at(0, () => start({ destination: 'two' }));
    // A second at 5 Mbit/s each, then 5 Mbit at 10 Mbit/s.
    at(1, () => transfers.cancel(first));
    lane.runUntil(100 * SECOND);
    expect(ended).toEqual([['two', 1_500_000]]);
    expect(transfers.records[0]).toMatchObject({ endSeconds: null, cancelled: true });
    expect(transfers.allBits(100 * SECOND)).toBe(15 * M);
    expect(transfers.linkBits(0, 100 * SECOND)).toBe(15 * M);
    expect([transfers.underWay, lane.pending]).toEqual([0, 0]);
  });

  test('alone and called off leaves nothing pending', () => {
    const { lane, transfers, at, start } = bench([10 * M]);
    let only = -1;
    at(0, () => (only = start({})));
    at(0.25, () => {
      transfers.changed();
      transfers.cancel(only);
    });
    lane.runUntil(SECOND / 4);
    expect([transfers.underWay, lane.pending, transfers.allBits(SECOND)]).toEqual([0, 0, 2.5 * M]);
    expect(() => transfers.cancel(only)).toThrow('is under way');
  });

  test('takes up a curve every five minutes', () => {
    const one = bench([10 * M]);
    const { lane, transfers, at, start, left, ended } = one;
    // Nothing is left up to 400 s, then all is: found at the step after it, 600 s.
    one.curve = (now) => (left[0] = now < 400 * SECOND ? 0 : 10 * M);
    at(0, () => start({}));
    lane.runUntil(599 * SECOND);
    expect([transfers.allBits(599 * SECOND), lane.pending]).toEqual([0, 1]);
    lane.runUntil(1000 * SECOND);
    expect(ended).toEqual([['there', 601 * SECOND]]);
    expect(lane.pending).toBe(0);
  });
});

describe('what storage is sure of on a link', () => {
  const shared = (): Bench => {
    const one = bench([10 * M]);
    one.storage[0] = 10 * M;
    return one;
  };

  test('is there no longer once the last transfer of disks has ended', () => {
    const { lane, at, start, ended } = shared();
    at(0, () => start({ destination: 'disk', isStorage: true }));
    at(0, () => start({ destination: 'other', bytes: 2.5e6 }));
    lane.runUntil(100 * SECOND);
    // 20 Mbit/s for both: the disk's 10 Mbit in a second. The other's last 10 Mbit at 10 Mbit/s, not 20.
    expect(ended).toEqual([
      ['disk', SECOND],
      ['other', 2 * SECOND],
    ]);
  });

  test('nor once it was called off', () => {
    const { lane, transfers, at, start, ended } = shared();
    let disk = -1;
    at(0, () => (disk = start({ destination: 'disk', isStorage: true, bytes: 1e9 })));
    at(0, () => start({ destination: 'other', bytes: 2.5e6 }));
    at(1, () => transfers.cancel(disk));
    lane.runUntil(100 * SECOND);
    expect(ended).toEqual([['other', 2 * SECOND]]);
  });
});

type Step =
  | { kind: 'start'; links: number[]; megabits: number; weight: number; cap: number }
  | { kind: 'cancel'; which: number }
  | { kind: 'capacity'; link: number; rate: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('start' as const),
      links: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
      megabits: fc.integer({ min: 1, max: 150 }),
      weight: fc.constantFrom(1, 1, 2),
      cap: fc.constantFrom(Infinity, Infinity, 3 * M),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('capacity' as const),
      link: fc.nat(2),
      rate: fc.constantFrom(0, M, 2.5 * M, 10 * M),
    }),
  },
);

interface Open {
  readonly id: number;
  readonly links: readonly number[];
  readonly weight: number;
  readonly capBitsPerSecond: number;
  bits: number;
  /** In seconds; null: not yet. */
  end: number | null;
  cancelled: boolean;
}

/** From end to end: rates are solved from scratch at each. */
class Reference {
  readonly flows: Open[] = [];
  readonly capacities: number[];
  clock = 0;

  constructor(left: readonly number[]) {
    this.capacities = [...left];
  }

  get open(): Open[] {
    return this.flows.filter(({ end, cancelled }) => end === null && !cancelled);
  }

  pass(until: number): void {
    while (this.clock < until) {
      const { open, clock } = this;
      const rates = maxMinRates(this.capacities, open);
      const ends = open.map(({ bits }, at) => (rates[at]! > 0 ? clock + bits / rates[at]! : Infinity));
      const to = Math.min(...ends, until);
      if (to === Infinity) return;
      open.forEach((flow, at) => {
        flow.bits -= rates[at]! * (to - clock);
        if (flow.bits < 1e-3) flow.end = to;
      });
      this.clock = to;
    }
  }
}

test('random transfers end when those of a network end whose rates are solved anew at every change', () => {
  let cancelled = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), step), { maxLength: 25 }), (steps) => {
      const { lane, transfers, left, at, start } = bench([10 * M, 5 * M, 20 * M]);
      const reference = new Reference(left);
      const apply = (one: Step): void => {
        if (one.kind === 'start') {
          const { links, megabits, weight, cap: capBitsPerSecond } = one;
          const id = start({ links, bytes: (megabits * M) / 8, weight, capBitsPerSecond });
          const flow = { id, links, weight, capBitsPerSecond, bits: megabits * M, end: null, cancelled: false };
          reference.flows.push(flow);
        } else if (one.kind === 'capacity') {
          reference.capacities[one.link] = left[one.link] = one.rate;
          transfers.changed();
        } else {
          // Not one that ends in this very microsecond: which of the two comes first is nobody's business.
          const open = reference.open.filter(({ bits }) => bits > 100);
          const flow = open[one.which % Math.max(1, open.length)];
          if (flow === undefined) return;
          transfers.cancel(flow.id);
          flow.cancelled = true;
          cancelled++;
        }
      };
      let seconds = 0;
      const then = (after: number, work: () => void): void => {
        seconds += after;
        at(seconds, () => {
          reference.pass(seconds);
          work();
        });
        lane.runUntil(Math.round(seconds * SECOND));
      };
      for (const [milliseconds, one] of steps) then(milliseconds / 1000, () => apply(one));
      then(1, () => {
        reference.capacities.forEach((_, link) => (reference.capacities[link] = left[link] = 10 * M));
        transfers.changed();
      });
      lane.runUntil(1e12);
      reference.pass(Infinity);
      reference.flows.forEach((flow, record) => {
        expect(transfers.records[record]!.cancelled).toBe(flow.cancelled);
        if (flow.cancelled) expect(transfers.records[record]!.endSeconds).toBeNull();
        else expect(transfers.records[record]!.endSeconds, `transfer ${record}`).toBeCloseTo(flow.end!, 5);
      });
      const sent = reference.flows.reduce(
        (sum, { bits }, record) => sum + transfers.records[record]!.bytes * 8 - bits,
        0,
      );
      expect(Math.abs(transfers.allBits(1e12) - sent)).toBeLessThan(10);
      expect([transfers.underWay, lane.pending]).toEqual([0, 0]);
    }),
    { seed: 7, numRuns: 200 },
  );
  expect(cancelled).toBeGreaterThan(100);
});
