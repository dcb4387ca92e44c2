/** `podtwin bench engine`: hold models in events per CPU second, best of several parts, beside a bare C++ heap. */
import { holdModel, type HoldModel } from './hold-models.js';
import { cpuSeconds, machine, type Machine } from './machine.js';
import { QueueReference } from './queue-reference.js';

export interface EngineBenchRow {
  case: string;
  pending: number;
  eventsPerCpuSecond: number;
  /** A neighbour's or a naive figure, printed beside ours. */
  reference: boolean;
  /** Ours over the reference of the same case. */
  ratio: number | null;
}

export interface EngineBench {
  bench: 'engine';
  machine: Machine;
  seed: number;
  notes: string[];
  rows: EngineBenchRow[];
}

const MODELS: readonly HoldModel[] = [
  { case: 'hold', pending: 1_000, events: 2_000_000 },
  { case: 'hold', pending: 100_000, events: 2_000_000 },
  { case: 'ties', pending: 50_000, events: 2_000_000 },
  { case: 'timeouts', pending: 100_000, events: 1_000_000 },
];

export interface EngineBenchOptions {
  seed?: number;
  /** Parts a case; the best counts. */
  parts?: number;
  /** Builds a world of idle VMs; it is kept alive while the hold model runs beside it. */
  idleWorld?: () => { vms: number; world: unknown };
}

export function benchEngine({ seed = 42, parts = 6, idleWorld }: EngineBenchOptions = {}): EngineBench {
  const notes: string[] = [];
  const rows: EngineBenchRow[] = [];
  for (const model of MODELS) rows.push(row(model.case, model, best(model, seed, parts)));
  if (idleWorld) {
    // Measured in turns with the empty world, so that a drifting machine drifts under both.
    const model = MODELS[0]!;
    const empty = best(model, seed, parts);
    const { vms, world } = idleWorld();
    const idle = best(model, seed, parts);
    rows.push({ ...row(`hold, ${vms} idle VMs`, model, idle), ratio: idle / empty });
    notes.push(
      `hold with ${vms} idle VMs in the world against an empty one, in the same run: ${(idle / empty).toFixed(3)}`,
    );
    void world;
  }
  const reference = QueueReference.compile();
  if (!reference) notes.push('no C++ compiler found: the bare std::priority_queue is left out');
  else {
    for (const model of MODELS.filter(({ case: name }) => name !== 'timeouts')) addReference(rows, model, reference);
    reference.remove();
  }
  return { bench: 'engine', machine: machine(), seed, notes, rows };
}

function best(model: HoldModel, seed: number, parts: number): number {
  const run = holdModel(model, seed);
  let most = 0;
  for (let part = 0; part < parts; part++) {
    const seconds = cpuSeconds(() => run(model.events));
    most = Math.max(most, model.events / seconds);
  }
  return most;
}

function row(name: string, { pending }: HoldModel, eventsPerCpuSecond: number): EngineBenchRow {
  return { case: name, pending, eventsPerCpuSecond: Math.round(eventsPerCpuSecond), reference: false, ratio: null };
}

function addReference(rows: EngineBenchRow[], model: HoldModel, reference: QueueReference): void {
  const eventsPerCpuSecond = reference.eventsPerCpuSecond(model.pending, model.events, model.case === 'ties');
  const ours = rows.find((one) => one.case === model.case && one.pending === model.pending)!;
  ours.ratio = ours.eventsPerCpuSecond / eventsPerCpuSecond;
  const name = `${model.case}: bare C++ std::priority_queue`;
  rows.push({ case: name, pending: model.pending, eventsPerCpuSecond, reference: true, ratio: null });
}
