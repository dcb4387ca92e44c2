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
  type OutcomeReport,
} from '../../control/ports.js';
import type { Durations } from '../../datacenter/durations.js';
import type { Plant } from '../../datacenter/plant.js';
import { PHASES, type EventKind, type Handle, type Lane } from '../../engine/lane.js';
import { Desk } from './desk.js';
import { Subjects } from './subjects.js';
import { Work } from './work.js';

/** Outcomes by code. */
const OUTCOMES: readonly (AgentReason | null)[] = [null, ...AGENT_REASONS];
const SUPERSEDED = OUTCOMES.indexOf('superseded');

export interface SimulatedAgentsPorts {
  lane: Lane;
  plant: Plant;
  durations: Durations;
  /** One-way delay of a message. */
  latencyMicros: number;
  /** Commands that an agent of hosts works on at once; further ones wait their turn. Absent: no limit. */
  atOnce?: number | null;
  /** Copies of templates to storage servers, where they share the network; absent: each takes as long as alone. */
  templateCopies?: TemplateCopies;
  /** Called when a report arrives at the plane. */
  deliver(report: OutcomeReport): void;
}

export interface TemplateCopies {
  /** From the zone's template store; the copy's number. */
  start(server: number, bytes: number, done: () => void): number;
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
  private readonly vms = new Subjects();
  private readonly disks = new Subjects();
  private readonly nics = new Subjects();
  private readonly copies = new Subjects();
  private readonly snapshots = new Subjects();
  private readonly rules = new Subjects();
  /** Number of each (guest network, host) that had a virtual NIC. */
  private readonly nicNumbers = new Map<number, number>();
  private readonly desk: Desk | null;
  private readonly templateCopies: TemplateCopies | null;
  /** By slot, of those under way. */
  private readonly copying = new Map<number, number>();
  // A slot for each command on its way, in progress or being answered.
  private readonly commands: (AgentCommand | null)[] = [];
  private readonly effects: Handle[] = [];
  private readonly outcomes: number[] = [];
  private readonly freeSlots: number[] = [];

  constructor(ports: SimulatedAgentsPorts) {
    const { lane, plant, durations, latencyMicros, atOnce = null, templateCopies = null, deliver } = ports;
    this.lane = lane;
    this.plant = plant;
    this.work = new Work(plant, durations);
    this.latencyMicros = latencyMicros;
    this.deliver = deliver;
    this.templateCopies = templateCopies;
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

  private arrive(slot: number): void {
    const command = this.commands[slot]!;
    if (command.target === 'computing' && this.desk?.isFull(command.agent)) this.desk.queue(command.agent, slot);
    else this.take(slot);
  }

  private take(slot: number): void {
    const command = this.commands[slot]!;
    const subjects = this.subjectsOf(command);
    const subject = this.subjectOf(command);
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

  private begin(slot: number, command: AgentCommand, subjects: Subjects, subject: number): void {
    const begun = this.work.begin(command, subjects, subject);
    if (typeof begun === 'number') {
      subjects.executing[subject] = slot;
      if (command.target === 'computing') this.desk?.begun(command.agent);
      this.goOn(slot, command, begun);
    } else this.end(slot, begun);
  }

  private effect(slot: number): void {
    const command = this.commands[slot]!;
    this.end(slot, this.work.effect(command));
    this.ended(command);
  }

  /** A newer command for the same thing has come: what this one has begun is undone. */
  private abandon(slot: number): void {
    const command = this.commands[slot]!;
    const copy = this.copying.get(slot);
    if (copy === undefined) this.lane.cancel(this.effects[slot]!);
    else this.templateCopies!.cancel(copy);
    this.copying.delete(slot);
    this.work.undo(command);
    this.subjectsOf(command).executing[this.subjectOf(command)] = -1;
    this.reply(slot, SUPERSEDED);
    this.ended(command);
  }

  /** Alone, the rest takes so many microseconds. */
  private goOn(slot: number, command: AgentCommand, micros: number): void {
    const { templateCopies } = this;
    if (command.kind !== 'copy-template' || templateCopies === null) {
      this.effects[slot] = this.lane.after(micros, this.effectKind, slot);
      return;
    }
    const done = (): void => {
      this.copying.delete(slot);
      this.effect(slot);
    };
    this.copying.set(slot, templateCopies.start(command.server, command.bytes, done));
  }

  /** What was in progress is not any more: the agent takes what waits. */
  private ended(command: AgentCommand): void {
    if (!this.desk || command.target !== 'computing') return;
    this.desk.ended(command.agent);
    while (!this.desk.isFull(command.agent)) {
      const next = this.desk.next(command.agent);
      if (next === undefined) return;
      this.take(next);
    }
  }

  private end(slot: number, failed: AgentReason | null): void {
    const command = this.commands[slot]!;
    const subjects = this.subjectsOf(command);
    const subject = this.subjectOf(command);
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
    const failed = OUTCOMES[this.outcomes[slot]!]!;
    this.release(slot);
    const report: OutcomeReport = { kind: 'outcome', command: command.number, failed };
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

  private subjectsOf({ kind }: AgentCommand): Subjects {
    switch (kind) {
      case 'create-disk':
      case 'destroy-disk':
        return this.disks;
      case 'copy-template':
      case 'remove-template':
        return this.copies;
      case 'create-snapshot':
      case 'destroy-snapshot':
      case 'revert-disk':
        return this.snapshots;
      case 'add-nic':
      case 'remove-nic':
        return this.nics;
      case 'add-rule':
      case 'remove-rule':
        return this.rules;
      default:
        return this.vms;
    }
  }

  /** The command's thing, by its number. */
  private subjectOf(command: AgentCommand): number {
    switch (command.kind) {
      case 'create-disk':
      case 'destroy-disk':
        return this.disks.reach(command.disk);
      case 'copy-template':
      case 'remove-template':
        return this.copies.reach(command.copy);
      case 'create-snapshot':
      case 'destroy-snapshot':
      case 'revert-disk':
        return this.snapshots.reach(command.snapshot);
      case 'add-nic':
      case 'remove-nic':
        return this.nicNumber(command.network, command.host);
      case 'add-rule':
      case 'remove-rule':
        return this.rules.reach(command.rule);
      default:
        return this.vms.reach(command.vm);
    }
  }

  private nicNumber(network: number, host: number): number {
    const key = network * this.plant.config.hosts.length + host;
    let number = this.nicNumbers.get(key);
    if (number === undefined) {
      number = this.nicNumbers.size;
      this.nicNumbers.set(key, number);
      this.nics.reach(number);
    }
    return number;
  }
}
