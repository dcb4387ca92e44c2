/**
 * What a zone's plane and other zones' planes say to each other: commands as requests, answered with how those end, a message's time
 * later. Guarantees that a command which comes again is not obeyed again: it is answered as the first one was.
 */
import type { Transaction } from '../control/history.js';
import type { OutcomeReport, PeerCommand, PlacedDisk, PlaneCommand, Reason, Request } from '../control/ports.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';

type FromPeer = Extract<PlaneCommand, { from: string }>;

export interface ZonePeersPorts {
  readonly lane: Lane;
  readonly latencyMicros: number;
  /** Of another zone, by its name. */
  peerOf(zone: string): ZonePeers;
  /** To this zone's plane. */
  submit(request: Request): void;
  ref(): number;
  report(report: OutcomeReport): void;
}

interface Known {
  readonly command: FromPeer;
  /** null: not ended. */
  answer: OutcomeReport | null;
}

export class ZonePeers {
  private readonly commandKind: EventKind;
  private readonly answerKind: EventKind;
  /** On their way here, or here, by the events that bring them. */
  private readonly commands: FromPeer[] = [];
  private readonly answers: OutcomeReport[] = [];
  private readonly known = new Map<string, Known>();
  private readonly byRef = new Map<number, Known>();
  /** Where the disks of admitted VMs go, by the requests that they were admitted by. */
  private readonly places = new Map<number, PlacedDisk>();

  constructor(private readonly ports: ZonePeersPorts) {
    const { lane } = ports;
    this.commandKind = lane.register('peer-commands', (at) => this.obey(this.commands[at]!), PHASES.message);
    this.answerKind = lane.register('peer-answers', (at) => ports.report(this.answers[at]!), PHASES.report);
  }

  /** To the plane of the zone that it names. */
  tell(command: FromPeer): void {
    const { lane, latencyMicros, peerOf } = this.ports;
    const peer = peerOf(command.zone);
    peer.commands.push(command);
    lane.post(peer.ports.lane, lane.now + latencyMicros, peer.commandKind, peer.commands.length - 1);
  }

  observe(tx: Transaction): void {
    if (tx.kind === 'vm-admitted') {
      const { request, disk, server } = tx;
      if (disk !== null && server !== null) this.places.set(request, { disk, server });
    } else if (tx.kind === 'request-ended') this.ended(tx.ref, tx.request, tx.outcome === 'done', tx.reason);
  }

  private obey(command: FromPeer): void {
    const key = `${command.from} ${command.number}`;
    const before = this.known.get(key);
    if (before !== undefined) {
      if (before.answer !== null) this.answer(before);
      return;
    }
    const known: Known = { command, answer: null };
    const ref = this.ports.ref();
    this.known.set(key, known);
    this.byRef.set(ref, known);
    this.ports.submit(requestOf(command, ref));
  }

  private ended(ref: number, request: number, done: boolean, reason: Reason | null): void {
    const known = this.byRef.get(ref);
    if (known === undefined) return;
    this.byRef.delete(ref);
    const place = this.places.get(request);
    known.answer = {
      ...{ kind: 'outcome', command: known.command.number, failed: done ? null : 'refused' },
      ...(place === undefined ? {} : { place }),
      ...(reason === null ? {} : { reason }),
    };
    this.answer(known);
  }

  private answer({ command, answer }: Known): void {
    const { lane, latencyMicros, peerOf } = this.ports;
    const peer = peerOf(command.from);
    peer.answers.push(answer!);
    lane.post(peer.ports.lane, lane.now + latencyMicros, peer.answerKind, peer.answers.length - 1);
  }
}

function requestOf(command: PeerCommand, ref: number): Request {
  const { from, migration } = command;
  switch (command.kind) {
    case 'offer-vm': {
      const { account, vm, offering, cpuMillis, memoryBytes, diskBytes, localDisk, networks } = command;
      const what = { account, vm, offering, cpuMillis, memoryBytes, diskBytes, localDisk, networks };
      return { kind: 'admit-vm', ref, from, migration, ...what };
    }
    case 'hand-over-vm':
      return { kind: 'take-vm', ref, from, migration };
    case 'withdraw-vm':
      return { kind: 'withdraw-vm', ref, from, migration };
  }
}
