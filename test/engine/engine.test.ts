import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Digest } from '../../sim/engine/digest.js';
import { Engine } from '../../sim/engine/engine.js';
import type { Lane } from '../../sim/engine/lane.js';

/** Three lanes that gossip: each event may send messages on. `run` decides the interleaving. */
function gossip(seed: number, run: (engine: Engine) => void): { digests: string[]; events: number } {
  const engine = new Engine();
  const lanes = ['shared', 'z1', 'z2'].map((name) => engine.addLane(name));
  lanes.forEach((lane, at) => {
    let count = 0;
    const hear = lane.register('hear', (a, b) => {
      lane.fold(a * 31 + b);
      if (++count > 60) return;
      lane.after((a * 13 + seed) % 17, talk, a, count);
    });
    const talk = lane.register('talk', (a) => {
      lanes.forEach((other, to) => {
        if (to !== at) lane.post(other, lane.now + 1 + ((a + to * seed) % 5), hear, a + 1, at);
      });
    });
    lane.at(at, hear, at + seed);
  });
  run(engine);
  return { digests: lanes.map((lane) => lane.digest()), events: engine.events };
}

test('the interleaving of lanes changes no digest', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(6), (seed, slice) => {
      const whole = gossip(seed, (engine) => engine.run(10_000));
      const sliced = gossip(seed, (engine) => {
        for (let until = 0; until <= 10_000; until += slice + 1) engine.run(Math.min(10_000, until));
        engine.run(10_000);
      });
      // One event at a time, the last lane first among those that may run: nothing earlier is pending or under way.
      const reversed = gossip(seed, (engine) => {
        const next = (): Lane =>
          [...engine.lanes].reverse().reduce((best, lane) => (lane.nextTime() < best.nextTime() ? lane : best));
        for (let lane = next(); lane.nextTime() <= 10_000; lane = next()) lane.runUntil(lane.nextTime());
      });
      expect(sliced).toEqual(whole);
      expect(reversed).toEqual(whole);
      expect(whole.events).toBeGreaterThan(50);
    }),
    { seed: 23, numRuns: 60 },
  );
});

test('a message must arrive later than it is sent', () => {
  const engine = new Engine();
  const [one, two] = [engine.addLane('one'), engine.addLane('two')];
  const kind = two.register('hear', () => undefined);
  expect(() => one.post(two, 0, kind)).toThrow(/must arrive later/);
  expect(() => engine.addLane('one')).toThrow(/two lanes named one/);
});

test('the digest sees every number, its sign, every bit and the order', () => {
  const of = (...values: number[]): string => {
    const digest = new Digest();
    for (const value of values) digest.fold(value);
    return digest.hex();
  };
  const all = [
    of(),
    of(0),
    of(1),
    of(-1),
    of(0.1),
    of(0.1 + Number.EPSILON / 8),
    of(2 ** 40),
    of(2 ** 40 + 1),
    of(1, 2),
    of(2, 1),
    of(0, 0),
    of(NaN),
    of(Infinity),
  ];
  expect(new Set(all).size).toBe(all.length);
  for (const hex of all) expect(hex).toMatch(/^[0-9a-f]{16}$/);
  expect(of(1, 2.5, -3, 2 ** 50)).toBe('672661307f8faa3f');
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.nat(31), fc.nat(), (values, bit, at) => {
      const changed = [...values];
      changed[at % values.length]! ^= 1 << bit;
      expect(of(...changed)).not.toBe(of(...values));
    }),
    { seed: 2 },
  );
});
