/**
 * The frame-level mode: a pod in which every frame is an event at each bridge, switch and host that it passes. It is what
 * the formulas of models/broadcast are held against, and shares nothing with them but words. Guarantees that a station's
 * random numbers depend on its name alone, and that every frame sent is counted once.
 *
 * A frame goes from the station to the bridge of its host, which delivers what is for its own stations; to the switch, which
 * learns the sender's port and sends it on by its MAC table, or to all ports that carry the VLAN; to those hosts.
 * Left out: time on the wire, queues and losses.
 */
import { assert } from '../../base/assert.js';
import { microsOf, MICROS_PER_SECOND } from '../../base/units.js';
import type { EventKind, Lane } from '../../engine/lane.js';
import type { Stream, Streams } from '../../engine/streams.js';
import { FrameCounts } from './frame-counts.js';
import { EVERYBODY, FramePool, NOBODY, type Frame, type FrameType } from './frame-pool.js';
import { assertFramePod, type FramePodSpec, type StationSpec } from './frame-spec.js';
import { MacTable } from './mac-table.js';
import { NeighbourCache, RETRANS_MICROS, SOLICITS } from './neighbour-cache.js';

/** From one device to the next: short against everything that is counted. */
const HOP_MICROS = 5;

interface Station {
  readonly spec: StationSpec;
  readonly cache: NeighbourCache;
  readonly discovery: Stream;
  readonly contacts: Stream;
  readonly newPeers: Stream;
  readonly deadPeers: Stream;
  alive: boolean;
}

export class FramePod {
  readonly counts: FrameCounts;
  private readonly frames = new FramePool();
  private readonly macTable: MacTable;
  private readonly stations: Station[];
  /** By VLAN: the hosts whose ports carry it. */
  private readonly carriers: number[][] = [];
  private readonly atBridge: EventKind;
  private readonly atSwitch: EventKind;
  private readonly atHost: EventKind;
  private readonly neighbourTimer: EventKind;
  private readonly discover: EventKind;
  private readonly contact: EventKind;
  private readonly newPeer: EventKind;
  private readonly deadPeer: EventKind;
  private readonly solicitNobody: EventKind;

  constructor(
    private readonly lane: Lane,
    streams: Streams,
    private readonly spec: FramePodSpec,
  ) {
    assertFramePod(spec);
    this.counts = new FrameCounts(spec.hosts, spec.vlans);
    this.macTable = new MacTable(spec.macTable, microsOf(spec.macAgeingSeconds));
    this.atBridge = lane.register('frame at bridge', (frame) => this.bridge(frame));
    this.atSwitch = lane.register('frame at switch', (frame) => this.switchOn(frame));
    this.atHost = lane.register('frame at host', (frame, host) => this.receive(frame, host));
    this.neighbourTimer = lane.register('neighbour timer', (station, slot) => this.timerFired(station, slot));
    this.discover = lane.register('discovery', (station) => this.onDiscovery(station));
    this.contact = lane.register('contact', (station) => this.onContact(station));
    this.newPeer = lane.register('new peer', (station) => this.onNewPeer(station));
    this.deadPeer = lane.register('dead peer', (station) => this.onDeadPeer(station));
    this.solicitNobody = lane.register('solicit nobody', (station, left) => this.onSolicitNobody(station, left));
    this.stations = spec.stations.map((one, at) => this.station(one, at, streams));
    for (let vlan = 0; vlan < spec.vlans; vlan++) this.carriers.push(this.carriersOf(vlan));
    for (const [at, { spec: one, ...draws }] of this.stations.entries()) {
      this.next(this.discover, at, draws.discovery, one.discoveryFramesPerSecond);
      if (one.peers.length === 0) continue;
      this.next(this.contact, at, draws.contacts, one.peerContactsPerSecond * one.peers.length);
      this.next(this.newPeer, at, draws.newPeers, one.newPeersPerSecond);
      this.next(this.deadPeer, at, draws.deadPeers, one.deadPeersPerSecond);
    }
  }

  /** A VM stops without a word: from now on it sends and answers nothing. */
  stopStation(at: number): void {
    assert(this.stations[at]?.alive, () => `there is no station ${at} to stop`);
    this.stations[at]!.alive = false;
  }

  /** Frames between two devices at this moment. */
  get underWay(): number {
    return this.frames.underWay;
  }

  get macEntries(): number {
    return this.macTable.size;
  }

  private station(spec: StationSpec, at: number, streams: Streams): Station {
    const { lane } = this;
    const stream = (what: string): Stream => streams.stream(`frames/${spec.name}/${what}`);
    const reachable = stream('reachable');
    const cache = new NeighbourCache(spec.peers.length, spec.neighbours, {
      now: () => lane.now,
      draw: () => reachable.next(),
      ask: (slot, by) => this.ask(at, slot, by),
      send: (slot) => this.send(at, spec.peers[slot]!, 'data', slot, NOBODY),
      timer: (afterMicros, slot) => lane.after(Math.round(afterMicros), this.neighbourTimer, at, slot),
      cancel: (timer) => void lane.cancel(timer),
    });
    return {
      ...{ spec, cache, alive: true, discovery: stream('discovery'), contacts: stream('contacts') },
      ...{ newPeers: stream('new-peers'), deadPeers: stream('dead-peers') },
    };
  }

