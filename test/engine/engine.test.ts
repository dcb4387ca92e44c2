/** Lanes together: time, messages, and that no interleaving shows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Engine } from '../../sim/engine/engine.js';
import { PHASES, type Lane } from '../../sim/engine/lane.js';
import { Streams } from '../../sim/engine/streams.js';

interface Gossip {
  digests: string[];
  events: number;
  /** What each lane heard and did, with its time. */
  logs: string[][];
}

/** Three lanes that gossip: each event may send messages on. `run` decides the interleaving. */
function gossip(seed: number, run: (engine: Engine) => void): Gossip {
  const engine = new Engine();
  const lanes = ['shared', 'z1', 'z2'].map((name) => engine.addLane(name));
  const logs = lanes.map((lane, at) => {
    const log: string[] = [];
    let count = 0;
    const hear = lane.register('hear', (a, b) => {
      log.push(`${lane.now} hear ${a} from ${b}`);
      lane.fold(a * 31 + b);
      if (++count > 60) return;
      lane.after((a * 13 + seed) % 17, talk, a, count);
      lane.after((a + seed) % 3, note, count);
    });
    const talk = lane.register('talk', (a) => {
      log.push(`${lane.now} talk ${a}`);
      lanes.forEach((other, to) => {
        if (to !== at) lane.post(other, lane.now + 1 + ((a + to * seed) % 5), hear, a + 1, at);
      });
    });
    // Of the phase of messages, at the instants of messages: these must not mix either.
    const note = lane.register('note', (n) => void log.push(`${lane.now} note ${n}`), PHASES.message);
    lane.at(at, hear, at + seed);
    return log;
  });
  run(engine);
  return { digests: lanes.map((lane) => lane.digest()), events: engine.events, logs };
}

test('the interleaving of lanes changes nothing that a lane sees or does', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(6), (seed, slice) => {
      const whole = gossip(seed, (engine) => engine.run(10_000));
      const sliced = gossip(seed, (engine) => {
        for (let until = 0; until < 300; until += slice + 1) engine.run(until);
        engine.run(10_000);
      });
      // One instant at a time, and of several lanes that have something in it the last first.
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

test('a lane runs on while no other is due, and never past a message under way', () => {
  const engine = new Engine();
  const [one, two] = [engine.addLane('one'), engine.addLane('two')];
  const heard: string[] = [];
  const answer = one.register('answer', () => void heard.push(`one hears at ${one.now}`));
  const ask = two.register('ask', () => {
    heard.push(`two hears at ${two.now}`);
    two.post(one, two.now + 1, answer);
  });
  const tick = one.register('tick', (n) => {
    heard.push(`tick at ${one.now}`);
    if (n === 2) one.post(two, one.now + 1, ask);
  });
  for (const n of [1, 2, 3, 4, 5]) one.at(n, tick, n);
  engine.run(5);
  expect(heard).toEqual([
    'tick at 1',
    'tick at 2',
    'tick at 3',
    'two hears at 3',
    'one hears at 4',
    'tick at 4',
    'tick at 5',
  ]);
});

test('a run ends with its time in every lane, and the next goes on from there', () => {
  const engine = new Engine();
  const [one, two] = [engine.addLane('one'), engine.addLane('two')];
  const ran: number[] = [];
  const kind = one.register('note', () => void ran.push(one.now));
  for (const time of [0, 10, 11]) one.at(time, kind);
  engine.run(10);
  expect(ran).toEqual([0, 10]);
  expect([one.now, two.now, engine.events, one.pending]).toEqual([10, 10, 2, 1]);
  expect(engine.addLane('three').now).toBe(10);
  engine.run(20);
  expect(ran).toEqual([0, 10, 11]);
  expect(() => engine.run(19)).toThrow(/time passes over no event/);
  expect(() => engine.run(20.5)).toThrow(/run until 20.5/);
});

test('two lanes of one name are refused', () => {
  const engine = new Engine();
  engine.addLane('one');
  expect(() => engine.addLane('one')).toThrow(/two lanes named one/);
});

test('the digest combines the lanes in their order: pinned', () => {
  const build = (order: string[]): Engine => {
    const engine = new Engine();
    for (const name of order) {
      const lane = engine.addLane(name);
      const stream = new Streams(1).stream(name);
      const kind = lane.register('hold', () => void lane.after(Math.floor(stream.next() * 1000), kind, 7, 0.5));
      for (let n = 0; n < 20; n++) lane.after(n, kind);
    }
    engine.run(100_000);
    return engine;
  };
  const engine = build(['z1', 'z2']);
  expect(engine.events).toBe(7962);
  expect(engine.digest()).toBe('09646fa2d3d2b86f');
  const other = build(['z2', 'z1']);
  expect(other.lanes.map((lane) => lane.digest()).reverse()).toEqual(engine.lanes.map((lane) => lane.digest()));
  expect(other.digest()).not.toBe(engine.digest());
});
