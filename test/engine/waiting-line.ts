/**
 * A waiting line on a lane: customers arrive, wait in one line for one of c servers, are served in the order of arrival.
 * Kept twice, by means that share nothing: how many are there over time, and when each came, was served and left.
 */
import { MICROS_PER_SECOND } from '../../sim/base/units.js';
import { distribution, type DistributionSpec } from '../../sim/engine/distributions.js';
import { Lane, type EventKind } from '../../sim/engine/lane.js';
import { Streams, type Stream } from '../../sim/engine/streams.js';
import { TimeWeighted } from '../../sim/measures/time-weighted.js';

export interface LineSpec {
  name: string;
  servers: number;
  interarrival: DistributionSpec;
  service: DistributionSpec;
}

/** Times in microseconds. */
interface Customer {
  readonly arrived: number;
  began: number;
}

export class WaitingLine {
  readonly lane: Lane;
  /** Customers in the line, and in line or service. */
  waiting = new TimeWeighted();
  present = new TimeWeighted();
  /** Since they were last taken: one figure a customer, as it begins its service and as it leaves. */
  waits: number[] = [];
  stays: number[] = [];
  arrivals = 0;
  private readonly line: Customer[] = [];
  private head = 0;
  private free: number;
  private inside = 0;
  private open = true;
  private readonly served = new Map<number, Customer>();
  private readonly arrival: EventKind;
  private readonly end: EventKind;
  private readonly between: () => number;
  private readonly serving: () => number;

  constructor({ name, servers, interarrival, service }: LineSpec, seed = 1) {
    const streams = new Streams(seed);
    this.lane = new Lane(name);
    this.free = servers;
    this.between = drawn(interarrival, streams.stream(`arrivals/${name}`));
    this.serving = drawn(service, streams.stream(`service/${name}`));
    this.arrival = this.lane.register('arrival', () => this.arrive());
    this.end = this.lane.register('end of service', (customer) => this.leave(customer));
    this.waiting.set(0, 0);
    this.present.set(0, 0);
    this.lane.after(this.between(), this.arrival);
  }

  /** What is measured starts anew, with those who are there. */
  measureFrom(atMicros: number): void {
    this.waiting = new TimeWeighted(atMicros);
    this.present = new TimeWeighted(atMicros);
    this.waiting.set(atMicros, this.line.length - this.head);
    this.present.set(atMicros, this.inside);
    this.waits = [];
    this.stays = [];
    this.arrivals = 0;
  }

  /** Nobody comes any more: those who are there are served. */
  close(): void {
    this.open = false;
    this.lane.runUntil(Number.MAX_SAFE_INTEGER - 1);
  }

  private arrive(): void {
    if (!this.open) return;
    this.arrivals++;
    this.line.push({ arrived: this.lane.now, began: NaN });
    this.present.set(this.lane.now, ++this.inside);
    if (this.free > 0) this.begin();
    else this.waiting.set(this.lane.now, this.line.length - this.head);
    this.lane.after(this.between(), this.arrival);
  }

  private begin(): void {
    const customer = this.line[this.head]!;
    if (++this.head === this.line.length) this.line.length = this.head = 0;
    customer.began = this.lane.now;
    this.waiting.set(this.lane.now, this.line.length - this.head);
    this.waits.push(customer.began - customer.arrived);
    this.free--;
    const handle = this.lane.events;
    this.served.set(handle, customer);
    this.lane.after(this.serving(), this.end, handle);
  }

  private leave(handle: number): void {
    const customer = this.served.get(handle)!;
    this.served.delete(handle);
    this.present.set(this.lane.now, --this.inside);
    this.stays.push(this.lane.now - customer.arrived);
    this.free++;
    if (this.head < this.line.length) this.begin();
  }
}

function drawn(spec: DistributionSpec, stream: Stream): () => number {
  const made = distribution(spec);
  return () => Math.round(made.quantile(stream.next()) * MICROS_PER_SECOND);
}