  private carriersOf(vlan: number): number[] {
    const members = new Set(this.spec.stations.filter((one) => one.vlan === vlan).map(({ host }) => host));
    const all = Array.from({ length: this.spec.hosts }, (_, host) => host);
    // A VLAN without a member is not active on the switch.
    return this.spec.trunks === 'unpruned' && members.size > 0 ? all : all.filter((host) => members.has(host));
  }

  /** The next event of a Poisson process of that rate. */
  private next(kind: EventKind, station: number, stream: Stream, perSecond: number): void {
    if (perSecond === 0) return;
    this.lane.after(Math.round((stream.exponential() / perSecond) * MICROS_PER_SECOND), kind, station);
  }

  private onDiscovery(at: number): void {
    const { spec, alive, discovery } = this.stations[at]!;
    if (!alive) return;
    this.counts.discoveries++;
    this.send(at, EVERYBODY, 'discovery', NOBODY, NOBODY);
    this.next(this.discover, at, discovery, spec.discoveryFramesPerSecond);
  }

  private onContact(at: number): void {
    const { spec, alive, cache, contacts } = this.stations[at]!;
    if (!alive) return;
    cache.contact(Math.floor(contacts.next() * spec.peers.length));
    this.next(this.contact, at, contacts, spec.peerContactsPerSecond * spec.peers.length);
  }

  private onNewPeer(at: number): void {
    const { spec, alive, cache, newPeers } = this.stations[at]!;
    if (!alive) return;
    const slot = Math.floor(newPeers.next() * spec.peers.length);
    cache.forget(slot);
    cache.contact(slot);
    this.next(this.newPeer, at, newPeers, spec.newPeersPerSecond);
  }

  private onDeadPeer(at: number): void {
    const { spec, alive, deadPeers } = this.stations[at]!;
    if (!alive) return;
    this.onSolicitNobody(at, SOLICITS);
    this.next(this.deadPeer, at, deadPeers, spec.deadPeersPerSecond);
  }

  private onSolicitNobody(at: number, left: number): void {
    if (!this.stations[at]!.alive) return;
    this.counts.requests++;
    this.send(at, EVERYBODY, 'request', NOBODY, NOBODY);
    if (left > 1) this.lane.after(RETRANS_MICROS, this.solicitNobody, at, left - 1);
  }

  private timerFired(at: number, slot: number): void {
    const { alive, cache } = this.stations[at]!;
    if (alive) cache.timerFired(slot);
  }

  private ask(at: number, slot: number, by: 'broadcast' | 'unicast'): void {
    const target = this.stations[at]!.spec.peers[slot]!;
    if (by === 'broadcast') this.counts.requests++;
    else this.counts.unicastRequests++;
    this.send(at, by === 'broadcast' ? EVERYBODY : target, 'request', slot, target);
  }

  private send(from: number, to: number, type: FrameType, slot: number, target: number): void {
    const { spec } = this.stations[from]!;
    if (to === EVERYBODY) this.counts.broadcasts[spec.vlan * this.spec.hosts + spec.host]!++;
    this.lane.after(HOP_MICROS, this.atBridge, this.frames.take(from, to, type, slot, target));
  }

  /** The bridge of the sender's host knows its own stations. */
  private bridge(number: number): void {
    const frame = this.frames.get(number);
    const { host } = this.spec.stations[frame.from]!;
    this.deliver(frame, host);
    if (frame.to !== EVERYBODY && this.spec.stations[frame.to]!.host === host) return this.frames.arrived(number);
    this.lane.after(HOP_MICROS, this.atSwitch, number);
  }

  private switchOn(number: number): void {
    const { lane, counts, macTable, frames } = this;
    const frame = frames.get(number);
    const { host: from, vlan } = this.spec.stations[frame.from]!;
    macTable.learn(frame.from, from, lane.now);
    const known = frame.to === EVERYBODY ? null : macTable.portOf(frame.to, lane.now);
    if (frame.type === 'data') counts.dataSwitched++;
    if (frame.to !== EVERYBODY && known === null) {
      if (frame.type === 'data') counts.dataFlooded++;
      else counts.othersFlooded++;
    }
    for (const host of known === null ? this.carriers[vlan]! : [known]) {
      if (host === from) continue;
      frame.copies++;
      lane.after(HOP_MICROS, this.atHost, number, host);
    }
    frames.arrived(number);
  }

  private receive(number: number, host: number): void {
    const frame = this.frames.get(number);
    if (frame.to === EVERYBODY) this.counts.received[host]!++;
    else if (this.spec.stations[frame.to]!.host !== host) this.counts.receivedInVain[host]!++;
    this.deliver(frame, host);
    this.frames.arrived(number);
  }

  /** To a host's stations; who is asked answers, who asked is told. */
  private deliver({ from, to, type, slot, target }: Frame, host: number): void {
    const receiver = this.stations[type === 'request' ? target : to];
    if (!receiver?.alive || receiver.spec.host !== host) return;
    if (type === 'request') this.send(target, from, 'reply', slot, NOBODY);
    else if (type === 'reply') receiver.cache.answered(slot);
  }
}
