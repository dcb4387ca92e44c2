/** What a lane promises of time, phases and messages. */
import { describe, expect, test } from 'vitest';
import { Engine } from '../../sim/engine/engine.js';
import { Lane, PHASES } from '../../sim/engine/lane.js';

test('within one instant events run by phase, then in the order of scheduling', () => {
  const lane = new Lane('z1');
  const ran: string[] = [];
  const kinds = (['wake', 'other', 'request', 'report', 'message'] as const).map((phase) =>
    lane.register(phase, (n) => void ran.push(`${phase} ${n}`), PHASES[phase]),
  );
  for (let n = 0; n < 2; n++) for (const kind of kinds) lane.at(7, kind, n);
  lane.runUntil(7);
  expect(ran).toEqual(
    ['message', 'report', 'request', 'wake', 'other'].flatMap((phase) => [`${phase} 0`, `${phase} 1`]),
  );
});

test('an event of the same instant and an earlier phase, scheduled late, still runs next', () => {
  const lane = new Lane('z1');
  const ran: string[] = [];
  const report = lane.register('report', () => void ran.push('report'), PHASES.report);
  const other = lane.register('other', (n) => {
    ran.push(`other ${n}`);
    if (n === 0) lane.after(0, report);
  });
  lane.at(7, other, 0);
  lane.at(7, other, 1);
  lane.runUntil(7);
  expect(ran).toEqual(['other 0', 'report', 'other 1']);
});

test('a kind without a phase is of the phase `other`; there are eight phases', () => {
  const lane = new Lane('z1');
  for (const phase of [-1, 8, 1.5]) expect(() => lane.register('odd', () => undefined, phase)).toThrow(/no phase/);
  const ran: string[] = [];
  lane.at(
    1,
    lane.register('plain', () => void ran.push('plain')),
  );
  lane.at(
    1,
    lane.register('seven', () => void ran.push('seven'), 7),
  );
  lane.at(
    1,
    lane.register('wake', () => void ran.push('wake'), PHASES.wake),
  );
  lane.runUntil(1);
  expect(ran).toEqual(['wake', 'plain', 'seven']);
});

describe('refused', () => {
  test('a time that is past, broken or no integer: with the lane, the event and the time', () => {
    const lane = new Lane('z1');
    const kind = lane.register('boot', () => undefined);
    lane.passTo(10);
    for (const time of [9, 10.5, NaN, -Infinity])
      expect(() => lane.at(time, kind)).toThrow(`lane z1 at 10 us: boot scheduled at ${time};`);
    expect(() => lane.after(0.5, kind)).toThrow(/boot scheduled at 10.5/);
    expect(lane.pending).toBe(0);
  });

  test('but not one beyond the end of time: it waits there, where no run comes', () => {
    const engine = new Engine();
    const [one, other] = [engine.addLane('one'), engine.addLane('other')];
    const times: number[] = [];
    const kind = one.register('boot', () => times.push(one.now));
    for (const time of [5, 2 ** 53, 1e300, Infinity]) one.at(time, kind);
    one.after(Infinity, kind);
    other.post(one, 2 ** 60, kind);
    engine.run(2 ** 53 - 2);
    expect(times).toEqual([5]);
    expect(one.pending).toBe(5);
  });

  test('an unknown kind', () => {
    const lane = new Lane('z1');
    expect(() => lane.at(1, 3)).toThrow(/an event of the unknown kind 3 scheduled at 1/);
  });

  test('time that passes over an event, or back', () => {
    const lane = new Lane('z1');
    const kind = lane.register('boot', () => undefined);
    lane.at(5, kind);
    expect(() => lane.passTo(5)).toThrow(/time passes over no event/);
    lane.passTo(4);
    expect(() => lane.passTo(3)).toThrow(/time passes over no event/);
  });

  test('an event whose time has fallen behind the clock', () => {
    const lane = new Lane('z1');
    const kind = lane.register('boot', () => undefined);
    lane.at(5, kind);
    (lane as unknown as { clock: number }).clock = 6;
    expect(() => lane.runUntil(10)).toThrow(/time never falls/);
  });
});

