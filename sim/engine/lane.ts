/**
 * A lane of simulated time: its own pending events, sequence numbers and digest. Guarantees the order (time, phase,
 * sequence) within the lane, and that what it does depends on nothing but its own events and the messages it gets, so
 * that lanes may run in any interleaving, or on several workers, with the same digests.
 */
import { assert } from '../base/assert.js';
import { Digest } from './digest.js';
import { EventQueue } from './event-queue.js';

export type EventKind = number;
/** Names a scheduled event; safe to keep after it ran. */
export type Handle = number;
export type Handler = (a: number, b: number) => void;

/** Order within one instant; a kind of event belongs to one phase. */
export const PHASES = { message: 0, report: 1, request: 2, wake: 3, other: 4 } as const;

/** Sequence numbers stay below 2^48: phase and sequence share one exact double. */
const SEQUENCES = 0x1_0000_0000_0000;
const INBOX: EventKind = 0;

interface Message {
  time: number;
  from: number;
  count: number;
  kind: EventKind;
  a: number;
  b: number;
}

export class Lane {
  /** Simulated time in microseconds. */
  now = 0;
  /** Events dispatched. */
  events = 0;
  /** The lane runs no event after this time; a message it sends draws it nearer. */
  private limit = 0;
  private sequence = 0;
  private sent = 0;
  private readonly queue = new EventQueue();
  private readonly handlers: Handler[] = [() => this.readInbox()];
  private readonly phases: number[] = [PHASES.message];
  private readonly names: string[] = ['inbox'];
  private inbox: Message[] = [];
  private readonly digestSoFar = new Digest();

  constructor(
    readonly name: string,
    /** Place among the lanes: messages of one instant are read in the order of their senders. */
    readonly index = 0,
  ) {}

  get pending(): number {
    return this.queue.size;
  }

  /** A kind of event and what it does. Kinds are numbered in the order of registration. */
  register(name: string, handler: Handler, phase: number = PHASES.other): EventKind {
    this.handlers.push(handler);
    this.phases.push(phase * SEQUENCES);
    this.names.push(name);
    return this.handlers.length - 1;
  }

  at(timeMicros: number, kind: EventKind, a = 0, b = 0): Handle {
    if (!(timeMicros >= this.now) || !Number.isSafeInteger(timeMicros)) this.refuse(timeMicros, kind);
    return this.queue.push(timeMicros, this.phases[kind]! + this.sequence++, kind, a, b);
  }

  after(delayMicros: number, kind: EventKind, a = 0, b = 0): Handle {
    return this.at(this.now + delayMicros, kind, a, b);
  }

  /** False where the event has run or been cancelled already. */
  cancel(handle: Handle): boolean {
    return this.queue.cancel(handle);
  }

  /** Moves a pending event; it gets a new sequence number, and a new handle. */
  reschedule(handle: Handle, timeMicros: number): Handle {
    const { queue } = this;
    const slot = queue.slotOf(handle);
    assert(slot >= 0, 'reschedule: the event has run or been cancelled');
    const kind = queue.kind[slot]!;
    const a = queue.a[slot]!;
    const b = queue.b[slot]!;
    queue.cancel(handle);
    return this.at(timeMicros, kind, a, b);
  }

  /** Folds a number into the digest: for what an event decided beyond its own time, kind and payload. */
  fold(value: number): void {
    this.digestSoFar.fold(value);
  }

  digest(): string {
    return this.digestSoFar.hex();
  }

  /** A message to another lane: an event there, later than now. */
  post(to: Lane, timeMicros: number, kind: EventKind, a = 0, b = 0): void {
    assert(timeMicros > this.now, () => `lane ${this.name}: a message must arrive later than it is sent`);
    to.receive({ time: timeMicros, from: this.index, count: this.sent++, kind, a, b });
    if (timeMicros < this.limit) this.limit = timeMicros;
  }

  /** Time of the next event; Infinity when there is none. */
  nextTime(): number {
    const slot = this.queue.head();
    return slot < 0 ? Infinity : this.queue.time[slot]!;
  }

  /** The loop: every event with time up to `limit`, in order. */
  runUntil(limit: number): void {
    const { queue, handlers } = this;
    this.limit = limit;
    for (let slot = queue.head(); slot >= 0; slot = queue.head()) {
      const time = queue.time[slot]!;
      if (time > this.limit) return;
      assert(time >= this.now, 'time never falls');
      const kind = queue.kind[slot]!;
      const a = queue.a[slot]!;
      const b = queue.b[slot]!;
      queue.drop(slot);
      this.now = time;
      if (kind !== INBOX) this.count(time, kind, a, b);
      handlers[kind]!(a, b);
    }
  }

  /** No event is left up to `timeMicros`: time itself goes there. */
  passTo(timeMicros: number): void {
    assert(timeMicros >= this.now && this.nextTime() > timeMicros, 'time passes over no event');
    this.now = timeMicros;
  }

  private count(time: number, kind: number, a: number, b: number): void {
    this.events++;
    this.digestSoFar.foldEvent(time, kind, a, b);
  }

  private receive(message: Message): void {
    const { inbox } = this;
    if (!inbox.some(({ time }) => time === message.time)) this.at(message.time, INBOX);
    inbox.push(message);
  }

  /** Messages of this instant, in the order of their senders: not of their sending, which depends on who ran first. */
  private readInbox(): void {
    const due = this.inbox.filter(({ time }) => time === this.now);
    this.inbox = this.inbox.filter(({ time }) => time !== this.now);
    due.sort((one, other) => one.from - other.from || one.count - other.count);
    for (const { kind, a, b } of due) {
      this.count(this.now, kind, a, b);
      this.handlers[kind]!(a, b);
    }
  }

  private refuse(timeMicros: number, kind: EventKind): never {
    throw new RangeError(
      `lane ${this.name} at ${this.now} us: ${this.names[kind]} scheduled at ${timeMicros}; a time is an integer count of microseconds, not before now`,
    );
  }
}
