/**
 * The agents of a zone's hosts and storage servers, simulated: an agent port on the plant. Guarantees the contract in the
 * header of control/ports.ts. A command arrives after the message's latency, meets what is true then, takes effect as
 * a whole after the modelled duration, and its report arrives after the latency again. Commands for different things run
 * side by side. A newer command for the same thing ends the one in progress, which is then as if it had never come: `superseded`.
 *
 * What an agent refuses at once (a VM that the host does not have, no room) and what needs no work takes no time. Nothing is
 * allocated for a command but its report.
 */
import {
  AGENT_REASONS,
  type AgentCommand,
  type AgentPort,
  type AgentReason,
  type InquiredState,
  type OutcomeReport,
} from '../../control/ports.js';
import type { Durations } from '../../datacenter/durations.js';
import type { Plant } from '../../datacenter/plant.js';
import { PHASES, type EventKind, type Handle, type Lane } from '../../engine/lane.js';
import { Desk } from './desk.js';
import { AgentMemory } from './agent-memory.js';
import type { Subjects } from './subjects.js';
import { Work, type Deed, type Inquiry } from './work.js';

/** Outcomes by code. */
const OUTCOMES: readonly (AgentReason | null)[] = [null, ...AGENT_REASONS];
const SUPERSEDED = OUTCOMES.indexOf('superseded');
const DONE = OUTCOMES.indexOf(null);

function isInquiry(command: AgentCommand): command is Inquiry {
  return command.kind === 'inquire-source' || command.kind === 'inquire-destination';
}

/** A migration is the hypervisor's job: its agent has its hands free meanwhile. */
function takesHand(command: AgentCommand): command is Extract<AgentCommand, { target: 'computing' }> {
  return command.target === 'computing' && command.kind !== 'migrate-vm';
}

export interface SimulatedAgentsPorts {
  lane: Lane;
  plant: Plant;
  durations: Durations;
  /** One-way delay of a message. */
  latencyMicros: number;
  /** Commands that an agent of hosts works on at once; further ones wait their turn. Absent: no limit. */
  atOnce?: number | null;
  /** Copies of templates and disks to storage servers, where they share the network; absent: each takes as long as alone. */
  copies?: Copies;
  /** Absent: VMs cannot be migrated, and agents say so. */
  migrations?: Migrations;
  /** Called when a report arrives at the plane. */
  deliver(report: OutcomeReport): void;
}

/** Live migrations in the plant. */
export interface Migrations {
  /** The migration's number. `done`: it runs there (null), or why it does not; perhaps before this returns. */
  start(command: Extract<AgentCommand, { kind: 'migrate-vm' }>, done: (failed: AgentReason | null) => void): number;
  /** Nothing to do where it has ended. */
  cancel(migration: number): void;
}

export interface Copies {
  /** From the zone's template store; the copy's number. */
  ofTemplate(server: number, bytes: number, done: () => void): number;
  /** From another storage server, or a host's own disk. */
  ofDisk(from: number, server: number, bytes: number, done: () => void): number;
  /** To another zone's disk. */
  toZone(command: Extract<AgentCommand, { kind: 'send-disk' }>, done: () => void): number;
  cancel(copy: number): void;
}

export class SimulatedAgents implements AgentPort {
  private readonly lane: Lane;
  private readonly plant: Plant;
  private readonly work: Work;
  private readonly latencyMicros: number;
  private readonly deliver: (report: OutcomeReport) => void;
  private readonly arriveKind: EventKind;
  private readonly effectKind: EventKind;
  private readonly reportKind: EventKind;
  private readonly memory: AgentMemory;
  private readonly desk: Desk | null;
  private readonly copies: Copies | null;
  private readonly migrations: Migrations | null;
  /** By slot, of those under way. */
  private readonly migrating = new Map<number, number>();
  private readonly copying = new Map<number, number>();
  /** Hosts whose agents neither hear nor answer. */
  private readonly silent = new Set<number>();
  // A slot for each command on its way, in progress or being answered.
  private readonly commands: (AgentCommand | null)[] = [];
  private readonly effects: Handle[] = [];
  private readonly outcomes: number[] = [];
  /** What an inquiry found. */
  private readonly states: InquiredState[] = [];
  private readonly freeSlots: number[] = [];