describe('messages', () => {
  test('of one instant run by sender and number, before the lane`s own events, whoever sent first', () => {
    const order = (sendFirst: 'a' | 'b' | 'own'): string[] => {
      const [a, b, to] = [new Lane('a', 0), new Lane('b', 1), new Lane('to', 2)];
      const ran: string[] = [];
      const hear = to.register('hear', (from, n) => void ran.push(`${from === 0 ? 'a' : 'b'}${n}`));
      const own = to.register('own', (n) => void ran.push(`own${n}`), PHASES.message);
      const send = {
        a: () => [0, 1].forEach((n) => a.post(to, 9, hear, 0, n)),
        b: () => [0, 1].forEach((n) => b.post(to, 9, hear, 1, n)),
        own: () => [0, 1].forEach((n) => void to.at(9, own, n)),
      };
      send[sendFirst]();
      for (const who of ['own', 'b', 'a'] as const) if (who !== sendFirst) send[who]();
      to.runUntil(9);
      return ran;
    };
    for (const first of ['a', 'b', 'own'] as const)
      expect(order(first)).toEqual(['a0', 'a1', 'b0', 'b1', 'own0', 'own1']);
  });

  test('must arrive later than they are sent, and no earlier than the receiver is', () => {
    const [from, to] = [new Lane('from', 0), new Lane('to', 1)];
    const kind = to.register('hear', () => undefined);
    expect(() => from.post(to, 0, kind)).toThrow(/lane from: a message must arrive later/);
    to.passTo(20);
    expect(() => from.post(to, 20, kind)).toThrow(/lane to at 20 us: hear scheduled at 20/);
    expect(() => from.post(to, 20.5, kind)).toThrow(/scheduled at 20.5/);
    expect(() => from.post(to, 21, 7)).toThrow(/unknown kind 7/);
  });

  test('a lane that sends stops where its message arrives, since the answer may follow', () => {
    const [from, to] = [new Lane('from', 0), new Lane('to', 1)];
    const hear = to.register('hear', () => undefined);
    const send = from.register('send', () => from.post(to, from.now + 10, hear));
    const idle = from.register('idle', () => undefined);
    from.at(5, send);
    for (const time of [6, 15, 16]) from.at(time, idle);
    from.runUntil(100);
    expect(from.now).toBe(15);
    expect(from.pending).toBe(1);
  });
});

describe('digest', () => {
  const digestOf = (build: (lane: Lane, kind: number, other: number) => void): string => {
    const lane = new Lane('z1');
    const kind = lane.register('kind', () => undefined);
    const other = lane.register('other', () => undefined);
    build(lane, kind, other);
    lane.runUntil(Number.MAX_SAFE_INTEGER);
    return lane.digest();
  };

  test('sees time, kind and payload of every event, and what is folded beside', () => {
    const all = [
      digestOf(() => undefined),
      digestOf((lane, kind) => lane.at(1, kind)),
      digestOf((lane, kind) => lane.at(2, kind)),
      digestOf((lane, kind) => lane.at(1 + 2 ** 32, kind)),
      digestOf((lane, kind) => lane.at(1 + 2 ** 52, kind)),
      digestOf((lane, _kind, other) => lane.at(1, other)),
      digestOf((lane, kind) => lane.at(1, kind, 1)),
      digestOf((lane, kind) => lane.at(1, kind, 0, 1)),
      digestOf((lane, _kind, other) => lane.at(1, other, 0, 1)),
      digestOf((lane, kind) => lane.at(1, kind, 0.5)),
      digestOf((lane, kind) => lane.at(1, kind, 0, 0.5)),
      digestOf((lane, kind) => lane.at(1, kind, 2 ** 32)),
      digestOf((lane, kind) => {
        lane.at(1, kind);
        lane.fold(0);
      }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  test('does not see what was cancelled, looked at, or how far the lane was run at a time', () => {
    const plain = digestOf((lane, kind) => {
      lane.at(3, kind, 1);
      lane.at(9, kind, 2);
    });
    const busy = digestOf((lane, kind, other) => {
      lane.cancel(lane.at(1, other));
      lane.at(3, kind, 1);
      const moved = lane.at(4, kind, 2);
      lane.nextTime();
      lane.reschedule(moved, 9);
      lane.runUntil(5);
    });
    expect(busy).toBe(plain);
  });
});
