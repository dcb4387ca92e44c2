/**
 * The order of events against a plain sorted array, through the lane: any delays, phases, cancels and moves, before a
 * run and from within handlers. Then what the queue promises beside the order: handles, memory.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Lane } from '../../sim/engine/lane.js';
import { Streams, type Stream } from '../../sim/engine/streams.js';
import { PlainQueue } from './plain-queue.js';

const delay = fc.oneof(
  fc.constant(0),
  fc.nat(3),
  fc.nat(1000),
  fc.nat(50_000_000),
  fc.constantFrom(30_000_000, 60_000_000),
  fc.nat(45).map((bits) => 2 ** bits),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), delay, phase: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), which: fc.nat(1000), delay }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('run' as const), delay }) },
);

/** A lane and a plain queue side by side: every event that runs must be the plain queue's earliest. */
class Pair {
  readonly lane = new Lane('one');
  readonly plain = new PlainQueue();
  private readonly handles = new Map<number, number>();
  private readonly kinds: number[];
  private nextId = 0;

  constructor(private readonly onRun: (id: number) => void = () => undefined) {
    this.kinds = Array.from({ length: 8 }, (_, phase) => this.lane.register(`p${phase}`, (id) => this.ran(id), phase));
  }

  add(wait: number, phase: number): number {
    const id = this.nextId++;
    this.handles.set(id, this.lane.after(wait, this.kinds[phase]!, id));
    this.plain.add(this.lane.now + wait, phase, id);
    return id;
  }

  cancel(id: number): void {
    const pending = this.plain.remove(id);
    if (this.lane.cancel(this.handles.get(id)!) !== pending) throw new Error(`cancelling ${id}: not ${pending}`);
    if (this.lane.cancel(this.handles.get(id)!)) throw new Error(`cancelling ${id} twice`);
  }

  move(id: number, wait: number): void {
    const { phase } = this.plain.find(id)!;
    this.plain.remove(id);
    this.plain.add(this.lane.now + wait, phase, id);
    this.handles.set(id, this.lane.reschedule(this.handles.get(id)!, this.lane.now + wait));
  }

  private ran(id: number): void {
    const due = this.plain.take();
    if (!due || due.id !== id || due.time !== this.lane.now)
      throw new Error(`ran ${id} at ${this.lane.now}, due was ${JSON.stringify(due)}`);
    this.onRun(id);
  }
}

/** What stands in the parts of the queue must add up: nothing lost, nothing kept. */
function balance(lane: Lane): void {
  const { queue } = lane as unknown as { queue: Inside };
  let chained = queue.topCount;
  for (const rung of queue.rungs.slice(0, queue.depth)) chained += rung.sizes.reduce((sum, size) => sum + size, 0);
  expect(chained + queue.nearCount - queue.deadNear).toBe(lane.pending);
  for (const rung of queue.rungs.slice(queue.depth)) expect(rung.sizes.every((size) => size === 0)).toBe(true);
}

interface Inside {
  topCount: number;
  depth: number;
  rungs: { sizes: Int32Array }[];
  nearCount: number;
  deadNear: number;
}

test('events run in the order of a sorted array, whatever is cancelled or moved', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.nat(200), (steps, crowd) => {
      const pair = new Pair();
      for (let n = 0; n < crowd; n++) pair.add(1_000_000, n % 8);
      for (const one of steps) {
        const ids = pair.plain.ids();
        const chosen = 'which' in one && ids.length > 0 ? ids[one.which % ids.length] : undefined;
        if (one.do === 'add') pair.add(one.delay, one.phase);
        else if (one.do === 'cancel' && chosen !== undefined) pair.cancel(chosen);
        else if (one.do === 'move' && chosen !== undefined) pair.move(chosen, one.delay);
        else if (one.do === 'run') {
          const until = pair.lane.now + one.delay;
          pair.lane.runUntil(until);
          pair.lane.passTo(until);
        }
        expect(pair.lane.pending).toBe(pair.plain.size);
        balance(pair.lane);
      }
      pair.lane.runUntil(Number.MAX_SAFE_INTEGER);
      expect(pair.plain.size).toBe(0);
      expect(pair.lane.pending).toBe(0);
    }),
    { seed: 19, numRuns: 300 },
  );
});

