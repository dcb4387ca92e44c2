/**
 * `podtwin bench engine`: hold models in events per CPU second, the best of several parts, and beside them a bare C++
 * priority queue. Guarantees the same events at each run; the figures are the machine's.
 */
import type { Engine } from '../engine/engine.js';
import { holdModel, type HoldModel } from './hold-models.js';
import { cpuSeconds, machine, type Machine } from './machine.js';
import { compileQueueReference, type QueueReference } from './queue-reference.js';

export interface EngineBenchRow {
  case: HoldModel['case'] | 'hold-idle-vms';
  pending: number;
  eventsPerCpuSecond: number;
  /** A neighbour's figure, printed beside ours. */
  reference: boolean;
  /** What was measured. */
  of: string;
  /** Ours over the reference of the same case; for `hold-idle-vms` over `hold` measured just before it. */
  ratio: number | null;
}

export interface EngineBench {
  bench: 'engine';
  machine: Machine;
  seed: number;
  notes: string[];
  rows: EngineBenchRow[];
}

/** A simulated world in which nothing happens. */
export interface IdleWorld {
  vms: number;
  /** The hold model runs on a lane of its own in the world's engine. */
  engine: Engine;
}

export interface EngineBenchOptions {
  seed?: number;
  /** CPU seconds to spend on a case, roughly; at least three parts are run. */
  seconds?: number;
  /** Events in a part; by default a quarter of a second or so of them. */
  eventsPerPart?: number;
  /** Told each row as it is measured. */
  log?: (row: EngineBenchRow) => void;
  world?: () => IdleWorld;
}

interface Case extends HoldModel {
  /** Events in a part. */
  events: number;
}

const HOLD: Case = { case: 'hold', pending: 1_000, events: 2_000_000 };
const CASES: readonly Case[] = [
  HOLD,
  { case: 'hold', pending: 100_000, events: 1_500_000 },
  { case: 'ties', pending: 50_000, events: 3_000_000 },
  { case: 'timeouts', pending: 100_000, events: 1_000_000 },
];

export function benchEngine(options: EngineBenchOptions = {}): EngineBench {
  const { seed = 42, seconds = 2, eventsPerPart, log = () => undefined, world } = options;
  const sized = (each: Case): Case => ({ ...each, events: eventsPerPart ?? each.events });
  const notes: string[] = [];
  const rows: EngineBenchRow[] = [];
  const add = (row: EngineBenchRow): void => {
    rows.push(row);
    log(row);
  };
  const reference = compileQueueReference();
  if (!reference) notes.push('no C++ compiler found: the bare std::priority_queue is left out');
  try {
    for (const each of CASES.map(sized)) {
      const eventsPerCpuSecond = best(each, seed, seconds);
      const bare = reference && referenceRow(each, reference, seconds);
      add({ ...ours(each, eventsPerCpuSecond), ratio: bare && eventsPerCpuSecond / bare.eventsPerCpuSecond });
      if (bare) add(bare);
    }
  } finally {
    reference?.remove();
  }
  if (world) add(besideIdleWorld(sized(HOLD), world, seed, seconds));
  return { bench: 'engine', machine: machine(), seed, notes, rows };
}

/** Measured right after an empty world, so that a drifting machine drifts under both. */
function besideIdleWorld(hold: Case, world: () => IdleWorld, seed: number, seconds: number): EngineBenchRow {
  const empty = best(hold, seed, seconds);
  const { vms, engine } = world();
  const eventsPerCpuSecond = best(hold, seed, seconds, engine);
  return {
    ...ours(hold, eventsPerCpuSecond),
    case: 'hold-idle-vms',
    of: `podtwin, ${vms} idle VMs in the world`,
    ratio: eventsPerCpuSecond / empty,
  };
}

/** Events per CPU second in the best part. */
function best(each: Case, seed: number, seconds: number, engine?: Engine): number {
  const run = holdModel(each, seed, engine);
  let most = 0;
  let spent = 0;
  for (let part = 0; part < 3 || spent < seconds; part++) {
    let events = 0;
    const partSeconds = cpuSeconds(() => {
      events = run(each.events);
    });
    most = Math.max(most, events / partSeconds);
    spent += partSeconds;
  }
  return Math.round(most);
}

function ours({ case: name, pending }: Case, eventsPerCpuSecond: number): EngineBenchRow {
  return { case: name, pending, eventsPerCpuSecond, reference: false, of: 'podtwin', ratio: null };
}

/** null: the case has no such reference, since a priority queue cannot cancel. */
function referenceRow(each: Case, reference: QueueReference, seconds: number): EngineBenchRow | null {
  if (each.case === 'timeouts') return null;
  const eventsPerCpuSecond = reference.eventsPerCpuSecond(each.pending, each.events, each.case === 'ties', seconds);
  return {
    ...ours(each, eventsPerCpuSecond),
    reference: true,
    of: 'C++ std::priority_queue, bare: no draw, dispatch, digest or handles',
  };
}
