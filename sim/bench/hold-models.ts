/**
 * Hold models through the engine's public face: every event schedules its successor, so that as many are pending as at
 * the start. Each draws from a named stream, is dispatched and folded into the digest, and has a handle by which it can
 * be cancelled. Seeded: the same events on every machine.
 */
import { Engine } from '../engine/engine.js';
import type { Lane } from '../engine/lane.js';
import { Streams } from '../engine/streams.js';

export interface HoldModel {
  /** `ties`: all at five instants a second; `timeouts`: each cancels and renews a time-out of its own. */
  case: 'hold' | 'ties' | 'timeouts';
  pending: number;
}

const MEAN_MICROS = 1_000_000;
const TIMEOUT_MICROS = 30_000_000;

/** Builds the model on a lane of `engine`; the answer runs at least `events` more of them and says how many it ran. */
export function holdModel(model: HoldModel, seed: number, engine = new Engine()): (events: number) => number {
  const lane = engine.addLane('bench');
  const stream = new Streams(seed).stream('bench/hold');
  // Rounded to nearest; Math.round costs as much as the draw itself.
  const delay = (): number => Math.floor(stream.exponential() * MEAN_MICROS + 0.5);
  if (model.case === 'ties') buildTies(lane, model.pending);
  else if (model.case === 'hold') buildHold(lane, model.pending, delay);
  else buildTimeouts(lane, model.pending, delay);
  return (events) => {
    const before = lane.events;
    const sliceMicros = Math.max(1, Math.round((MEAN_MICROS * Math.min(events, 20_000)) / model.pending));
    while (lane.events - before < events) engine.run(lane.now + sliceMicros);
    return lane.events - before;
  };
}

function buildHold(lane: Lane, pending: number, delay: () => number): void {
  const kind = lane.register('hold', () => {
    lane.after(delay(), kind);
  });
  for (let n = 0; n < pending; n++) lane.after(delay(), kind);
}

function buildTies(lane: Lane, pending: number): void {
  const kind = lane.register('tick', () => {
    lane.after(MEAN_MICROS, kind);
  });
  for (let n = 0; n < pending; n++) lane.after((n % 5) * (MEAN_MICROS / 5), kind);
}

function buildTimeouts(lane: Lane, pending: number, delay: () => number): void {
  const timeouts = new Float64Array(pending);
  const expire = lane.register('time-out', (id) => {
    timeouts[id] = lane.after(TIMEOUT_MICROS, expire, id);
  });
  const work = lane.register('work', (id) => {
    lane.cancel(timeouts[id]!);
    timeouts[id] = lane.after(TIMEOUT_MICROS, expire, id);
    lane.after(delay(), work, id);
  });
  for (let id = 0; id < pending; id++) {
    timeouts[id] = lane.after(TIMEOUT_MICROS, expire, id);
    lane.after(delay(), work, id);
  }
}
