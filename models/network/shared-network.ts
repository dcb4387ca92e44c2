/**
 * Finite transfers that share links: at every instant each gets its max-min fair rate, and each ends when its bits are sent.
 *
 *   x_f = r_f + y_f      y_f = w_f min over l on f of level_l      sum of x_f on l <= C_l, with equality where level_l is finite
 *   bits_f = integral of x_f from its start to its end [s]
 *
 *   x_f  rate of flow f [bits per second]      w_f  its weight      r_f  what is reserved for it (below)      C_l  capacity of link l
 *   level_l  what a unit of weight gets on link l; infinite where the link is not full
 *
 * A cap d_f is a link of the flow's own with capacity d_f. A guarantee g_f is reserved first: r_f = g_f times the least over the
 * flow's links (its cap among them) of min(1, C_l / G_l), G_l the sum of g on l, so that promises beyond a link's capacity are scaled
 * down alike; what is not reserved is shared by weight among all, those with a guarantee too. A link that a path names
 * twice counts once. Capacities, caps and levels may be 0: flows stall then, and end never unless that changes. A flow
 * without links and cap ends as it starts, as does one of no bits.
 *
 * Source: definition of weighted max-min fairness (Bertsekas and Gallager, Data Networks, 1992, section 6.5); held against SimGrid 3.32's
 * answers (1,000 flows), and against max-min.ts on random networks.
 * Valid range: C_l >= 0 and finite, w_f > 0, bits_f >= 0; long transfers: rates follow changes at once.
 * Ignored: latency, slow start and other transients, losses, unfairness between round-trip times, packets and their headers.
 *
 * Knows no clock and no queue of events: exact float seconds in, exact float seconds out. Times never fall, but for
 * what rounding to a microsecond does: a call may come that much before what has been advanced to, and counts as then. Round
 * when to wake only: where `nextEndSeconds` lies just after a wake-up that was rounded down, call `advance(nextEndSeconds)`.
 * Guarantees: the same calls give the same numbers; rates are solved once for all changes of an instant, when they are asked for or
 * time goes on (so that to ask between two changes of one instant may move the last bit, to ask after them does not).
 */
import { assert } from '../../sim/base/assert.js';
import { FlowNumbers } from './transfers/flow-numbers.js';
import { grownFloats, grownInts } from './transfers/grown.js';
import { Guarantees } from './transfers/guarantees.js';
import { QuietLinks } from './transfers/quiet-links.js';
import { Solver } from './transfers/solver.js';
import { Traffic } from './transfers/traffic.js';
import { TUNING, type Tuning } from './transfers/tuning.js';

export interface FlowRequest {
  /** Numbers of links, as `addLink` gave them. */
  readonly links: readonly number[];
  readonly bits: number;
  /** Default 1. */
  readonly weight?: number;
  /** Default: none but the links'. */
  readonly capBitsPerSecond?: number;
  /** Default 0. */
  readonly guaranteedBitsPerSecond?: number;
}

export interface EndedFlow {
  readonly id: number;
  /** Exact, not rounded to any tick. */
  readonly endSeconds: number;
}

/** Ends this close are one: the difference is rounding. */
const TOGETHER_SECONDS = 1e-12;
const TOGETHER_RATIO = 1e-15;
const TICK_SECONDS = 1e-6;
const NO_CAP = -1;

export class SharedNetwork {
  private readonly traffic = new Traffic();
  private readonly solver: Solver;
  private readonly quiet: QuietLinks;
  private readonly guarantees = new Guarantees(this.traffic);
  private readonly numbers = new FlowNumbers();

  private clock = 0;
  /** Changes since rates were solved. */
  private changed = false;
  /** Ends that other calls than `advance` came upon. */
  private finished: EndedFlow[] = [];
  private active = 0;
  /** By flow. */
  private bits = new Float64Array(64);
  private caps = new Int32Array(64);
  /** By link: of flows that are gone. */
  private carried = new Float64Array(16);
  /** Links of caps, to use again. */
  private readonly unusedCaps: number[] = [];
  private path = new Int32Array(16);

  constructor(capacitiesBitsPerSecond: ArrayLike<number> = [], tuning: Tuning = TUNING) {
    this.solver = new Solver(this.traffic.levels, tuning);
    this.quiet = new QuietLinks(this.traffic, tuning);
    for (let link = 0; link < capacitiesBitsPerSecond.length; link++) this.addLink(capacitiesBitsPerSecond[link]!);
  }

  /** The link's number: 0, 1, 2 ... for those of the constructor; later ones may leave gaps. */
  addLink(bitsPerSecond: number): number {
    checkCapacity(bitsPerSecond);
    const link = this.traffic.addLink(bitsPerSecond);
    this.carried = grownFloats(this.carried, link + 1);
    return link;
  }