/** Delays in microseconds, from one uniform each. */
const DELAYS: Record<string, (u: number) => number> = {
  exponential: (u) => Math.floor(-Math.log1p(-u) * 1e6),
  'half at once': (u) => (u < 0.5 ? 0 : Math.floor(u * 1e6)),
  'two scales': (u) => Math.floor(u < 0.9 ? u * 1000 : u * 1e9),
  'heavy tail': (u) => Math.floor(1000 * Math.exp(-Math.log1p(-u) / 1.1)),
  'any power of two to 2^45': (u) => Math.floor(Math.exp(u * 45 * Math.LN2)),
  'five instants': (u) => 200_000 * Math.floor(u * 5),
  'a few microseconds': (u) => Math.floor(u * 4),
};

/** Handlers schedule one successor, of any phase; now and then cancel or move another event, and put one in its place. */
function churn(pending: number, delayOf: (u: number) => number, far: number | null): void {
  const stream: Stream = new Streams(5).stream('churn');
  let left = 6 * pending;
  const recent: number[] = [];
  const pair: Pair = new Pair(() => {
    if (left-- <= 0) return;
    if (left % 500 === 0) balance(pair.lane);
    const id = pair.add(delayOf(stream.next()), Math.floor(stream.next() * 8));
    recent[Math.floor(stream.next() * 50)] = id;
    const other = recent[Math.floor(stream.next() * 500)];
    if (other === undefined || !pair.plain.find(other)) return;
    if (stream.next() < 0.5) pair.move(other, delayOf(stream.next()));
    else {
      pair.cancel(other);
      pair.add(delayOf(stream.next()), 4);
    }
  });
  if (far !== null) {
    pair.add(far, 4);
    pair.add(far, 3);
    pair.lane.nextTime();
  }
  for (let n = 0; n < pending; n++) pair.add(delayOf(stream.next()), n % 8);
  pair.lane.runUntil(Number.MAX_SAFE_INTEGER);
  expect(left).toBeLessThanOrEqual(0);
  expect(pair.lane.pending).toBe(0);
  expect(pair.plain.size).toBe(0);
}

describe.each([10, 700])('%i pending, handlers that schedule, cancel and move', (pending) => {
  test.each(Object.keys(DELAYS))('delays: %s', (name) => {
    churn(pending, DELAYS[name]!, null);
  });
  // The first look at the queue then sees a far event alone: everything else comes within its one wide bucket.
  test.each(Object.keys(DELAYS))('an event 31 years away comes first into the queue; delays: %s', (name) => {
    churn(pending, DELAYS[name]!, 1e15);
  });
});

test('crowds within crowds, finer than the ladder has rungs', () => {
  const pair = new Pair();
  for (let n = 0; n < 300; n++) pair.add((n * 7) % 5, (n * 3) % 8);
  let far = 1;
  for (let level = 0; level < 9; level++) pair.add((far *= 45), level % 8);
  pair.lane.runUntil(Number.MAX_SAFE_INTEGER);
  expect(pair.lane.events).toBe(309);
});

test('an instant crowded beyond the run: many scheduled, cancelled and moved from within it', () => {
  const stream = new Streams(11).stream('crowd');
  const ids: number[] = [];
  let busy = 0;
  const pair: Pair = new Pair(() => {
    if (busy++ > 40) return;
    for (let n = 0; n < 100; n++) ids.push(pair.add(Math.floor(stream.next() * 3), Math.floor(stream.next() * 8)));
    for (let n = 0; n < 90; n++) {
      const id = ids[Math.floor(stream.next() * ids.length)]!;
      if (pair.plain.find(id)) pair.cancel(id);
    }
  });
  for (let n = 0; n < 5_000; n++) ids.push(pair.add(5, Math.floor(stream.next() * 8)));
  pair.add(1e12, 0);
  pair.lane.nextTime();
  // Too late for the sorted run of this instant, and too many.
  for (let n = 0; n < 4_000; n++) ids.push(pair.add(5, Math.floor(stream.next() * 7)));
  for (const id of ids.filter((_, at) => at % 4 !== 0)) pair.cancel(id);
  balance(pair.lane);
  pair.lane.runUntil(1e13);
  expect(pair.plain.size).toBe(0);
  expect(pair.lane.pending).toBe(0);
});

