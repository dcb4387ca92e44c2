/**
 * A lane of simulated time: its own pending events, sequence numbers and digest. Guarantees the order (time, phase,
 * sequence) within the lane, and that what it does depends on nothing but its own events and the messages it gets, so
 * that lanes may run in any interleaving, or on several workers, with the same digests.
 */
import { assert } from '../base/assert.js';
import { Digest, KINDS_AT_MOST } from './digest.js';
import { LANES_AT_MOST, orderOfMessage, orderOfPhase, PHASE_COUNT } from './event-order.js';
import { EventQueue } from './event-queue.js';
import { A, B, TIME } from './event-records.js';

export type EventKind = number;
/** Names a scheduled event; safe to keep after it ran. */
export type Handle = number;
export type Handler = (a: number, b: number) => void;

/**
 * The last time there is, in 285 years. What is scheduled for later, for a time that no number holds exactly, waits there,
 * where no run comes.
 */
const LAST_MICROS = Number.MAX_SAFE_INTEGER;

/** Order within one instant, 0 to 7; a kind of event belongs to one phase. Messages of other lanes come before all. */
export const PHASES = { message: 0, report: 1, request: 2, wake: 3, other: 4 } as const;

export class Lane {
  private clock = 0;
  private dispatched = 0;
  /** The lane runs no event after this time; a message it sends draws it nearer. */
  private limit = 0;
  private sequence = 0;
  private sent = 0;
  private readonly queue = new EventQueue();
  private readonly handlers: Handler[] = [];
  private readonly phases: number[] = [];
  private readonly names: string[] = [];
  private readonly digestSoFar = new Digest();

  constructor(
    readonly name: string,
    /** Place among the lanes: messages of one instant run in the order of their senders. */
    readonly index = 0,
  ) {
    assert(index < LANES_AT_MOST, () => `more than ${LANES_AT_MOST} lanes`);
  }

  /** Simulated time in microseconds. */
  get now(): number {
    return this.clock;
  }

  /** Events dispatched. */
  get events(): number {
    return this.dispatched;
  }

  /** Events that have neither run nor been cancelled. */
  get pending(): number {
    return this.queue.size;
  }

  /** A kind of event and what it does. Kinds are numbered in the order of registration. */
  register(name: string, handler: Handler, phase: number = PHASES.other): EventKind {
    assert(Number.isInteger(phase) && phase >= 0 && phase < PHASE_COUNT, () => `${name}: there is no phase ${phase}`);
    assert(this.handlers.length < KINDS_AT_MOST, () => `lane ${this.name}: more than ${KINDS_AT_MOST} kinds of events`);
    this.handlers.push(handler);
    this.phases.push(orderOfPhase(phase));
    this.names.push(name);
    return this.handlers.length - 1;
  }

  at(timeMicros: number, kind: EventKind, a = 0, b = 0): Handle {
    const phase = this.phases[kind];
    if (phase === undefined || !(timeMicros >= this.clock) || !Number.isSafeInteger(timeMicros))
      return timeMicros > LAST_MICROS ? this.at(LAST_MICROS, kind, a, b) : this.refuse(timeMicros, kind);
    return this.queue.push(timeMicros, phase + this.sequence++, kind, a, b);
  }

  after(delayMicros: number, kind: EventKind, a = 0, b = 0): Handle {
    return this.at(this.clock + delayMicros, kind, a, b);
  }

  /** False where the event has run or been cancelled already. */
  cancel(handle: Handle): boolean {
    return this.queue.cancel(handle);
  }

  /** Moves a pending event; it gets a new sequence number and a new handle. */
  reschedule(handle: Handle, timeMicros: number): Handle {
    const { queue } = this;
    const slot = queue.slotOf(handle);
    assert(slot >= 0, () => `lane ${this.name}: the event to reschedule has run or been cancelled`);
    const kind = queue.kind[slot]!;
    const a = queue.fields[(slot << 2) + A]!;
    const b = queue.fields[(slot << 2) + B]!;
    const moved = this.at(timeMicros, kind, a, b);
    queue.cancel(handle);
    return moved;
  }

  /** Folds a number into the digest: for what an event decided beyond its own time, kind and payload. */
  fold(value: number): void {
    this.digestSoFar.fold(value);
  }

  /** 16 hex digits of all that was dispatched and folded. */
  digest(): string {
    return this.digestSoFar.hex();
  }

  /** A message: an event of another lane, later than now. `kind` is one of that lane. */
  post(to: Lane, timeMicros: number, kind: EventKind, a = 0, b = 0): void {
    assert(timeMicros > this.clock, () => `lane ${this.name}: a message must arrive later than it is sent`);
    to.receive(timeMicros, orderOfMessage(this.index, this.sent++), kind, a, b);
    // The answer may come a microsecond after: whoever runs this lane looks at the others before it goes on.
    if (to !== this && timeMicros < this.limit) this.limit = timeMicros;
  }

  /** Time of the next event; Infinity when there is none. */
  nextTime(): number {
    const slot = this.queue.head();
    return slot < 0 ? Infinity : this.queue.fields[(slot << 2) + TIME]!;
  }

  /** The loop: every event with time up to `limit`, in order, but no more than `atMost` of them. */
  runUntil(limit: number, atMost = Infinity): void {
    const { queue, handlers, digestSoFar } = this;
    const enough = this.dispatched + atMost;
    this.limit = limit;
    while (this.dispatched < enough) {
      const slot = queue.head();
      if (slot < 0) return;
      const time = queue.fields[(slot << 2) + TIME]!;
      if (time > this.limit) return;
      assert(time >= this.clock, 'time never falls');
      const kind = queue.kind[slot]!;
      const a = queue.fields[(slot << 2) + A]!;
      const b = queue.fields[(slot << 2) + B]!;
      queue.drop(slot);
      this.clock = time;
      this.dispatched++;
      digestSoFar.foldEvent(time, kind, a, b);
      handlers[kind]!(a, b);
    }
  }

  /** No event is left up to `timeMicros`: time itself goes there. */
  passTo(timeMicros: number): void {
    assert(timeMicros >= this.clock && this.nextTime() > timeMicros, 'time passes over no event');
    this.clock = timeMicros;
  }

  private receive(timeMicros: number, order: number, kind: EventKind, a: number, b: number): void {
    const known = this.phases[kind] !== undefined;
    const time = Math.min(timeMicros, LAST_MICROS);
    if (!known || !(time > this.clock) || !Number.isSafeInteger(time)) this.refuse(timeMicros, kind);
    this.queue.push(time, order, kind, a, b);
  }

  private refuse(timeMicros: number, kind: EventKind): never {
    const event = this.names[kind] ?? `an event of the unknown kind ${kind}`;
    throw new RangeError(
      `lane ${this.name} at ${this.clock} us: ${event} scheduled at ${timeMicros}; a time is an integer count of microseconds, not before now`,
    );
  }
}