  constructor(ports: SimulatedAgentsPorts) {
    const { lane, plant, durations, latencyMicros, atOnce = null, copies = null } = ports;
    const { migrations = null, deliver } = ports;
    this.lane = lane;
    this.plant = plant;
    this.work = new Work(plant, durations);
    this.memory = new AgentMemory(plant.config.hosts.length);
    this.latencyMicros = latencyMicros;
    this.deliver = deliver;
    this.copies = copies;
    this.migrations = migrations;
    this.desk = atOnce === null ? null : new Desk(atOnce);
    // What is true at an instant is settled before the plane hears and does anything.
    this.arriveKind = lane.register('command-arrives', (slot) => this.arrive(slot), PHASES.message);
    this.effectKind = lane.register('command-takes-effect', (slot) => this.effect(slot), PHASES.message);
    this.reportKind = lane.register('report-arrives', (slot) => this.report(slot), PHASES.report);
  }

  /** Commands that are on their way, in progress, or whose report is on its way. */
  get pending(): number {
    return this.commands.length - this.freeSlots.length;
  }

  send(command: AgentCommand): void {
    const slot = this.freeSlots.pop() ?? this.commands.length;
    this.commands[slot] = command;
    this.lane.after(this.latencyMicros, this.arriveKind, slot);
  }

  /** The host's agent neither hears nor answers; what it is at goes on. */
  setSilent(host: number, silent: boolean): void {
    if (silent) this.silent.add(host);
    else this.silent.delete(host);
  }

  /** What is in progress on the host comes to nothing, and nobody is told; begun again, it is obeyed anew. */
  hostFailed(host: number): void {
    this.commands.forEach((command, slot) => {
      if (command?.target !== 'computing' || command.host !== host) return;
      const subjects = this.memory.subjectsOf(command);
      const subject = this.memory.subjectOf(command);
      if (subjects.executing[subject] !== slot) return;
      if (!this.migrating.delete(slot)) this.lane.cancel(this.effects[slot]!);
      subjects.executing[subject] = -1;
      subjects.newest[subject] = command.number - 1;
      this.release(slot);
      this.ended(command);
    });
  }

  private isSilent(command: AgentCommand): boolean {
    return command.target === 'computing' && this.silent.has(command.host);
  }

  private arrive(slot: number): void {
    const command = this.commands[slot]!;
    if (this.isSilent(command)) return this.release(slot);
    if (isInquiry(command)) this.answer(slot, command);
    else if (takesHand(command) && this.desk?.isFull(command.agent)) this.desk.queue(command.agent, slot);
    else this.take(slot);
  }

  /** What is so; nothing that is being done is disturbed, but what was commanded before and comes later is not obeyed. */
  private answer(slot: number, command: Inquiry): void {
    const subjects = this.memory.subjectsOf(command);
    const subject = this.memory.subjectOf(command);
    subjects.newest[subject] = Math.max(subjects.newest[subject]!, command.number);
    const sending = subjects.executing[subject]!;
    const isSending = sending >= 0 && this.migrating.has(sending);
    const state = this.work.stateOf(command);
    this.states[slot] = state === 'running' && isSending ? 'sending' : state;
    this.reply(slot, DONE);
  }

  private take(slot: number): void {
    const command = this.commands[slot]! as Deed;
    const subjects = this.memory.subjectsOf(command);
    const subject = this.memory.subjectOf(command);
    const newest = subjects.newest[subject]!;
    const executing = subjects.executing[subject]!;
    if (command.number < newest) return this.reply(slot, SUPERSEDED);
    if (command.number === newest) {
      // In progress: its end answers this delivery, too.
      if (executing >= 0) return this.release(slot);
      return this.reply(slot, subjects.outcome[subject]);
    }
    if (executing >= 0) this.abandon(executing);
    subjects.newest[subject] = command.number;
    this.begin(slot, command, subjects, subject);
  }

