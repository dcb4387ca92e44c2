/**
 * Hold models through the engine's public face: each event draws from a named stream, schedules its successor, and is
 * dispatched and folded into the digest; every handle can be cancelled. Seeded: the same events on every machine.
 */
import { Lane } from '../engine/lane.js';
import { Streams } from '../engine/streams.js';

export interface HoldModel {
  case: 'hold' | 'ties' | 'timeouts';
  pending: number;
  /** Events to dispatch in a part. */
  events: number;
}

const MEAN_MICROS = 1_000_000;
const TIMEOUT_MICROS = 30 * MEAN_MICROS;

/** Builds the model; the answer runs `events` more of its events. */
export function holdModel({ case: name, pending }: HoldModel, seed: number): (events: number) => void {
  const lane = new Lane('bench');
  const draws = new Streams(seed).stream('hold');
  const draw = (): number => Math.round(-Math.log1p(-draws.next()) * MEAN_MICROS);
  if (name === 'ties') {
    const kind = lane.register('tick', () => {
      lane.after(MEAN_MICROS, kind);
    });
    for (let n = 0; n < pending; n++) lane.at((n % 5) * (MEAN_MICROS / 5), kind);
  } else if (name === 'hold') {
    const kind = lane.register('hold', () => {
      lane.after(draw(), kind);
    });
    for (let n = 0; n < pending; n++) lane.at(draw(), kind);
  } else {
    const timeouts = new Float64Array(pending);
    const expired = lane.register('time-out', (id) => {
      timeouts[id] = lane.after(TIMEOUT_MICROS, expired, id);
    });
    const kind = lane.register('work', (id) => {
      lane.cancel(timeouts[id]!);
      timeouts[id] = lane.after(TIMEOUT_MICROS, expired, id);
      lane.after(draw(), kind, id);
    });
    for (let id = 0; id < pending; id++) {
      timeouts[id] = lane.at(TIMEOUT_MICROS, expired, id);
      lane.at(draw(), kind, id);
    }
  }
  return (events) => {
    const until = lane.events + events;
    // Simulated time in slices of some ten thousand events, until enough have run.
    const slice = Math.max(1, Math.round((MEAN_MICROS * Math.min(events, 20_000)) / pending));
    while (lane.events < until) lane.runUntil(Math.max(lane.nextTime(), lane.now + slice));
  };
}