  setCapacity(atSeconds: number, link: number, bitsPerSecond: number): void {
    checkCapacity(bitsPerSecond);
    this.moveTo(atSeconds);
    if (this.traffic.capacity[link] === bitsPerSecond) return;
    this.quiet.admit(link, this.clock);
    this.traffic.capacity[link] = bitsPerSecond;
    this.guarantees.refresh(link);
    this.changed = true;
  }

  /** The flow's number, until its end was given out by `advance` or it was cancelled. */
  start(atSeconds: number, request: FlowRequest): number {
    const { links, bits, weight = 1, capBitsPerSecond, guaranteedBitsPerSecond = 0 } = request;
    assert(bits >= 0 && bits < Infinity, () => `a flow of ${bits} bits`);
    assert(weight > 0 && weight < Infinity, () => `a flow of weight ${weight}`);
    assert(guaranteedBitsPerSecond >= 0, () => `a guarantee of ${guaranteedBitsPerSecond} bits per second`);
    this.moveTo(atSeconds);
    const flow = this.numbers.take();
    this.bits = grownFloats(this.bits, flow + 1);
    this.caps = grownInts(this.caps, flow + 1);
    this.bits[flow] = bits;
    this.active++;
    const cap =
      capBitsPerSecond === undefined || capBitsPerSecond === Infinity ? NO_CAP : this.capLink(capBitsPerSecond);
    this.caps[flow] = cap;
    const length = this.gatherPath(links, cap);
    this.traffic.paths.attach(flow, this.path, length);
    if (bits === 0 || length === 0) this.finish(flow, this.clock);
    else {
      this.traffic.enter(flow, weight, guaranteedBitsPerSecond, bits, this.clock);
      this.guarantees.joined(flow);
      this.quiet.started(flow);
      this.changed = true;
    }
    return this.numbers.numberOf(flow);
  }

  /** Of a flow that was started with a cap. */
  setCap(atSeconds: number, id: number, bitsPerSecond: number): void {
    const cap = this.caps[this.numbers.slotOf(id)]!;
    assert(cap !== NO_CAP, () => `flow ${id} was started without a cap`);
    this.setCapacity(atSeconds, cap, bitsPerSecond);
  }

  /** What it had not sent; its end is not given out. */
  cancel(atSeconds: number, id: number): number {
    const flow = this.numbers.slotOf(id);
    this.moveTo(atSeconds);
    const left = this.leftOf(flow, this.clock);
    if (this.traffic.bundles[flow]! >= 0) this.remove(flow, left);
    else this.finished = this.finished.filter((ended) => ended.id !== id);
    this.forget(flow);
    return left;
  }

  /** When the next flow ends, if nothing changes before; Infinity: none does. */
  get nextEndSeconds(): number {
    this.settle();
    let next = this.traffic.ends.leastKey;
    for (const { endSeconds } of this.finished) next = Math.min(next, endSeconds);
    return next;
  }

  /** Flows that have ended up to then and were not given out yet, in the order (end, number). */
  advance(toSeconds: number): EndedFlow[] {
    assert(toSeconds >= this.clock - TICK_SECONDS, () => `time falls from ${this.clock} s to ${toSeconds} s`);
    this.endUntil(Math.max(this.clock, toSeconds));
    const due = this.finished;
    this.finished = [];
    for (const { id } of due) this.forget(this.numbers.slotOf(id));
    if (due.length > 1) due.sort((a, b) => a.endSeconds - b.endSeconds || a.id - b.id);
    return due;
  }

  /** Flows that have been started and neither given out nor cancelled. */
  get activeCount(): number {
    return this.active;
  }

  /** Bits per second. */
  rateOf(id: number): number {
    this.settle();
    const flow = this.numbers.slotOf(id);
    return this.traffic.bundles[flow]! >= 0 ? this.traffic.rateOf(flow) : 0;
  }

  /** Between now and the next change. */
  bitsLeft(id: number, atSeconds: number): number {
    this.settle();
    return this.leftOf(this.numbers.slotOf(id), Math.max(this.clock, atSeconds));
  }

  /** Bits per second, of all its flows. */
  linkRate(link: number): number {
    this.settle();
    const { members, counts } = this.traffic.paths;
    let rate = 0;
    for (let at = 0; at < counts[link]!; at++) rate += this.traffic.rateOf(members[link]![at]!);
    return rate;
  }

  /** Bits that all its flows have sent since the network began. */
  linkBitsUntil(link: number, atSeconds: number): number {
    this.settle();
    const { members, counts } = this.traffic.paths;
    let bits = this.carried[link]!;
    for (let at = 0; at < counts[link]!; at++) {
      const flow = members[link]![at]!;
      bits += this.bits[flow]! - this.leftOf(flow, Math.max(this.clock, atSeconds));
    }
    return bits;
  }