  private begin(slot: number, command: Deed, subjects: Subjects, subject: number): void {
    const begun = this.work.begin(command, subjects, subject);
    if (typeof begun === 'number') {
      subjects.executing[subject] = slot;
      if (takesHand(command)) this.desk?.begun(command.agent);
      this.goOn(slot, command, begun);
    } else this.end(slot, begun);
  }

  private effect(slot: number): void {
    const command = this.commands[slot]! as Deed;
    this.end(slot, this.work.effect(command));
    this.ended(command);
  }

  /** A newer command for the same thing has come: what this one has begun is undone. */
  private abandon(slot: number): void {
    const command = this.commands[slot]!;
    const copy = this.copying.get(slot);
    const migration = this.migrating.get(slot);
    this.migrating.delete(slot);
    if (migration !== undefined) this.migrations!.cancel(migration);
    else if (copy === undefined) this.lane.cancel(this.effects[slot]!);
    else this.copies!.cancel(copy);
    this.copying.delete(slot);
    this.work.undo(command);
    this.memory.subjectsOf(command).executing[this.memory.subjectOf(command)] = -1;
    this.reply(slot, SUPERSEDED);
    this.ended(command);
  }

  /** Alone, the rest takes so many microseconds. */
  private goOn(slot: number, command: Deed, micros: number): void {
    const { copies } = this;
    if (command.kind === 'migrate-vm') return this.migrate(slot, command);
    const isCopy = command.kind === 'copy-template' || command.kind === 'copy-disk' || command.kind === 'send-disk';
    if (!isCopy || copies === null) {
      this.effects[slot] = this.lane.after(micros, this.effectKind, slot);
      return;
    }
    const done = (): void => {
      this.copying.delete(slot);
      this.effect(slot);
    };
    this.copying.set(slot, begun(copies, command, done));
  }

  private migrate(slot: number, command: Extract<AgentCommand, { kind: 'migrate-vm' }>): void {
    const { migrations } = this;
    if (migrations === null) return this.end(slot, 'refused');
    let ended = false;
    const id = migrations.start(command, (failed) => {
      ended = true;
      this.migrating.delete(slot);
      this.end(slot, failed);
    });
    if (!ended) this.migrating.set(slot, id);
  }

  /** What was in progress is not any more: the agent takes what waits. */
  private ended(command: AgentCommand): void {
    if (!this.desk || !takesHand(command)) return;
    this.desk.ended(command.agent);
    while (!this.desk.isFull(command.agent)) {
      const next = this.desk.next(command.agent);
      if (next === undefined) return;
      this.take(next);
    }
  }

  private end(slot: number, failed: AgentReason | null): void {
    const command = this.commands[slot]!;
    const subjects = this.memory.subjectsOf(command);
    const subject = this.memory.subjectOf(command);
    const outcome = OUTCOMES.indexOf(failed);
    subjects.executing[subject] = -1;
    subjects.outcome[subject] = outcome;
    this.reply(slot, outcome);
  }

  private reply(slot: number, outcome: number): void {
    this.outcomes[slot] = outcome;
    this.lane.after(this.latencyMicros, this.reportKind, slot);
  }

  private report(slot: number): void {
    const command = this.commands[slot]!;
    if (this.isSilent(command)) return this.release(slot);
    const failed = OUTCOMES[this.outcomes[slot]!]!;
    this.release(slot);
    const report: OutcomeReport = { kind: 'outcome', command: command.number, failed };
    if (isInquiry(command)) report.vmState = this.states[slot]!;
    if (command.kind === 'open-console') {
      const port = this.plant.consoles.portOf(command.vm);
      if (port !== undefined) report.port = port;
    }
    this.deliver(report);
  }

  private release(slot: number): void {
    this.commands[slot] = null;
    this.freeSlots.push(slot);
  }
}

function begun(
  copies: Copies,
  command: Extract<AgentCommand, { kind: 'copy-template' | 'copy-disk' | 'send-disk' }>,
  done: () => void,
): number {
  switch (command.kind) {
    case 'copy-template':
      return copies.ofTemplate(command.server, command.bytes, done);
    case 'copy-disk':
      return copies.ofDisk(command.from.server, command.server, command.bytes, done);
    case 'send-disk':
      return copies.toZone(command, done);
  }
}
