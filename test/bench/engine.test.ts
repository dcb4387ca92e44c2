/** The engine's benchmark: that it measures what it says, at the same events each time. No test asserts a time. */
import { expect, test } from 'vitest';
import { benchEngine, type EngineBenchRow } from '../../sim/bench/engine.js';
import { holdModel, type HoldModel } from '../../sim/bench/hold-models.js';
import { compileQueueReference } from '../../sim/bench/queue-reference.js';
import { Engine } from '../../sim/engine/engine.js';

test.each([
  [{ case: 'hold', pending: 1_000 }, 1_000, '0416165d8a56a93f'],
  [{ case: 'ties', pending: 5_000 }, 5_000, 'cf7296ccaa511f06'],
  // Its work and its time-out are pending for each.
  [{ case: 'timeouts', pending: 2_000 }, 4_000, '81b4a31aeeb3a8cb'],
] as [HoldModel, number, string][])(
  '%o: as many pending after as before, the same events',
  (model, pending, digest) => {
    const engine = new Engine();
    const run = holdModel(model, 42, engine);
    const [lane] = engine.lanes;
    expect(lane!.pending).toBe(pending);
    const events = run(20_000) + run(20_000);
    expect(events).toBeGreaterThanOrEqual(40_000);
    expect(engine.events).toBe(events);
    expect(lane!.pending).toBe(pending);
    expect(engine.digest()).toBe(digest);
  },
);

test('ties come at five instants a second', () => {
  const engine = new Engine();
  const run = holdModel({ case: 'ties', pending: 100 }, 42, engine);
  const times = new Set<number>();
  for (let part = 0; part < 40; part++) {
    run(1);
    times.add(engine.lanes[0]!.nextTime() % 1_000_000);
  }
  expect([...times].every((time) => time % 200_000 === 0)).toBe(true);
  expect(times.size).toBeLessThanOrEqual(5);
});

test('time-outs that are renewed do not expire, and those that are not do', () => {
  const engine = new Engine();
  holdModel({ case: 'timeouts', pending: 3 }, 42, engine)(500);
  const [lane] = engine.lanes;
  expect(lane!.now).toBeGreaterThan(100e6);
  expect(lane!.pending).toBe(6);
});

test('rows: each case of ours, the bare C++ queue beside it where there is a compiler, the idle world last', () => {
  const logged: EngineBenchRow[] = [];
  const idle = new Engine();
  idle.addLane('z1');
  const { bench, machine, notes, rows } = benchEngine({
    seconds: 0,
    eventsPerPart: 20_000,
    log: (row) => logged.push(row),
    world: () => ({ vms: 10_000, engine: idle }),
  });
  expect(bench).toBe('engine');
  expect(machine.node).toBe(process.version);
  expect(machine.cores).toBeGreaterThan(0);
  expect(logged).toEqual(rows);
  expect(rows.filter(({ reference }) => !reference).map((row) => [row.case, row.pending])).toEqual([
    ['hold', 1_000],
    ['hold', 100_000],
    ['ties', 50_000],
    ['timeouts', 100_000],
    ['hold-idle-vms', 1_000],
  ]);
  const bare = rows.filter(({ reference }) => reference).map((row) => [row.case, row.pending]);
  if (notes.length > 0) expect([bare, notes[0]]).toEqual([[], expect.stringMatching(/no C\+\+ compiler found/)]);
  else
    expect(bare).toEqual([
      ['hold', 1_000],
      ['hold', 100_000],
      ['ties', 50_000],
    ]);
  for (const row of rows) {
    expect(row.eventsPerCpuSecond).toBeGreaterThan(0);
    const compared = !row.reference && row.case !== 'timeouts' && (notes.length === 0 || row.case === 'hold-idle-vms');
    expect(row.ratio === null).toBe(!compared);
  }
  expect(rows.at(-1)!.of).toBe('podtwin, 10000 idle VMs in the world');
  // The hold model ran in the world's own engine, on a lane beside its own.
  expect(idle.lanes.map(({ name }) => name)).toEqual(['z1', 'bench']);
  expect(idle.events).toBeGreaterThanOrEqual(60_000);
});

test('without a compiler the reference is left out', () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    expect(compileQueueReference()).toBeNull();
  } finally {
    process.env['PATH'] = path;
  }
});