test('a crowd of many thousands runs in order too, in all phases of five instants and at random', () => {
  for (const name of ['five instants', 'exponential']) {
    const lane = new Lane('one');
    const stream = new Streams(6).stream(name);
    let lastTime = -1;
    let lastPhase = 0;
    let lastId = -1;
    const check = (phase: number) => (id: number) => {
      const rises = lane.now > lastTime || phase > lastPhase || (phase === lastPhase && id > lastId);
      if (!rises) throw new Error(`${id} in phase ${phase} at ${lane.now} after ${lastId} in ${lastPhase}`);
      lastTime = lane.now;
      lastPhase = phase;
      lastId = id;
    };
    const kinds = [0, 1, 2, 3].map((phase) => lane.register(`p${phase}`, check(phase), phase));
    for (let id = 0; id < 60_000; id++) lane.at(DELAYS[name]!(stream.next()), kinds[id % 4]!, id);
    lane.runUntil(1e12);
    expect(lane.events).toBe(60_000);
  }
});

describe('handles', () => {
  test('that of an event that ran does not touch the event that took its slot', () => {
    const lane = new Lane('one');
    const ran: number[] = [];
    const kind = lane.register('note', (id) => void ran.push(id));
    const first = lane.at(1, kind, 1);
    lane.runUntil(1);
    lane.at(2, kind, 2);
    expect(lane.cancel(first)).toBe(false);
    expect(() => lane.reschedule(first, 5)).toThrow(/lane one: the event to reschedule has run or been cancelled/);
    lane.runUntil(2);
    expect(ran).toEqual([1, 2]);
  });

  test('a handle that was never given out cancels nothing', () => {
    const lane = new Lane('one');
    const kind = lane.register('note', () => undefined);
    for (const handle of [0, -1, 5, 1e15, NaN]) expect(lane.cancel(handle)).toBe(false);
    lane.at(1, kind);
    expect([-1, 0.5, 1e15, NaN].map((handle) => lane.cancel(handle))).toEqual([false, false, false, false]);
    expect(lane.pending).toBe(1);
  });

  test('an event may cancel itself no more, but another of the same instant', () => {
    const lane = new Lane('one');
    const ran: string[] = [];
    const victim = lane.register('victim', () => void ran.push('victim'));
    const killer = lane.register('killer', () => {
      ran.push(`killer ${lane.cancel(own)} ${lane.cancel(other)}`);
    });
    const own = lane.at(5, killer);
    const other = lane.at(5, victim);
    lane.runUntil(10);
    expect(ran).toEqual(['killer false true']);
  });

  test('a refused move leaves the event where it was', () => {
    const lane = new Lane('one');
    const ran: number[] = [];
    const kind = lane.register('note', () => void ran.push(lane.now));
    const handle = lane.at(5, kind);
    expect(() => lane.reschedule(handle, 5.5)).toThrow(/integer count of microseconds/);
    lane.runUntil(10);
    expect(ran).toEqual([5]);
  });
});

describe('cancelled events give their slots back', () => {
  const slotsOf = (lane: Lane): number => (lane as unknown as { queue: { slots: number } }).queue.slots;

  test('far ones at once', () => {
    const lane = new Lane('one');
    const kind = lane.register('time-out', () => undefined);
    let handle = lane.at(30_000_000, kind);
    for (let n = 0; n < 100_000; n++) {
      lane.cancel(handle);
      handle = lane.at(30_000_000 + n, kind);
    }
    expect(lane.pending).toBe(1);
    expect(slotsOf(lane)).toBeLessThan(10);
  });

  test('near ones once they outnumber the living', () => {
    const lane = new Lane('one');
    const kind = lane.register('time-out', () => undefined);
    const handles = Array.from({ length: 5_000 }, () => lane.at(7, kind));
    // They stand in order now, to run next.
    expect(lane.nextTime()).toBe(7);
    for (const handle of handles.slice(0, 4_000)) expect(lane.cancel(handle)).toBe(true);
    const before = slotsOf(lane);
    for (let n = 0; n < 2_500; n++) lane.at(8, kind);
    expect(slotsOf(lane)).toBe(before);
    lane.runUntil(8);
    expect(lane.events).toBe(3_500);
  });

  test('a hold model takes no more slots than it has events pending', () => {
    const lane = new Lane('one');
    const stream = new Streams(2).stream('hold');
    const kind = lane.register('hold', () => void lane.after(Math.floor(stream.next() * 1e6), kind));
    for (let n = 0; n < 500; n++) lane.after(n, kind);
    lane.runUntil(2e8);
    expect(lane.events).toBeGreaterThan(100_000);
    expect(slotsOf(lane)).toBe(500);
  });
});
