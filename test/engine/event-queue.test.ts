/** The queue against a plain sorted array: any delays, phases, cancels and moves. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lane, PHASES } from '../../sim/engine/lane.js';

const delay = fc.oneof(
  fc.constant(0),
  fc.nat(3),
  fc.nat(1000),
  fc.nat(50_000_000),
  fc.constantFrom(30_000_000, 30_000_000, 60_000_000),
  fc.nat(45).map((bits) => Math.floor(2 ** bits)),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), delay, phase: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), which: fc.nat(1000), delay }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('run' as const), delay }) },
);

interface Pending {
  id: number;
  time: number;
  phase: number;
  sequence: number;
  handle: number;
}

/** The same through a sorted array: what must run, in order. */
class Model {
  pending: Pending[] = [];
  sequence = 0;
  due(until: number): number[] {
    const due = this.pending.filter(({ time }) => time <= until);
    due.sort((a, b) => a.time - b.time || a.phase - b.phase || a.sequence - b.sequence);
    this.pending = this.pending.filter(({ time }) => time > until);
    return due.map(({ id }) => id);
  }
}

test('events run in the order of a sorted array, whatever is cancelled or moved', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.nat(200), (steps, crowd) => {
      const lane = new Lane('one');
      const ran: number[] = [];
      const kinds = [0, 1, 2, 3, 4].map((phase) => lane.register(`phase-${phase}`, (id) => void ran.push(id), phase));
      const model = new Model();
      let id = 0;
      const add = (wait: number, phase: number): void => {
        const handle = lane.after(wait, kinds[phase]!, id);
        model.pending.push({ id: id++, time: lane.now + wait, phase, sequence: model.sequence++, handle });
      };
      for (let n = 0; n < crowd; n++) add(1_000_000, n % 5);
      for (const one of steps) {
        const chosen = 'which' in one ? model.pending[one.which % Math.max(1, model.pending.length)] : undefined;
        if (one.do === 'add') add(one.delay, one.phase);
        else if (one.do === 'cancel' && chosen) {
          expect(lane.cancel(chosen.handle)).toBe(true);
          expect(lane.cancel(chosen.handle)).toBe(false);
          model.pending.splice(model.pending.indexOf(chosen), 1);
        } else if (one.do === 'move' && chosen) {
          chosen.time = lane.now + one.delay;
          chosen.handle = lane.reschedule(chosen.handle, chosen.time);
          chosen.sequence = model.sequence++;
        } else if (one.do === 'run') {
          const until = lane.now + one.delay;
          ran.length = 0;
          lane.runUntil(until);
          lane.passTo(until);
          expect(ran).toEqual(model.due(until));
        }
        expect(lane.pending).toBe(model.pending.length);
      }
      ran.length = 0;
      lane.runUntil(Number.MAX_SAFE_INTEGER);
      expect(ran).toEqual(model.due(Infinity));
    }),
    { seed: 19, numRuns: 300 },
  );
});

test('events that schedule events run in order too, through every size of crowd', () => {
  for (const crowd of [1, 10, 500, 20_000]) {
    const lane = new Lane('one');
    let last = -1;
    let count = 0;
    const kind = lane.register('again', (id) => {
      expect(lane.now).toBeGreaterThanOrEqual(last);
      last = lane.now;
      if (count++ < 3 * crowd) lane.after((id * 7919 + count * 104_729) % 1_000_003, kind, id);
    });
    for (let id = 0; id < crowd; id++) lane.at((id * 7919) % 1_000_003, kind, id);
    lane.runUntil(1e12);
    expect(lane.events).toBe(4 * crowd);
    expect(lane.pending).toBe(0);
  }
});

test('a handle of an event that ran does not touch the event that took its place', () => {
  const lane = new Lane('one');
  const ran: number[] = [];
  const kind = lane.register('note', (id) => void ran.push(id));
  const first = lane.at(1, kind, 1);
  lane.runUntil(1);
  lane.at(2, kind, 2);
  expect(lane.cancel(first)).toBe(false);
  expect(() => lane.reschedule(first, 5)).toThrow(/has run or been cancelled/);
  lane.runUntil(2);
  expect(ran).toEqual([1, 2]);
});

test('an event may cancel one of the same instant', () => {
  const lane = new Lane('one');
  const ran: string[] = [];
  const victim = lane.register('victim', () => void ran.push('victim'));
  const killer = lane.register('killer', () => void lane.cancel(handle), PHASES.request);
  const handle = lane.at(5, victim);
  lane.at(5, killer);
  lane.runUntil(10);
  expect(ran).toEqual([]);
});

test('cancelled time-outs give their memory back', () => {
  const lane = new Lane('one');
  const kind = lane.register('time-out', () => undefined);
  let handle = lane.at(30_000_000, kind);
  for (let n = 0; n < 1_000_000; n++) {
    lane.cancel(handle);
    handle = lane.at(30_000_000 + n, kind);
  }
  expect(lane.pending).toBe(1);
  const { queue } = lane as unknown as { queue: { slots: number } };
  expect(queue.slots).toBeLessThan(20_000);
});

test('a time that is past, broken or no integer is refused with the lane, the event and the time', () => {
  const lane = new Lane('z1');
  const kind = lane.register('boot', () => undefined);
  lane.passTo(10);
  for (const time of [9, 10.5, NaN, Infinity])
    expect(() => lane.at(time, kind)).toThrow(/lane z1 at 10 us: boot scheduled at/);
});
