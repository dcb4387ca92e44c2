/**
 * The agents of a zone's hosts and storage servers, simulated: an agent port on the plant. Guarantees the contract in the
 * header of control/ports.ts. A command arrives after the message's latency, meets what is true then, takes effect as
 * a whole after the modelled duration, and its report arrives after the latency again. Commands for different things run
 * side by side. A newer command for the same thing ends the one in progress, which is then as if it had never come: `superseded`.
 *
 * What an agent refuses at once (a VM that the host does not have, no room) and what needs no work takes no time. Nothing is
 * allocated for a command but its report.
 */
import { unreachable } from '../../base/assert.js';
import type { AgentPort, AgentReason, ComputingCommand, OutcomeReport, StorageCommand } from '../../control/ports.js';
import type { Durations } from '../../datacenter/durations.js';
import type { Plant } from '../../datacenter/plant.js';
import { PHASES, type EventKind, type Handle, type Lane } from '../../engine/lane.js';
import { Subjects } from './subjects.js';

type AgentCommand = ComputingCommand | StorageCommand;

/** Outcomes by code. */
const OUTCOMES: readonly (AgentReason | null)[] = [
  null,
  'no-such-vm',
  'no-such-disk',
  'no-such-nic',
  'no-room',
  'in-use',
  'superseded',
  'refused',
  'hypervisor-error',
];
const SUPERSEDED = OUTCOMES.indexOf('superseded');

export interface SimulatedAgentsPorts {
  lane: Lane;
  plant: Plant;
  durations: Durations;
  /** One-way delay of a message. */
  latencyMicros: number;
  /** Called when a report arrives at the plane. */
  deliver(report: OutcomeReport): void;
}

export class SimulatedAgents implements AgentPort {
  private readonly lane: Lane;
  private readonly plant: Plant;
  private readonly durations: Durations;
  private readonly latencyMicros: number;
  private readonly deliver: (report: OutcomeReport) => void;
  private readonly arriveKind: EventKind;
  private readonly effectKind: EventKind;
  private readonly reportKind: EventKind;
  private readonly vms = new Subjects();
  private readonly disks = new Subjects();
  private readonly nics = new Subjects();
  /** Number of each (guest network, host) that had a virtual NIC. */
  private readonly nicNumbers = new Map<number, number>();
  // A slot for each command on its way, in progress or being answered.
  private readonly commands: (AgentCommand | null)[] = [];
  private readonly effects: Handle[] = [];
  private readonly outcomes: number[] = [];
  private readonly freeSlots: number[] = [];

  constructor({ lane, plant, durations, latencyMicros, deliver }: SimulatedAgentsPorts) {
    this.lane = lane;
    this.plant = plant;
    this.durations = durations;
    this.latencyMicros = latencyMicros;
    this.deliver = deliver;
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

  /** What a command does at once, and how long the rest of it takes. */
  private begin(slot: number, command: AgentCommand, subjects: Subjects, subject: number): void {
    const { plant, durations } = this;
    switch (command.kind) {
      case 'start-vm': {
        if (plant.runs(command)) return this.end(slot, null);
        const failed = plant.beginStart(command);
        if (failed !== null) return this.end(slot, failed);
        return this.effectAfter(slot, durations.bootMicros(command.vm, ++subjects.boots[subject]));
      }
      case 'stop-vm':
        if (!plant.domainOn(command.host, command.vm)) return this.end(slot, null);
        return this.effectAfter(slot, durations.shutdownMicros(command.vm, ++subjects.shutdowns[subject]));
      case 'reboot-vm':
        if (!plant.domainOn(command.host, command.vm)) return this.end(slot, 'no-such-vm');
        return this.effectAfter(
          slot,
          durations.rebootMicros(command.vm, ++subjects.shutdowns[subject], ++subjects.boots[subject]),
        );
      case 'create-disk': {
        const { server, disk, bytes } = command;
        const there = plant.storage.disk(disk);
        if (there?.server === server && there.bytes === bytes) return this.end(slot, null);
        const failed = plant.storage.begin(server, disk, bytes);
        if (failed !== null) return this.end(slot, failed);
        return this.effectAfter(slot, durations.createDiskMicros(disk, ++subjects.boots[subject], bytes));
      }
      case 'destroy-disk':
        return this.effectAfter(slot, durations.destroyDiskMicros);
      case 'mount-disk':
        return this.effectAfter(slot, durations.mountMicros);
      case 'dismount-disk':
        return this.effectAfter(slot, durations.dismountMicros);
      case 'add-nic':
        return this.effectAfter(slot, durations.addNicMicros);
      case 'remove-nic':
        return this.effectAfter(slot, durations.removeNicMicros);
      default:
        return unreachable(command, 'begin');
    }
  }

  private effect(slot: number): void {
    const command = this.commands[slot]!;
    const { plant } = this;
    switch (command.kind) {
      case 'start-vm':
        plant.finishStart(command.vm);
        return this.end(slot, null);
      case 'stop-vm':
        plant.remove(command.host, command.vm);
        return this.end(slot, null);
      case 'reboot-vm':
        return this.end(slot, null);
      case 'create-disk':
        plant.storage.finish(command.disk);
        return this.end(slot, null);
      case 'destroy-disk':
        return this.end(slot, plant.storage.destroy(command.server, command.disk));
      case 'mount-disk':
        return this.end(slot, plant.mount(command.host, command.vm, command.disk, command.server));
      case 'dismount-disk':
        return this.end(slot, plant.dismount(command.host, command.vm, command.disk));
      case 'add-nic': {
        const { host, network, vlan, node, memoryBytes } = command;
        return this.end(slot, plant.bridges.add(host, network, vlan, node, memoryBytes));
      }
      case 'remove-nic':
        return this.end(slot, plant.bridges.remove(command.host, command.network));
      default:
        return unreachable(command, 'effect');
    }
  }

  /** A newer command for the same thing has come: what this one has begun is undone. */
  private abandon(slot: number): void {
    const command = this.commands[slot]!;
    this.lane.cancel(this.effects[slot]!);
    if (command.kind === 'start-vm') this.plant.remove(command.host, command.vm);
    else if (command.kind === 'create-disk') this.plant.storage.destroy(command.server, command.disk);
    this.subjectsOf(command).executing[this.subjectOf(command)] = -1;
    this.reply(slot, SUPERSEDED);
  }

  private effectAfter(slot: number, micros: number): void {
    const command = this.commands[slot]!;
    this.subjectsOf(command).executing[this.subjectOf(command)] = slot;
    this.effects[slot] = this.lane.after(micros, this.effectKind, slot);
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
    const command = this.commands[slot]!.number;
    const failed = OUTCOMES[this.outcomes[slot]!]!;
    this.release(slot);
    this.deliver({ kind: 'outcome', command, failed });
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
      case 'add-nic':
      case 'remove-nic':
        return this.nics;
      default:
        return this.vms;
    }
  }

  /** The command's thing, by its number. */
  private subjectOf(command: AgentCommand): number {
    switch (command.kind) {
      case 'create-disk':
      case 'destroy-disk':
        this.disks.reach(command.disk);
        return command.disk;
      case 'add-nic':
      case 'remove-nic':
        return this.nicNumber(command.network, command.host);
      default:
        this.vms.reach(command.vm);
        return command.vm;
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