  private leftOf(flow: number, atSeconds: number): number {
    return this.traffic.bundles[flow]! >= 0 ? this.traffic.bitsLeft(flow, atSeconds) : 0;
  }

  /** What ends before is put aside for the next `advance`. */
  private moveTo(atSeconds: number): void {
    assert(atSeconds >= this.clock - TICK_SECONDS, () => `time falls from ${this.clock} s to ${atSeconds} s`);
    if (atSeconds > this.clock) this.endUntil(atSeconds);
  }

  private endUntil(toSeconds: number): void {
    for (;;) {
      this.settle();
      const next = this.traffic.ends.leastKey;
      if (next > toSeconds) break;
      this.clock = Math.max(this.clock, next);
      this.endFlows(next);
    }
    this.clock = toSeconds;
  }

  /** All that end at `end`, within rounding. */
  private endFlows(end: number): void {
    const { ends, queues } = this.traffic;
    const last = end + TOGETHER_SECONDS + end * TOGETHER_RATIO;
    while (ends.leastKey <= last) {
      const bundle = ends.least;
      this.finish(queues.firsts[bundle]!, end);
      if (queues.counts[bundle]! > 0) ends.set(bundle, this.traffic.endOf(bundle));
    }
  }

  private finish(flow: number, endSeconds: number): void {
    this.remove(flow, 0);
    this.finished.push({ id: this.numbers.numberOf(flow), endSeconds });
  }

  /** From its links; its number stays. */
  private remove(flow: number, bitsLeft: number): void {
    const { traffic, carried } = this;
    const { links, first, lengths } = traffic.paths;
    const length = lengths[flow]!;
    const sent = Math.max(0, this.bits[flow]! - bitsLeft);
    for (let at = 0; at < length; at++) {
      this.path[at] = links[first[flow]! + at]!;
      carried[this.path[at]!]! += sent;
    }
    traffic.paths.detach(flow);
    if (traffic.bundles.length > flow && traffic.bundles[flow]! >= 0) {
      traffic.leave(flow);
      this.guarantees.left(flow, this.path, length);
    }
    this.changed = true;
  }

  private forget(flow: number): void {
    const cap = this.caps[flow]!;
    if (cap !== NO_CAP) this.unusedCaps.push(cap);
    this.numbers.release(flow);
    this.active--;
  }

  /** Rates for all that has changed, from now on. */
  private settle(): void {
    if (!this.changed) return;
    this.changed = false;
    const { traffic, clock } = this;
    const { levels } = traffic;
    let all = this.solver.solve();
    while (this.quiet.check(all, clock)) all = this.solver.solve() || all;
    if (all) traffic.adoptAll(clock);
    else this.adoptTouched();
    levels.untouchAll();
    this.quiet.look(this.solver.work, clock);
    // Bundles that it made or changed.
    this.adoptTouched();
    levels.untouchAll();
  }

  private adoptTouched(): void {
    const { touched, touchedCount } = this.traffic.levels;
    for (let at = 0; at < touchedCount; at++) this.adopt(touched[at]!);
  }

  private adopt(bundle: number): void {
    const { traffic } = this;
    if (traffic.levels.weight[bundle] === 0) return;
    traffic.adopt(bundle, this.clock);
    traffic.ends.set(bundle, traffic.endOf(bundle));
  }

  /** Ascending, each once, in `path`. */
  private gatherPath(links: readonly number[], cap: number): number {
    this.path = grownInts(this.path, links.length + 1);
    const { path } = this;
    let length = 0;
    for (let index = 0; index <= links.length; index++) {
      const link = index < links.length ? links[index]! : cap;
      if (link === NO_CAP && index === links.length) break;
      assert(link >= 0 && link < this.traffic.paths.members.length, () => `there is no link ${link}`);
      let at = length;
      while (at > 0 && path[at - 1]! > link) at--;
      if (at > 0 && path[at - 1] === link) continue;
      for (let shifted = length++; shifted > at; shifted--) path[shifted] = path[shifted - 1]!;
      path[at] = link;
    }
    return length;
  }

  private capLink(bitsPerSecond: number): number {
    const unused = this.unusedCaps.pop();
    if (unused === undefined) return this.addLink(bitsPerSecond);
    this.quiet.admit(unused, this.clock);
    checkCapacity(bitsPerSecond);
    this.traffic.capacity[unused] = bitsPerSecond;
    this.guarantees.refresh(unused);
    return unused;
  }
}

function checkCapacity(bitsPerSecond: number): void {
  assert(bitsPerSecond >= 0 && bitsPerSecond < Infinity, () => `a capacity of ${bitsPerSecond} bits per second`);
}
